package io.github.imbalancedspark.core.optim;

/**
 * Newton's method with a line search: a handful of evaluations, each with the exact d×d Hessian.
 * For strictly convex objectives of moderate d.
 */
public final class NewtonSolver extends Descent {

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   * @param separatedBelow objective below which the classes are separable, so that there is no
   *     minimum to go on for; 0 for none
   */
  public NewtonSolver(double[] start, double tolerance, int maxIterations, double separatedBelow) {
    super(start, tolerance, maxIterations, separatedBelow);
  }

  @Override
  public HessianRequest request() {
    return HessianRequest.EXACT;
  }

  @Override
  double[] direction(double[] point, Evaluation evaluation) {
    return Metric.ofMatrix(evaluation.hessian(), point.length)
        .applyInverse(Vectors.negated(evaluation.gradient()));
  }
}
