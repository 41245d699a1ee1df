package io.github.imbalancedspark.classification;

/** Hashes a row's label and features, two interleaved multiplicative chains for speed. */
final class RowHash {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long even;
  private long odd = MULTIPLIER;

  RowHash(double label) {
    add(label);
  }

  void add(double value) {
    long next = (even ^ Double.doubleToRawLongBits(value)) * MULTIPLIER;
    even = odd;
    odd = next ^ next >>> 32;
  }

  int value() {
    long mixed = (even ^ Long.rotateLeft(odd, 31)) * MULTIPLIER;
    return (int) (mixed >>> 32);
  }
}
