package io.github.imbalancedspark.core.metrics;

import java.util.SplittableRandom;

/**
 * Draws what weighted rows come to in a bootstrap replicate, in which each counts Poisson(1) times.
 */
final class PoissonDraw {

  /** Above this mean a Poisson number is taken for a normal one, 8 deviations from 0. */
  private static final double LARGEST_COUNTED = 64;

  private final SplittableRandom random;

  PoissonDraw(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Returns a draw of Σ w·Poisson(1) over rows, of which the sums of w and w² are known. Where all
   * w are equal that is w·Poisson(number of rows), exactly; else a multiple of a Poisson number
   * with the right mean and variance.
   */
  double of(double weight, double squares) {
    if (weight == 0) {
      return 0;
    }
    double scale = squares / weight;
    double mean = weight / scale;
    return mean <= LARGEST_COUNTED
        ? scale * counted(mean)
        : Math.max(0, weight + Math.sqrt(squares) * random.nextGaussian());
  }

  /** Inverts the distribution function. */
  private int counted(double mean) {
    double left = random.nextDouble();
    double probability = Math.exp(-mean);
    int count = 0;
    while (left > probability && probability > 0) {
      left -= probability;
      count++;
      probability *= mean / count;
    }
    return count;
  }
}
