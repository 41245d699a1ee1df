package io.github.imbalancedspark.core.sampling;

import java.util.Locale;

/** Which way a class may change: to fewer rows, to more rows, or both. */
public enum SamplingMethod {
  /** Classes only lose rows. */
  UNDER,
  /** Classes only gain rows. */
  OVER,
  /** Some classes lose rows and others gain some. */
  BOTH;

  /** Returns the method of that name: {@code under}, {@code over} or {@code both}. */
  public static SamplingMethod of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the name as {@link #of} takes it. */
  public String paramValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
