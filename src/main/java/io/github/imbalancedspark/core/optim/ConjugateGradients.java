package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Reductions;

/**
 * The method of conjugate gradients (Hestenes and Stiefel 1952) for H x = b, preconditioned by H's
 * diagonal. It is left early: a Newton step over a sample of the rows is no better for more digits,
 * of which floats have enough.
 */
final class ConjugateGradients {

  /** Share of the residual's length, as the preconditioner measures it, that is left. */
  private static final double RESIDUAL = 0.25;

  private static final int MOST_PRODUCTS = 30;

  /** Entries of the diagonal below this are none. */
  private static final float LEAST_DIAGONAL = 1e-30f;

  private final SampledHessian hessian;
  private final double length;
  private final float[] rightHandSide;
  private final float[] inverseDiagonal;
  private final float[] x;
  private final float[] residual;
  private final float[] preconditioned;

  /** Starts at x = 0. */
  ConjugateGradients(SampledHessian hessian, double[] b) {
    this.hessian = hessian;
    this.length = Vectors.norm(b);
    this.rightHandSide = new float[b.length];
    for (int j = 0; j < b.length; j++) {
      rightHandSide[j] = length > 0 ? (float) (b[j] / length) : 0;
    }
    this.residual = hessian.eliminated(rightHandSide);
    this.inverseDiagonal = hessian.diagonal();
    for (int j = 0; j < inverseDiagonal.length; j++) {
      inverseDiagonal[j] = inverseDiagonal[j] > LEAST_DIAGONAL ? 1 / inverseDiagonal[j] : 1;
    }
    this.x = new float[residual.length];
    this.preconditioned = new float[residual.length];
  }

  /** Returns about H⁻¹ b; whenever it is left, bᵀx &gt; 0. */
  double[] solve() {
    double square = move(0, x, x);
    float[] direction = preconditioned.clone();
    double enough = RESIDUAL * RESIDUAL * square;
    for (int k = 0; k < MOST_PRODUCTS && square > enough; k++) {
      float[] product = hessian.times(direction);
      double curvature = Vectors.dot(direction, product);
      if (!(curvature > 0)) { // no row has any
        return inUnits(k == 0 ? direction : x);
      }
      double next = move((float) (square / curvature), direction, product);
      float kept = (float) (next / square);
      Vectors.inRanges(
          direction.length,
          (from, to) -> {
            for (int j = from; j < to; j++) {
              direction[j] = preconditioned[j] + kept * direction[j];
            }
            return 0;
          });
      square = next;
    }
    return inUnits(x);
  }

  private double[] inUnits(float[] solution) {
    float[] all = hessian.completed(solution, rightHandSide);
    double[] result = new double[all.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = all[j] * length / hessian.unit();
    }
    return result;
  }

  /** Makes a step, and returns the square of the length of the residual that it leaves. */
  private double move(float step, float[] direction, float[] product) {
    return Vectors.inRanges(
        x.length,
        (from, to) -> {
          for (int j = from; j < to; j++) {
            x[j] += step * direction[j];
            residual[j] -= step * product[j];
            preconditioned[j] = residual[j] * inverseDiagonal[j];
          }
          return Reductions.dot(residual, preconditioned, from, to - from);
        });
  }
}
