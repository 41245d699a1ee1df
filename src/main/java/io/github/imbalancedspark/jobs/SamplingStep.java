package io.github.imbalancedspark.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One step of {@code --sampling}, such as {@code under:0.1}.
 *
 * @param kind what is done
 * @param ratio rows of the smaller class over those of the larger one, after it
 */
record SamplingStep(Kind kind, double ratio) {

  enum Kind {
    UNDER,
    OVER,
    SMOTE,
    BORDERLINE1,
    ADASYN;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads a step.
   *
   * @throws IllegalArgumentException if {@code text} is none, with what is
   */
  static SamplingStep parse(String text) {
    String[] parts = text.strip().split(":", 2);
    for (Kind kind : Kind.values()) {
      if (parts.length == 2 && kind.text().equalsIgnoreCase(parts[0].strip())) {
        return new SamplingStep(kind, ratio(text, parts[1].strip()));
      }
    }
    throw unreadable(text);
  }

  private static double ratio(String text, String figure) {
    try {
      double ratio = Double.parseDouble(figure);
      if (ratio > 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
    throw unreadable(text);
  }

  private static IllegalArgumentException unreadable(String text) {
    String kinds = Arrays.stream(Kind.values()).map(Kind::text).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        String.format(
            "--sampling: '%s' is no step; give one of %s, a colon and the ratio of the smaller to"
                + " the larger class after it, in (0, 1], such as under:0.1",
            text, kinds));
  }

  /** Returns whether the step makes rows that are not in the data. */
  boolean isSynthetic() {
    return kind != Kind.UNDER && kind != Kind.OVER;
  }

  @Override
  public String toString() {
    return kind.text() + ":" + ratio;
  }
}
