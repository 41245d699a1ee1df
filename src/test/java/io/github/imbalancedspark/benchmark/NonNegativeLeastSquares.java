package io.github.imbalancedspark.benchmark;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** The x ≥ 0 that minimises ‖Ax − y‖ (Lawson and Hanson 1974). */
final class NonNegativeLeastSquares {

  private static final double ROUNDING = 1e-10;

  private final RealMatrix matrix;
  private final double[] target;

  private NonNegativeLeastSquares(double[][] matrix, double[] target) {
    this.matrix = new Array2DRowRealMatrix(matrix);
    this.target = target;
  }

  /** Solves; columns are scaled to length one for it, as their units differ by many orders. */
  static double[] solve(double[][] rows, double[] target) {
    int n = rows[0].length;
    double[] lengths = new double[n];
    for (double[] row : rows) {
      for (int j = 0; j < n; j++) {
        lengths[j] += row[j] * row[j];
      }
    }
    double[][] scaled = new double[rows.length][n];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < n; j++) {
        scaled[i][j] = lengths[j] > 0 ? rows[i][j] / Math.sqrt(lengths[j]) : 0;
      }
    }
    double[] x = new NonNegativeLeastSquares(scaled, target).solve();
    for (int j = 0; j < n; j++) {
      x[j] = lengths[j] > 0 ? x[j] / Math.sqrt(lengths[j]) : 0;
    }
    return x;
  }

  private double[] solve() {
    boolean[] free = new boolean[matrix.getColumnDimension()];
    double[] x = new double[free.length];
    for (int next = mostPromising(x, free); next >= 0; next = mostPromising(x, free)) {
      free[next] = true;
      double[] best = unconstrained(free);
      while (IntStream.range(0, x.length).anyMatch(j -> isFree(free, j) && !(best[j] > 0))) {
        step(x, best, free);
        System.arraycopy(unconstrained(free), 0, best, 0, x.length);
      }
      x = best;
    }
    return x;
  }

  private static boolean isFree(boolean[] free, int j) {
    return free[j];
  }

  /** Goes from {@code x} towards {@code best} until an entry is 0, which it stays. */
  private static void step(double[] x, double[] best, boolean[] free) {
    double step = 1;
    for (int j = 0; j < x.length; j++) {
      if (free[j] && best[j] <= 0) {
        step = Math.min(step, x[j] / (x[j] - best[j]));
      }
    }
    for (int j = 0; j < x.length; j++) {
      x[j] += step * (best[j] - x[j]);
      if (free[j] && x[j] <= ROUNDING * ROUNDING) {
        x[j] = 0;
        free[j] = false;
      }
    }
  }

  /** Returns the entry at 0 along which the error falls most, or -1. */
  private int mostPromising(double[] x, boolean[] free) {
    double[] residual = new ArrayRealVector(target).subtract(matrix.operate(vector(x))).toArray();
    double[] slopes = matrix.preMultiply(residual);
    int best = -1;
    for (int j = 0; j < slopes.length; j++) {
      if (!free[j] && slopes[j] > ROUNDING && (best < 0 || slopes[j] > slopes[best])) {
        best = j;
      }
    }
    return best;
  }

  private static ArrayRealVector vector(double[] x) {
    return new ArrayRealVector(x, false);
  }

  private double[] unconstrained(boolean[] free) {
    int[] columns = IntStream.range(0, free.length).filter(j -> free[j]).toArray();
    double[] solution = new double[free.length];
    if (columns.length == 0) {
      return solution;
    }
    int[] rows = IntStream.range(0, matrix.getRowDimension()).toArray();
    double[] part =
        new SingularValueDecomposition(matrix.getSubMatrix(rows, columns))
            .getSolver()
            .solve(vector(target))
            .toArray();
    Arrays.fill(solution, 0);
    for (int k = 0; k < columns.length; k++) {
      solution[columns[k]] = part[k];
    }
    return solution;
  }
}
