package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Reductions;
import java.util.Arrays;

/**
 * The method of conjugate gradients (Hestenes and Stiefel 1952) for H x = b, preconditioned by H's
 * diagonal. It is left early: a Newton step over a sample of the rows is no better for more digits.
 */
final class ConjugateGradients {

  /** Share of the residual's length, as the preconditioner measures it, that is left. */
  private static final double RESIDUAL = 0.3;

  private static final int MOST_PRODUCTS = 30;

  private final SampledHessian hessian;
  private final double[] inverseDiagonal;
  private final double[] x;
  private final double[] residual;
  private final double[] preconditioned;

  /** Starts at x = 0. */
  ConjugateGradients(SampledHessian hessian, double[] b) {
    this.hessian = hessian;
    this.inverseDiagonal = Arrays.stream(hessian.diagonal()).map(h -> h > 0 ? 1 / h : 1).toArray();
    this.x = new double[b.length];
    this.residual = b.clone();
    this.preconditioned = new double[b.length];
  }

  /** Returns about H⁻¹ b; whenever it is left, bᵀx &gt; 0. */
  double[] solve() {
    double square = move(0, x, x);
    double[] direction = preconditioned.clone();
    double enough = RESIDUAL * RESIDUAL * square;
    for (int k = 0; k < MOST_PRODUCTS && square > enough; k++) {
      double[] product = hessian.times(direction);
      double curvature = Vectors.dot(direction, product);
      if (!(curvature > 0)) { // no row has any
        return k == 0 ? direction : x;
      }
      double next = move(square / curvature, direction, product);
      for (int j = 0; j < direction.length; j++) {
        direction[j] = preconditioned[j] + next / square * direction[j];
      }
      square = next;
    }
    return x;
  }

  /** Makes a step, and returns the square of the length of the residual that it leaves. */
  private double move(double step, double[] direction, double[] product) {
    double square = 0;
    for (int from = 0; from < x.length; from += Vectors.RANGE) {
      int to = Math.min(x.length, from + Vectors.RANGE);
      Vectors.addScaled(step, direction, x, from, to);
      Vectors.addScaled(-step, product, residual, from, to);
      Vectors.multiply(residual, inverseDiagonal, preconditioned, from, to);
      square += Reductions.dot(residual, from, preconditioned, from, to - from);
    }
    return square;
  }
}
