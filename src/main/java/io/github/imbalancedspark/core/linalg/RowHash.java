package io.github.imbalancedspark.core.linalg;

/**
 * A hash of a row's features and label, whatever block the row is in and whatever its place:
 * multilinear (Lemire and Kaser 2014), Σⱼ kⱼ f(xⱼ) mod 2⁶⁴ with a random odd key kⱼ for every
 * feature. Terms may be summed in any order, and zeros add nothing.
 */
final class RowHash {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long LABEL_KEY = key(-1);

  private RowHash() {}

  /** Returns a feature's key: a step of SplitMix64 (Steele, Lea and Flood 2014), made odd. */
  static long key(int feature) {
    return mixed((feature + 2L) * GOLDEN) | 1;
  }

  /** Returns the keys of all features. */
  static long[] keys(int features) {
    long[] keys = new long[features];
    for (int j = 0; j < features; j++) {
      keys[j] = key(j);
    }
    return keys;
  }

  /** Returns what a value of these bits adds to the hash of its row. */
  static long term(long bits, long key) {
    return (bits ^ bits >>> 32) * key; // small whole numbers have no bits but the highest
  }

  /** Returns the hash of a row, given the sum of its features' terms. */
  static int of(long terms, double label) {
    long sum = terms + term(Double.doubleToRawLongBits(label), LABEL_KEY);
    return (int) (mixed(sum) >>> 32);
  }

  private static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
