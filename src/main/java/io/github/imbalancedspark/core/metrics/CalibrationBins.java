package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;

/**
 * Rows by their predicted probability, in ten bins of equal width: [0, 0.1], (0.1, 0.2], …, (0.9,
 * 1]. Of each bin the weight, the mean prediction and the rate of positives are kept: a reliability
 * diagram's points.
 */
public final class CalibrationBins implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The number of bins. */
  public static final int SIZE = 10;

  private final double[] weights = new double[SIZE];
  private final double[] scoreSums = new double[SIZE];
  private final double[] positives = new double[SIZE];

  /** Adds a row; its score lies in [0, 1]. */
  void add(double score, boolean positive, double weight) {
    int bin = binOf(score);
    weights[bin] += weight;
    scoreSums[bin] += weight * score;
    positives[bin] += positive ? weight : 0;
  }

  static int binOf(double score) {
    int bin = Math.min(Math.max((int) (score * SIZE), 0), SIZE - 1);
    if (bin > 0 && score <= bin / (double) SIZE) {
      return bin - 1;
    }
    return bin < SIZE - 1 && score > (bin + 1) / (double) SIZE ? bin + 1 : bin;
  }

  /** Returns the bins of this one's rows and the other's together. */
  CalibrationBins merge(CalibrationBins other) {
    CalibrationBins sum = new CalibrationBins();
    for (int b = 0; b < SIZE; b++) {
      sum.weights[b] = weights[b] + other.weights[b];
      sum.scoreSums[b] = scoreSums[b] + other.scoreSums[b];
      sum.positives[b] = positives[b] + other.positives[b];
    }
    return sum;
  }

  /** Returns the weight of the rows in a bin. */
  public double weight(int bin) {
    return weights[bin];
  }

  /** Returns the mean score in a bin, NaN if it is empty. */
  public double meanScore(int bin) {
    return scoreSums[bin] / weights[bin];
  }

  /** Returns the share of positives in a bin, NaN if it is empty. */
  public double positiveRate(int bin) {
    return positives[bin] / weights[bin];
  }

  /**
   * Returns Σ (wᵦ/W) |positive rate − mean score|, the expected calibration error of Guo et al., On
   * Calibration of Modern Neural Networks, ICML 2017, for the positive class's probability.
   */
  public double expectedCalibrationError() {
    double total = 0;
    double distance = 0;
    for (int b = 0; b < SIZE; b++) {
      total += weights[b];
      distance += Math.abs(positives[b] - scoreSums[b]);
    }
    return distance / total;
  }
}
