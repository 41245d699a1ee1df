package io.github.imbalancedspark.core.linalg;

/** Rounds off the digits by which sums differ when they are taken in another order. */
public final class Rounding {

  private static final long HALF = 1L << 28;

  private Rounding() {}

  /** Returns a sum to the digits of a float, but with the exponent of a double. */
  public static double ofSum(double sum) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(sum) + HALF) & -2 * HALF);
  }
}
