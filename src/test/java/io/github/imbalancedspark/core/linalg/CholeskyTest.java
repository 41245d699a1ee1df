package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

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

  @Test
  void theMatrixIsNotChanged() {
    double[] upper = {4, 0, 2, 5};
    new Cholesky(2, upper);

    assertThat(upper).containsExactly(4, 0, 2, 5);
  }
}
