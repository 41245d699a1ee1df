package io.github.imbalancedspark.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.linalg.SparseBlock;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.support.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Newton–CG on samples of the rows, against L-BFGS on all of them. */
class NewtonCgSolverTest {

  private static final int FEATURES = 1500;

  private record Problem(List<Block> rows, BlockSummary summary, Objective objective) {

    static Problem of(List<Block> rows, double ridge) {
      BlockSummary summary = new BlockSummary();
      rows.forEach(summary::add);
      double[] inverseScales =
          Arrays.stream(summary.standardDeviations()).map(s -> s > 0 ? 1 / s : 0).toArray();
      double[] penalties = new double[inverseScales.length];
      Arrays.fill(penalties, ridge);
      return new Problem(
          rows,
          summary,
          new Objective(
              new BceWithLogitsLoss(1, 5),
              new FeatureScaling(summary.means(), false, inverseScales, true),
              summary.weightSum(),
              penalties));
    }

    Minimization run(Solver solver) {
      return new Minimization(objective, solver, summary.weightSum() / 4).run(rows);
    }

    Minimization byLbfgs(double tolerance) {
      return run(
          new LbfgsSolver(new double[FEATURES + 1], HessianRequest.NONE, tolerance, 5000, 0));
    }

    Minimization bySamples(int rowsADraw, double tolerance) {
      return run(
          new NewtonCgSolver(
              new double[FEATURES + 1], rowsADraw, summary.storedShares(), tolerance, 200, 0));
    }
  }

  private static double objective(Minimization fit) {
    List<Double> history = fit.solver().history();
    return history.get(history.size() - 1);
  }

  /** Of a quarter of the rows, and of so few that there are hardly more than features. */
  @ParameterizedTest
  @CsvSource({"1e-2, 10000, 1", "1e-4, 10000, 1", "1e-4, 3000, 2"})
  void samplesFindTheOptimumOfAllRowsInNotManyPasses(
      double ridge, int rowsADraw, int timesThoseOfLbfgs) {
    Problem problem =
        Problem.of(SparseRows.logistic(40_000, FEATURES, 20, -4, new Random(3)), ridge);
    Minimization exact = problem.byLbfgs(1e-13);

    Minimization sampled = problem.bySamples(rowsADraw, 1e-6);

    assertThat(sampled.solver().stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(objective(sampled)).isCloseTo(objective(exact), within(1e-6 * objective(exact)));
    assertThat(sampled.passes())
        .isLessThanOrEqualTo(timesThoseOfLbfgs * problem.byLbfgs(1e-6).passes());
  }

  /** Of a twentieth as many rows as there are features. */
  @Test
  void whereSamplesTellTooLittleTheSearchGoesOnWithoutThem() {
    Problem problem =
        Problem.of(SparseRows.logistic(40_000, FEATURES, 20, -4, new Random(3)), 1e-4);
    Minimization exact = problem.byLbfgs(1e-13);

    Minimization sampled = problem.bySamples(75, 1e-6);

    assertThat(sampled.solver().request()).isEqualTo(HessianRequest.NONE);
    assertThat(sampled.solver().stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(objective(sampled)).isCloseTo(objective(exact), within(1e-6 * objective(exact)));
    assertThat(sampled.passes()).isLessThanOrEqualTo(50 + problem.byLbfgs(1e-6).passes());
  }

  @Test
  void aSampleTellsOfTheFeaturesThatItsRowsHave() {
    double[] shares = {0, 0.002, 1};

    assertThat(NewtonCgSolver.featuresTold(10_000, shares))
        .isCloseTo(0.5 + 10_000 / 10_020.0, within(1e-12));
  }

  /**
   * Rows of one hash are drawn together, which leaves a sample of few different ones: that may take
   * more steps than are allowed, but is not taken for convergence.
   */
  @ParameterizedTest
  @ValueSource(ints = {40, 400})
  void repeatedRowsDoNotMislead(int different) {
    List<Block> once = SparseRows.logistic(1000, FEATURES, 20, -2, new Random(4));
    SparseBlockBuilder builder = new SparseBlockBuilder(FEATURES, Integer.MAX_VALUE, true);
    Random random = new Random(5);
    List<Block> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int row = random.nextInt(different);
      Block block = once.get(row / 500).select(new int[] {row % 500}, new double[] {1});
      SparseBlock one = (SparseBlock) block;
      SparseRows.add(builder, random.nextInt(4) == 0 ? 1 : 0, 1, one.indices(), one.values());
      if (i % 500 == 499) {
        rows.add(builder.take());
      }
    }
    Problem problem = Problem.of(rows, 1e-3);
    double exact = objective(problem.byLbfgs(1e-13));

    Minimization sampled = problem.bySamples(1000, 1e-6);

    if (sampled.solver().stopReason().converged()) {
      assertThat(objective(sampled)).isCloseTo(exact, within(1e-6 * exact));
    } else {
      assertThat(sampled.solver().stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
      assertThat(objective(sampled)).isCloseTo(exact, within(1e-3 * exact));
    }
  }
}
