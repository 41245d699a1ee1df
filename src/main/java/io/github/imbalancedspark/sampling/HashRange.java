package io.github.imbalancedspark.sampling;

import java.io.Serializable;

/** Hashes from {@code first} to {@code last}, both included. */
record HashRange(long first, long last) implements Serializable {

  static final HashRange ALL = new HashRange(Long.MIN_VALUE, Long.MAX_VALUE);
  static final HashRange NONE = new HashRange(Long.MAX_VALUE, Long.MIN_VALUE);

  /** Half the width of a window, in standard deviations of a rank: missed once in 10⁹ times. */
  private static final double DEVIATIONS = 6;

  private static final double SPARE_RANKS = 8;

  /** Returns where the hash of a rank is to be expected among the hashes of {@code n} rows. */
  static HashRange around(long rank, long n) {
    double spread = DEVIATIONS * Math.sqrt((double) rank / n * (n - rank)) + SPARE_RANKS;
    return new HashRange(atShare((rank - spread) / n), atShare((rank + spread) / n));
  }

  private static long atShare(double share) {
    return (long) ((share - 0.5) * 0x1p64); // the cast stops at the smallest and largest hash
  }

  boolean contains(long hash) {
    return first <= hash && hash <= last;
  }

  /** Returns how many hashes these are, over the number of all. */
  double share() {
    return ((double) last - first) / 0x1p64;
  }
}
