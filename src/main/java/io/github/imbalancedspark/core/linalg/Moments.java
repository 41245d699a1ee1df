package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;

/**
 * Weighted mean and sum of squared deviations of every feature, mergeable (Chan, Golub and LeVeque
 * 1979). What the weight of the rows has over that of a feature's entries is zeros', so sparse rows
 * cost only their non-zeros. The rows' weights are added up in the same order as those of entries:
 * of a feature that every row has, nothing is left for zeros, to the last bit.
 */
public final class Moments implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Squares that cancel to less than this share are rounding. */
  private static final double ROUNDING = 1e-13;

  /** A deviation of less than this share of the mean is rounding. */
  private static final double CONSTANT = 1e-15;

  private double rowWeight;
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

  /** Adds a row of which only entries follow, by {@link #add}. */
  void addRow(double weightOfRow) {
    rowWeight += weightOfRow;
  }

  /** Adds {@code n} rows of which every feature follows, by {@link #addColumn}. */
  void addRows(double[] weights, int n) {
    rowWeight += weights == null ? n : Reductions.sum(weights, n);
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
      double squares = squared - shift * sum;
      merge(feature, total, origin + shift, squares > ROUNDING * squared ? squares : 0);
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
    rowWeight += other.rowWeight;
    for (int j = 0; j < weight.length; j++) {
      merge(j, other.weight[j], other.mean[j], other.squares[j]);
    }
  }

  /** Returns Σw over all rows. */
  public double weightSum() {
    return rowWeight;
  }

  /** Returns the share of the rows' weight that has each feature stored, in [0, 1]. */
  double[] storedShares() {
    double[] result = new double[mean.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = Math.min(1, weight[j] / rowWeight);
    }
    return result;
  }

  /** Returns Σwx / Σw of each feature. */
  public double[] means() {
    double[] result = storedShares();
    for (int j = 0; j < result.length; j++) {
      result[j] *= mean[j];
    }
    return result;
  }

  /** Returns Σw − Σw²/Σw: of rows that weigh 1, one less than their number. */
  double degreesOfFreedom(double squaredWeightSum) {
    return rowWeight - squaredWeightSum / rowWeight;
  }

  /**
   * Returns √(Σw(x−μ)² / (Σw − Σw²/Σw)) of each feature, the unbiased form for reliability weights
   * that Spark's Summarizer has; 0 where it is no more than rounding, not finite where squares
   * overflow.
   */
  public double[] standardDeviations(double squaredWeightSum) {
    double denominator = degreesOfFreedom(squaredWeightSum);
    double[] result = new double[mean.length];
    for (int j = 0; j < result.length; j++) {
      double zeros = Math.max(0, rowWeight - weight[j]);
      double total = squares[j] + mean[j] * mean[j] * weight[j] * (zeros / rowWeight);
      double deviation = denominator > 0 ? Math.sqrt(total / denominator) : 0;
      result[j] = deviation <= CONSTANT * Math.abs(mean[j]) ? 0 : deviation;
    }
    return result;
  }
}
