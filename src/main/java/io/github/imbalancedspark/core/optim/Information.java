package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Cholesky;

/**
 * The information H of a logistic fit at one point, the exact Hessian of Σ w ℓ in scaled
 * coordinates, and what it says of the fit's small-sample bias.
 */
public final class Information {

  private final Objective objective;
  private final double[] point;
  private final Cholesky cholesky;

  /**
   * Takes the information.
   *
   * @param sum told at {@code point} with {@link HessianRequest#EXACT}
   */
  public Information(Objective objective, double[] point, LossSum sum) {
    this.objective = objective;
    this.point = point;
    this.cholesky =
        new Cholesky(objective.scaling().dimension(), objective.scaling().hessian(sum.matrix(), 1));
  }

  /** Returns ln |H|. */
  public double logDeterminant() {
    return cholesky.logDeterminant();
  }

  /** Returns H⁻¹ v. */
  public double[] solve(double[] vector) {
    return cholesky.solve(vector);
  }

  /** Returns what to sum over the rows for {@link #biasScore}. */
  public LossPoint biasPoint() {
    double[][] directions = cholesky.inverseRoot();
    double[][] coefficients = new double[directions.length][];
    double[] intercepts = new double[directions.length];
    for (int k = 0; k < directions.length; k++) {
      coefficients[k] = objective.scaling().coefficients(directions[k]);
      intercepts[k] = objective.scaling().rowIntercept(directions[k]);
    }
    return objective
        .lossPoint(point, HessianRequest.NONE, 0)
        .with(new Leverages(coefficients, intercepts));
  }

  /**
   * Returns s = Σ w σ(1−σ) q (σ − ½) x̃ in scaled coordinates: H⁻¹ s is the bias of the maximum
   * likelihood estimate to first order (King and Zeng 2001), and −s is what Firth (1993) adds to
   * the score, the gradient of ½ ln |H|.
   *
   * @param sum told at {@link #biasPoint}
   */
  public double[] biasScore(LossSum sum) {
    return objective.scaling().gradient(sum.gradient(), 1);
  }
}
