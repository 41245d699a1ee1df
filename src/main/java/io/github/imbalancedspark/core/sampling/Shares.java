package io.github.imbalancedspark.core.sampling;

import java.util.Arrays;

/** Divides a number of rows by shares. */
public final class Shares {

  private Shares() {}

  /**
   * Returns where each part ends when {@code rows} rows are laid in a line: part i holds the rows
   * from {@code ends[i−1]} (0 for the first) up to {@code ends[i]}. The ends are the cumulative
   * shares, over their sum, times the number of rows, rounded half up: so no part is more than one
   * row away from its share, and the parts together are all rows.
   *
   * @param shares finite and &gt; 0, in any unit
   * @throws IllegalArgumentException for fewer than two shares, or one that is not finite and &gt;
   *     0
   */
  public static long[] ends(long rows, double... shares) {
    require(shares);
    double sum = Arrays.stream(shares).sum();
    long[] ends = new long[shares.length];
    double before = 0;
    for (int i = 0; i < ends.length; i++) {
      before += shares[i];
      ends[i] = i == ends.length - 1 ? rows : Math.min(rows, Math.round(before / sum * rows));
    }
    return ends;
  }

  private static void require(double... shares) {
    if (shares.length < 2) {
      throw new IllegalArgumentException(
          "shares: there are " + shares.length + "; give one a part, and at least two");
    }
    for (double share : shares) {
      if (!(share > 0 && share < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "shares: holds " + share + "; every share must be finite and > 0: leave the part out");
      }
    }
  }
}
