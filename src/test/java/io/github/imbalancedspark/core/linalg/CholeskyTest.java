package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netlib.util.intW;

class CholeskyTest {

  @Test
  void solvesAPositiveDefiniteSystem() {
    // A = [4 2 0; 2 5 3; 0 3 6], x = (1, −2, 3): A x = (0, 1, 12)
    double[] upper = {4, 0, 0, 2, 5, 0, 0, 3, 6};

    assertThat(new Cholesky(3, upper).solve(new double[] {0, 1, 12}))
        .containsExactly(new double[] {1, -2, 3}, within(1e-11));
  }

  @Test
  void emptyRowsSolveToZero() {
    double[] upper = {2, 0, 0, 0, 0, 0, 0, 0, 4};

    assertThat(new Cholesky(3, upper).solve(new double[] {2, 0, 2}))
        .containsExactly(new double[] {1, 0, 0.5}, within(1e-11));
  }

  @Test
  void collinearRowsHaveAFiniteSolution() {
    // A = [1 1; 1 1] is singular; (1, 1) is in its range, reached by every x with x₁ + x₂ = 1.
    double[] solution = new Cholesky(2, new double[] {1, 0, 1, 1}).solve(new double[] {1, 1});

    assertThat(solution[0] + solution[1]).isCloseTo(1, within(1e-9));
    assertThat(solution[0]).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void roundingBelowZeroIsMended() {
    // Indefinite by a rounding error: the second pivot is 1 − (1 + 1e-12)² < 0.
    double[] solution =
        new Cholesky(2, new double[] {1, 0, 1 + 1e-12, 1}).solve(new double[] {1, 1});

    assertThat(solution[0] + solution[1]).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN, Double.POSITIVE_INFINITY})
  void aRowWithoutAPositiveDiagonalEntryIsThatOfTheIdentity(double diagonal) {
    double[] upper = {2, 0, 0, 5, diagonal, 0, 0, 7, 4};

    assertThat(new Cholesky(3, upper).solve(new double[] {2, 3, 2}))
        .containsExactly(new double[] {1, 3, 0.5}, within(1e-11));
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, Double.NaN, Double.NEGATIVE_INFINITY})
  void ofWhatIsFarFromSemiDefiniteTheDiagonalIsLeft(double offDiagonal) {
    assertThat(new Cholesky(2, new double[] {2, 0, offDiagonal, 4}).solve(new double[] {2, 2}))
        .containsExactly(new double[] {1, 0.5}, within(1e-11));
  }

  @Test
  void theMatrixIsNotChanged() {
    double[] upper = {4, 0, 2, 5};
    new Cholesky(2, upper);

    assertThat(upper).containsExactly(4, 0, 2, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 37, 120})
  void agreesWithLapack(int size) {
    Random random = new Random(size);
    double[] root = random.doubles((long) size * size, -1, 1).toArray();
    double[] matrix = new double[size * size];
    BLAS.getInstance()
        .dgemm("T", "N", size, size, size, 1, root, size, root, size, 0, matrix, size);
    for (int j = 0; j < size; j++) {
      matrix[j * size + j] += 0.1;
    }
    double[] rightHandSide = random.doubles(size, -1, 1).toArray();
    double[] expected = rightHandSide.clone();
    intW info = new intW(0);
    double[] factor = matrix.clone();
    LAPACK.getInstance().dposv("U", size, 1, factor, size, expected, size, info);
    double logDeterminant = 0;
    for (int j = 0; j < size; j++) {
      logDeterminant += 2 * Math.log(factor[j * size + j]);
    }
    Cholesky cholesky = new Cholesky(size, matrix);

    assertThat(info.val).isZero();
    assertThat(cholesky.solve(rightHandSide)).containsExactly(expected, within(1e-8));
    assertThat(cholesky.logDeterminant()).isCloseTo(logDeterminant, within(1e-9));
  }
}
