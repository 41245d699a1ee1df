package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndependentColumnsTest {

  private static double[] gram(int rows, double[][] columns) {
    int size = columns.length;
    double[] x = new double[rows * size];
    for (int j = 0; j < size; j++) {
      System.arraycopy(columns[j], 0, x, j * rows, rows);
    }
    double[] gram = new double[size * size];
    BLAS.getInstance().dgemm("T", "N", size, size, rows, 1, x, rows, x, rows, 0, gram, size);
    return gram;
  }

  @Test
  void ofEqualColumnsOneCounts() {
    double[] x = {1, -2, 3};

    assertThat(IndependentColumns.of(3, gram(3, new double[][] {x, {2, 1, 0.5}, x})))
        .containsExactly(0, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aColumnWithoutAPositiveDiagonalEntryDoesNotCount(double diagonal) {
    assertThat(IndependentColumns.of(3, new double[] {2, 0, 0, 1, diagonal, 0, 0, 3, 4}))
        .containsExactly(0, 2);
  }

  /** Dummies beside a column of ones, one of them with a single row. */
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 19})
  void dummiesThatSumToOneAreOneTooMany(int rare) {
    int rows = 100_000;
    double[][] columns = new double[21][rows];
    for (int i = 0; i < rows; i++) {
      int category = i % 20 == rare ? (rare + 1) % 20 : i % 20;
      columns[i == 0 ? rare : category][i] = 1;
      columns[20][i] = 1;
    }
    assertThat(IndependentColumns.of(21, gram(rows, columns))).hasSize(20).contains(rare);
  }

  /** Sums and differences of 30 columns, in units from 1e-6 to 1e6. */
  @Test
  void theRankIsThatOfTheColumns() {
    Random random = new Random(1);
    double[][] columns = new double[90][];
    for (int j = 0; j < 30; j++) {
      columns[3 * j] = random.doubles(200, -1, 1).toArray();
    }
    for (int j = 0; j < 30; j++) {
      double unit = Math.pow(10, j % 13 - 6.0);
      columns[3 * j + 1] = new double[200];
      columns[3 * j + 2] = new double[200];
      for (int i = 0; i < 200; i++) {
        double other = columns[3 * ((j + 1) % 30)][i];
        columns[3 * j + 1][i] = unit * (columns[3 * j][i] + other);
        columns[3 * j + 2][i] = unit * (columns[3 * j][i] - other);
      }
    }
    int[] independent = IndependentColumns.of(90, gram(200, columns));

    assertThat(independent).hasSize(30).isSorted();
  }

  @Test
  void nearlyEqualColumnsBothCount() {
    double[] other = {1, -2 + 1e-3, 3};

    assertThat(IndependentColumns.of(2, gram(3, new double[][] {{1, -2, 3}, other})))
        .containsExactly(0, 1);
  }
}
