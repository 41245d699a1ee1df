package io.github.imbalancedspark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Least squares without negative entries. */
class NonNegativeLeastSquaresTest {

  private static final double[][] ROWS = {{1, 0, 1e6}, {1, 1e-3, 0}, {0, 2e-3, 1e6}, {2, 1e-3, 0}};

  @Test
  void whatCanBeMetIsMetWhateverTheUnits() {
    double[] truth = {2, 3000, 5e-7};
    double[] target = Arrays.stream(ROWS).mapToDouble(row -> dot(row, truth)).toArray();

    double[] x = NonNegativeLeastSquares.solve(ROWS, target);

    for (int j = 0; j < x.length; j++) {
      assertThat(x[j] / truth[j]).isCloseTo(1, offset(1e-9));
    }
  }

  @Test
  void whatWouldBeNegativeIsZero() {
    // Without the bound, (x, y) = (3, -1); with y = 0 the mean of the targets is best.
    double[] x =
        NonNegativeLeastSquares.solve(new double[][] {{1, 0}, {1, 1}}, new double[] {3, 2});

    assertThat(x[0]).isCloseTo(2.5, offset(1e-12));
    assertThat(x[1]).isZero();
  }

  /** Karush, Kuhn and Tucker: no slope where an entry is free, none downhill where it is 0. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noEntryCanBeImproved(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[20][7];
    double[] target = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Arrays.setAll(rows[i], j -> random.nextDouble() - 0.3);
      target[i] = random.nextDouble() - 0.5;
    }

    double[] x = NonNegativeLeastSquares.solve(rows, target);

    for (int j = 0; j < x.length; j++) {
      double slope = 0;
      for (int i = 0; i < rows.length; i++) {
        slope += rows[i][j] * (dot(rows[i], x) - target[i]);
      }
      assertThat(x[j]).isNotNegative();
      assertThat(slope).isGreaterThan(-1e-9);
      assertThat(slope * x[j]).isCloseTo(0, offset(1e-9));
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
