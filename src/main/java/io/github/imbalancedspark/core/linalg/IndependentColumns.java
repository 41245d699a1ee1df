package io.github.imbalancedspark.core.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Columns of X of which the others are linear combinations, told from A = XᵀX: a Cholesky
 * factorisation with pivots (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section
 * 10.3) takes one column after the other, always the one of whose length the columns before it
 * leave the most, until they leave next to nothing of any. Taken in any other order, a column that
 * is short beside those that make it up would be left with much of their rounding errors.
 */
public final class IndependentColumns {

  /** The share of a column's squares that counts as nothing: rounding errors stay well below it. */
  private static final double NOTHING = 1e-9;

  private final int size;
  private final double[] scaled;
  private final double[] left;
  private final double[] factor;

  private IndependentColumns(int size, double[] matrix) {
    this.size = size;
    double[] scales =
        IntStream.range(0, size)
            .mapToDouble(j -> matrix[j * size + j])
            .map(d -> d > 0 && d < Double.POSITIVE_INFINITY ? 1 / Math.sqrt(d) : 0)
            .toArray();
    scaled = new double[size * size];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < j; i++) {
        scaled[j * size + i] = matrix[j * size + i] * scales[i] * scales[j];
        scaled[i * size + j] = scaled[j * size + i];
      }
    }
    left = Arrays.stream(scales).map(Math::signum).toArray();
    factor = new double[size * size];
  }

  /**
   * Returns the numbers, ascending, of columns that span what all columns do, none of them a
   * combination of the others. Columns without a positive diagonal entry are not among them.
   *
   * @param size number of rows and columns of A
   * @param matrix A, column-major, upper triangle read; not changed
   */
  public static int[] of(int size, double[] matrix) {
    IndependentColumns columns = new IndependentColumns(size, matrix);
    int[] taken = new int[size];
    int count = 0;
    for (int next = columns.longest(); next >= 0; next = columns.longest()) {
      columns.take(next, count);
      taken[count] = next;
      count++;
    }
    return Arrays.stream(taken, 0, count).sorted().toArray();
  }

  /** Returns the column of which the most is left, or -1 if nothing is of any. */
  private int longest() {
    int longest = -1;
    for (int j = 0; j < size; j++) {
      if (left[j] > (longest < 0 ? NOTHING : left[longest])) {
        longest = j;
      }
    }
    return longest;
  }

  /** Takes off the other columns what lies along {@code next}, after {@code count} were taken. */
  private void take(int next, int count) {
    double length = Math.sqrt(left[next]);
    left[next] = 0;
    for (int j = 0; j < size; j++) {
      if (left[j] > NOTHING) {
        double along =
            scaled[next * size + j] - Reductions.dot(factor, next * size, factor, j * size, count);
        factor[j * size + count] = along / length;
        left[j] -= factor[j * size + count] * factor[j * size + count];
      }
    }
  }
}
