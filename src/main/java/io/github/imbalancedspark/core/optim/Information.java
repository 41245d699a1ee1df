package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Cholesky;
import io.github.imbalancedspark.core.linalg.IndependentColumns;

/**
 * The information H of a logistic fit at one point, the exact Hessian of Σ w ℓ in scaled
 * coordinates, and what it says of the fit's small-sample bias.
 *
 * <p>Directions in which no row's margin changes, as there are where dummies sum to 1, are none of
 * the model's: in the determinant and the leverages only coordinates count that the others do not
 * make up, those of the first point at every other one, so that determinants can be compared.
 */
public final class Information {

  private final Objective objective;
  private final double[] point;
  private final int[] counted;
  private final Cholesky whole;
  private final Cholesky ofCounted;

  /**
   * Takes the information.
   *
   * @param sum told at {@code point} with {@link HessianRequest#EXACT}
   */
  public Information(Objective objective, double[] point, LossSum sum) {
    this(objective, point, hessian(objective, sum), null);
  }

  private Information(Objective objective, double[] point, double[] hessian, int[] sameAs) {
    int size = point.length;
    this.objective = objective;
    this.point = point;
    counted = sameAs == null ? IndependentColumns.of(size, hessian) : sameAs;
    whole = new Cholesky(size, hessian);
    ofCounted =
        counted.length == size
            ? whole
            : new Cholesky(counted.length, principal(size, hessian, counted));
  }

  /**
   * Returns the information at another point, of the same counted coordinates.
   *
   * @param sum told there with {@link HessianRequest#EXACT}
   */
  public Information at(double[] there, LossSum sum) {
    return new Information(objective, there, hessian(objective, sum), counted);
  }

  private static double[] hessian(Objective objective, LossSum sum) {
    return objective.scaling().hessian(sum.matrix(), 1);
  }

  private static double[] principal(int size, double[] matrix, int[] columns) {
    double[] principal = new double[columns.length * columns.length];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i <= j; i++) {
        principal[j * columns.length + i] = matrix[columns[j] * size + columns[i]];
      }
    }
    return principal;
  }

  /** Returns ln |H| of the counted coordinates. */
  public double logDeterminant() {
    return ofCounted.logDeterminant();
  }

  /** Returns H⁻¹ v. */
  public double[] solve(double[] vector) {
    return whole.solve(vector);
  }

  /** Returns what to sum over the rows for {@link #biasScore}. */
  public LossPoint biasPoint() {
    double[][] directions = ofCounted.inverseRoot();
    double[][] coefficients = new double[directions.length][];
    double[] intercepts = new double[directions.length];
    for (int k = 0; k < directions.length; k++) {
      double[] direction = new double[point.length];
      for (int i = 0; i < counted.length; i++) {
        direction[counted[i]] = directions[k][i];
      }
      coefficients[k] = new double[objective.ridge().length];
      intercepts[k] = objective.scaling().unscale(direction, coefficients[k]);
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
