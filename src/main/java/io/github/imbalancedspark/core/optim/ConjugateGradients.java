package io.github.imbalancedspark.core.optim;

/**
 * The method of conjugate gradients (Hestenes and Stiefel 1952) for (H + Δ) x = b, Δ being
 * diagonal, preconditioned by the diagonal of both. It is left early: a Newton step over a sample
 * of the rows is no better for more digits.
 */
final class ConjugateGradients {

  /** Share of the residual's length, as the preconditioner measures it, that is left. */
  private static final double RESIDUAL = 0.3;

  private static final int MOST_PRODUCTS = 30;

  private final SampledHessian hessian;
  private final double[] damping;
  private final double[] diagonal;

  ConjugateGradients(SampledHessian hessian, double[] damping) {
    this.hessian = hessian;
    this.damping = damping;
    this.diagonal = hessian.diagonal();
    Vectors.addScaled(1, damping, diagonal);
  }

  /** Returns about (H + Δ)⁻¹ b; whenever it is left, bᵀx &gt; 0. */
  double[] solve(double[] b) {
    double[] x = new double[b.length];
    double[] residual = b.clone();
    double[] direction = preconditioned(residual);
    double square = Vectors.dot(residual, direction);
    double enough = RESIDUAL * RESIDUAL * square;
    for (int k = 0; k < MOST_PRODUCTS && square > enough; k++) {
      double[] product = hessian.times(direction);
      for (int j = 0; j < product.length; j++) {
        product[j] += damping[j] * direction[j];
      }
      double curvature = Vectors.dot(direction, product);
      if (!(curvature > 0)) { // no row has any
        return k == 0 ? direction : x;
      }
      double step = square / curvature;
      Vectors.addScaled(step, direction, x);
      Vectors.addScaled(-step, product, residual);
      double[] next = preconditioned(residual);
      double nextSquare = Vectors.dot(residual, next);
      direction = Vectors.combination(1, next, nextSquare / square, direction);
      square = nextSquare;
    }
    return x;
  }

  private double[] preconditioned(double[] vector) {
    double[] result = new double[vector.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = diagonal[j] > 0 ? vector[j] / diagonal[j] : vector[j];
    }
    return result;
  }
}
