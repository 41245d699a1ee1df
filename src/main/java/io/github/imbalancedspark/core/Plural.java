package io.github.imbalancedspark.core;

/** Numbers of things, in words. */
public final class Plural {

  private Plural() {}

  /** Returns "1 row", "2 rows", "0 passes", whatever is counted. */
  public static String of(long count, String one) {
    return count + " " + noun(count, one);
  }

  /** Returns the noun alone, as it stands behind that number. */
  public static String noun(long count, String one) {
    return count == 1 ? one : one + (one.endsWith("s") ? "es" : "s");
  }
}
