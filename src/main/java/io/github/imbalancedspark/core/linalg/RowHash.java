package io.github.imbalancedspark.core.linalg;

/** A hash of a row's label and features, whatever block the row is in and whatever its place. */
final class RowHash {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private RowHash() {}

  static long of(double label) {
    return add(MULTIPLIER, Double.doubleToRawLongBits(label));
  }

  /** Returns the hash of all that {@code hash} has seen and then a value of these bits. */
  static long add(long hash, long bits) {
    long next = (hash ^ bits) * MULTIPLIER;
    return next ^ next >>> 32;
  }

  static int finish(long hash) {
    return (int) ((hash * MULTIPLIER) >>> 32);
  }
}
