package io.github.imbalancedspark.core.loss;

import java.io.Serializable;

/**
 * The loss of one row, before its row weight, as a function of the margin z (the logit) and the
 * label y: value, first and second derivative in z. Implementations are finite for every finite
 * margin.
 */
public interface PointwiseLoss extends Serializable {

  /** Returns ℓ(z, y). */
  double value(double margin, double label);

  /** Returns dℓ/dz. */
  double slope(double margin, double label);

  /** Returns d²ℓ/dz². */
  double curvature(double margin, double label);

  /**
   * Returns a stand-in for {@link #curvature} that is never negative, for solvers that build a
   * metric from it: the same where the loss is convex.
   */
  default double convexCurvature(double margin, double label) {
    return curvature(margin, label);
  }

  /**
   * Returns ln(η/(1−η)) of the posterior η = P(y = 1) for which the expected loss η ℓ(z, 1) + (1−η)
   * ℓ(z, 0) is smallest at this margin; NaN where the loss has no such inverse. There the slopes
   * balance: η/(1−η) = ℓ′(z, 0) / −ℓ′(z, 1). This is the posterior of the rows as they are weighted
   * and sampled, with this loss's own class weights taken out.
   */
  double logOdds(double margin);

  /** Returns an evaluator of many rows at once, for one thread. */
  RowsLoss rows();

  /** Evaluates a loss on many rows. */
  interface RowsLoss {

    /**
     * Writes w·dℓ/dz and w·{@link PointwiseLoss#convexCurvature} of the first {@code rows} rows
     * into {@code slopes} and {@code curvatures} and returns Σ w ℓ. No weights ({@code null}) are
     * ones.
     */
    double evaluate(
        double[] margins,
        double[] labels,
        double[] weights,
        int rows,
        double[] slopes,
        double[] curvatures);
  }
}
