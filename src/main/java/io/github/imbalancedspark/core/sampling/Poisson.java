package io.github.imbalancedspark.core.sampling;

import java.util.SplittableRandom;

/** Draws from Poisson distributions, the same number again for the same seed. */
public final class Poisson {

  /** Up to here exp(−mean) is far from underflow; larger means are drawn as a sum. */
  private static final double LARGEST_PART = 500;

  private Poisson() {}

  /**
   * Returns a Poisson number, in time proportional to the mean.
   *
   * @param mean finite and ≥ 0
   */
  public static int draw(long seed, double mean) {
    SplittableRandom random = new SplittableRandom(seed);
    int sum = 0;
    double left = mean;
    while (left > LARGEST_PART) {
      sum += quantile(random.nextDouble(), LARGEST_PART);
      left -= LARGEST_PART;
    }
    return sum + quantile(random.nextDouble(), left);
  }

  /** Returns the smallest k with P(X ≤ k) &gt; u. */
  private static int quantile(double u, double mean) {
    double mass = Math.exp(-mean);
    double below = mass;
    int k = 0;
    while (u >= below && mass > 0) { // in the far tail, the mass underflows before the sum is 1
      k++;
      mass *= mean / k;
      below += mass;
    }
    return k;
  }
}
