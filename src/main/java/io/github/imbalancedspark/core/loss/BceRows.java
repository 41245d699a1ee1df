package io.github.imbalancedspark.core.loss;

import java.util.Arrays;

/** {@link BceWithLogitsLoss} of many rows at once, in vectorisable loops over chunks of them. */
final class BceRows implements PointwiseLoss.RowsLoss {

  private static final int CHUNK = LogisticTails.CAPACITY;

  private final double negativeWeight;
  private final double positiveWeight;
  private final LogisticTails tails = new LogisticTails();
  private final double[] margin = new double[CHUNK];
  private final double[] negative = new double[CHUNK];
  private final double[] positive = new double[CHUNK];
  private final double[] value = new double[CHUNK];
  private final double[] slope = new double[CHUNK];
  private final double[] curvature = new double[CHUNK];

  BceRows(BceWithLogitsLoss loss) {
    this.negativeWeight = loss.negativeWeight();
    this.positiveWeight = loss.positiveWeight();
  }

  @Override
  public double evaluate(
      double[] margins,
      double[] labels,
      double[] weights,
      int rows,
      double[] slopes,
      double[] curvatures) {
    double sum = 0;
    for (int start = 0; start < rows; start += CHUNK) {
      int n = Math.min(CHUNK, rows - start);
      System.arraycopy(margins, start, margin, 0, n);
      System.arraycopy(labels, start, positive, 0, n);
      if (weights == null) {
        Arrays.fill(negative, 0, n, 1);
      } else {
        System.arraycopy(weights, start, negative, 0, n);
      }
      tails.compute(margin, n);
      factors(negative, positive, negativeWeight, positiveWeight, n);
      values(margin, tails.logTail, negative, positive, value, n);
      derivatives(tails.up, tails.down, negative, positive, slope, curvature, n);
      System.arraycopy(slope, 0, slopes, start, n);
      System.arraycopy(curvature, 0, curvatures, start, n);
      sum += sum(value, n);
    }
    return sum;
  }

  /** Turns weights and labels into w c₀ (1−y) and w c₁ y. */
  private static void factors(double[] w, double[] y, double c0, double c1, int n) {
    for (int i = 0; i < n; i++) {
      double weight = w[i];
      double label = y[i];
      w[i] = weight * c0 * (1 - label);
      y[i] = weight * c1 * label;
    }
  }

  /** softplus(z) = max(z, 0) + tail and softplus(−z) = max(−z, 0) + tail: nothing cancels. */
  private static void values(
      double[] z, double[] tail, double[] negative, double[] positive, double[] value, int n) {
    for (int i = 0; i < n; i++) {
      double t = tail[i];
      value[i] = negative[i] * (Math.max(z[i], 0.0) + t) + positive[i] * (Math.max(-z[i], 0.0) + t);
    }
  }

  private static void derivatives(
      double[] up,
      double[] down,
      double[] negative,
      double[] positive,
      double[] slope,
      double[] curvature,
      int n) {
    for (int i = 0; i < n; i++) {
      double u = up[i];
      double d = down[i];
      slope[i] = negative[i] * u - positive[i] * d;
      curvature[i] = (negative[i] + positive[i]) * (u * d);
    }
  }

  private static double sum(double[] values, int n) {
    double even = 0;
    double odd = 0;
    for (int i = 0; i + 1 < n; i += 2) {
      even += values[i];
      odd += values[i + 1];
    }
    return (n & 1) == 0 ? even + odd : even + odd + values[n - 1];
  }
}
