package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Cholesky;
import java.util.function.UnaryOperator;

/** An estimate B of the Hessian, for its inverse: what turns a gradient into a step. */
interface Metric {

  /** Returns B⁻¹ v. */
  double[] applyInverse(double[] vector);

  /** Returns whether B is good as it is, rather than up to a factor that the first step shows. */
  boolean calibrated();

  /** Returns whether B is a multiple of the identity, which knows nothing of directions. */
  boolean isScale();

  /** The identity times {@code scale}; one that is not positive counts as 1. */
  static Metric ofIdentity(double scale) {
    double factor = scale > 0 ? 1 / scale : 1;
    return of(v -> Vectors.combination(factor, v, 0, v), false, true);
  }

  /** A diagonal; entries that are 0 count as 1. */
  static Metric ofDiagonal(double[] diagonal) {
    return of(
        v -> {
          double[] result = new double[v.length];
          for (int j = 0; j < v.length; j++) {
            result[j] = diagonal[j] > 0 ? v[j] / diagonal[j] : v[j];
          }
          return result;
        },
        false,
        false);
  }

  /** A symmetric positive semi-definite matrix, column-major, upper triangle. */
  static Metric ofMatrix(double[] matrix, int size) {
    Cholesky cholesky = new Cholesky(size, matrix);
    return of(cholesky::solve, true, false);
  }

  /** Whatever a solver asked for: a diagonal or a matrix. */
  static Metric of(double[] hessian, int size) {
    return hessian.length == size && size > 1 ? ofDiagonal(hessian) : ofMatrix(hessian, size);
  }

  private static Metric of(UnaryOperator<double[]> inverse, boolean calibrated, boolean scale) {
    return new Metric() {
      @Override
      public double[] applyInverse(double[] vector) {
        return inverse.apply(vector);
      }

      @Override
      public boolean calibrated() {
        return calibrated;
      }

      @Override
      public boolean isScale() {
        return scale;
      }
    };
  }
}
