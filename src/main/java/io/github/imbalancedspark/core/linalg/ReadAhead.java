package io.github.imbalancedspark.core.linalg;

/** Brings the feature numbers of sparse rows into a core's cache ahead of what is read by them. */
final class ReadAhead {

  private static final int CACHE_LINE_INTS = 16;

  /**
   * Up to here coefficients stay in a core's cache, and the loop over numbers waits for nothing.
   */
  private static final int CACHED_COEFFICIENTS = 1 << 16;

  private ReadAhead() {}

  /**
   * Reads a number of each cache line. Memory is several times as fast at this as it keeps up with
   * a loop that goes from each number to a coefficient and waits for that.
   */
  static void bringNear(int[] indices, int features) {
    if (features <= CACHED_COEFFICIENTS) {
      return;
    }
    int all = 0;
    for (int k = 0; k < indices.length; k += CACHE_LINE_INTS) {
      all |= indices[k];
    }
    if (all < 0) {
      throw new IllegalStateException("a feature's number is negative");
    }
  }
}
