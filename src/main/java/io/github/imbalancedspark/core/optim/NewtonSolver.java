package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Cholesky;

/**
 * Newton's method with a line search: a handful of evaluations, each with the d×d Hessian. For
 * strictly convex objectives of moderate d.
 */
public final class NewtonSolver extends Descent {

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   */
  public NewtonSolver(double[] start, double tolerance, int maxIterations) {
    super(start, tolerance, maxIterations);
  }

  @Override
  public boolean wantsHessian() {
    return true;
  }

  @Override
  double[] direction(double[] point, Evaluation evaluation) {
    double[] gradient = evaluation.gradient();
    double[] negated = new double[gradient.length];
    for (int j = 0; j < negated.length; j++) {
      negated[j] = -gradient[j];
    }
    return new Cholesky(gradient.length, evaluation.hessian()).solve(negated);
  }
}
