package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;

/**
 * Weighted mean and sum of squared deviations of every feature, mergeable (Chan, Golub and LeVeque
 * 1979). Entries that were never added count as zeros of the total weight that {@link #means} and
 * {@link #standardDeviations} are told of, so sparse rows cost only their non-zeros.
 */
public final class Moments implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double[] weight;
  private final double[] mean;
  private final double[] squares;

  /** Makes empty moments of {@code features} features. */
  public Moments(int features) {
    weight = new double[features];
    mean = new double[features];
    squares = new double[features];
  }

  int features() {
    return mean.length;
  }

  void add(int feature, double value, double valueWeight) {
    merge(feature, valueWeight, value, 0);
  }

  /** Adds the values origin + deviations[i], each weighing weights[i], or 1 without weights. */
  void addColumn(int feature, double origin, double[] deviations, double[] weights) {
    int n = deviations.length;
    double total = weights == null ? n : Reductions.sum(weights, n);
    if (total > 0) {
      double[] weighted = weights == null ? deviations : products(weights, deviations);
      double sum = Reductions.sum(weighted, n);
      double squared = Reductions.dot(weighted, deviations, n);
      double shift = sum / total;
      merge(feature, total, origin + shift, Math.max(0, squared - shift * sum));
    }
  }

  private static double[] products(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i] * b[i];
    }
    return result;
  }

  private void merge(int feature, double otherWeight, double otherMean, double otherSquares) {
    double total = weight[feature] + otherWeight;
    if (otherWeight > 0) {
      double delta = otherMean - mean[feature];
      squares[feature] += otherSquares + delta * delta * (weight[feature] / total) * otherWeight;
      mean[feature] += delta * (otherWeight / total);
      weight[feature] = total;
    }
  }

  /** Adds all that {@code other} has seen. */
  public void merge(Moments other) {
    for (int j = 0; j < weight.length; j++) {
      merge(j, other.weight[j], other.mean[j], other.squares[j]);
    }
  }

  /** Returns Σwx / Σw of each feature, given Σw over all rows. */
  public double[] means(double weightSum) {
    double[] result = new double[mean.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = mean[j] * Math.min(1, weight[j] / weightSum);
    }
    return result;
  }

  /**
   * Returns √(Σw(x−μ)² / (Σw − Σw²/Σw)) of each feature, the unbiased form for reliability weights
   * that Spark's Summarizer has; 0 where it is not positive.
   */
  public double[] standardDeviations(double weightSum, double squaredWeightSum) {
    double denominator = weightSum - squaredWeightSum / weightSum;
    double[] result = new double[mean.length];
    for (int j = 0; j < result.length; j++) {
      double zeros = Math.max(0, weightSum - weight[j]);
      double total = squares[j] + mean[j] * mean[j] * weight[j] * (zeros / weightSum);
      result[j] = denominator > 0 && total > 0 ? Math.sqrt(total / denominator) : 0;
    }
    return result;
  }
}
