package io.github.imbalancedspark.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.support.DenseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The solvers on problems whose minimum is known, and on one and the same logistic problem. */
class SolversTest {

  private static final double[] TARGET = {3, -2, 0.5};
  private static final double[] STIFFNESS = {1, 100, 0.01};
  private static final double SEPARATED_BELOW = 1e-10;

  /** ½ Σ kⱼ (xⱼ − tⱼ)² + 1, least at t. */
  private static Evaluation quadratic(double[] x) {
    double value = 1;
    double[] gradient = new double[x.length];
    double[] hessian = new double[x.length * x.length];
    for (int j = 0; j < x.length; j++) {
      double distance = x[j] - TARGET[j];
      value += STIFFNESS[j] / 2 * distance * distance;
      gradient[j] = STIFFNESS[j] * distance;
      hessian[j * x.length + j] = STIFFNESS[j];
    }
    return new Evaluation(value, gradient, hessian, 1);
  }

  private static List<double[]> run(Solver solver, Function<double[], Evaluation> objective) {
    List<double[]> asked = new ArrayList<>();
    while (!solver.stopped()) {
      assertThat(asked).as("points asked for").hasSizeLessThan(10_000);
      asked.add(solver.point().clone());
      Evaluation evaluation = objective.apply(solver.point());
      boolean matrix = solver.request().kind() == HessianRequest.Kind.MATRIX;
      solver.tell(
          matrix
              ? evaluation
              : new Evaluation(
                  evaluation.value(), evaluation.gradient(), null, evaluation.curvature()));
    }
    return asked;
  }

  @Test
  void newtonSolvesAQuadraticInOneStep() {
    Solver solver = new NewtonSolver(new double[3], 1e-12, 100, 0);

    List<double[]> asked = run(solver, SolversTest::quadratic);

    assertThat(asked).hasSize(2);
    assertThat(solver.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(solver.solution()).containsExactly(TARGET, within(1e-9));
    assertThat(solver.history()).hasSize(2);
    assertThat(solver.history().get(1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void lbfgsSolvesAQuadratic() {
    Solver solver = new LbfgsSolver(new double[3], HessianRequest.NONE, 1e-13, 100, 0);

    run(solver, SolversTest::quadratic);

    assertThat(solver.stopReason().converged()).isTrue();
    assertThat(solver.history().get(solver.history().size() - 1)).isCloseTo(1, within(1e-12));
    assertThat(solver.solution()).containsExactly(TARGET, within(1e-5));
    assertThat(solver.history()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aFirstStepThatIsFarTooShortIsMadeUpForAtOnce() {
    double flat = 0.02; // so the steepest step of length one falls short by a factor of 50
    Solver solver = new LbfgsSolver(new double[1], HessianRequest.NONE, 1e-12, 100, 0);

    List<double[]> asked =
        run(
            solver,
            x ->
                new Evaluation(
                    1 + flat / 2 * (x[0] - 5) * (x[0] - 5),
                    new double[] {flat * (x[0] - 5)},
                    null,
                    1));

    assertThat(asked).hasSize(3);
    assertThat(solver.solution()[0]).isCloseTo(5, within(1e-9));
  }

  @Test
  void startingAtTheMinimumIsConvergedAtOnce() {
    Solver solver = new NewtonSolver(TARGET, 1e-12, 100, 0);

    assertThat(run(solver, SolversTest::quadratic)).hasSize(1);
    assertThat(solver.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(solver.solution()).containsExactly(TARGET);
  }

  @Test
  void noIterationsLeaveTheStart() {
    Solver solver = new LbfgsSolver(new double[3], HessianRequest.NONE, 1e-12, 0, 0);

    run(solver, SolversTest::quadratic);

    assertThat(solver.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
    assertThat(solver.stopReason().converged()).isFalse();
    assertThat(solver.solution()).containsExactly(0, 0, 0);
  }

  @Test
  void theLastAllowedIterationIsTaken() {
    Solver solver = new LbfgsSolver(new double[3], HessianRequest.NONE, 1e-15, 4, 0);

    run(solver, SolversTest::quadratic);

    assertThat(solver.stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
    assertThat(solver.history()).hasSize(5);
  }

  @Test
  void aStepThatIsTooLongIsShortened() {
    // √(1 + x²): Newton's step from 3 leads to −27, and on to 19683.
    Solver solver = new NewtonSolver(new double[] {3}, 1e-14, 100, 0);

    run(
        solver,
        x -> {
          double root = Math.hypot(1, x[0]);
          return new Evaluation(
              root, new double[] {x[0] / root}, new double[] {1 / (root * root * root)}, 1);
        });

    assertThat(solver.stopReason().converged()).isTrue();
    assertThat(solver.solution()[0]).isCloseTo(0, within(1e-6));
    assertThat(solver.history()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void aStepThatIsTooShortIsLengthened() {
    // The first step of L-BFGS without a metric has length 1; the minimum is 1000 away.
    Solver solver = new LbfgsSolver(new double[] {0}, HessianRequest.NONE, 1e-12, 100, 0);

    List<double[]> asked =
        run(
            solver,
            x ->
                new Evaluation(
                    (x[0] - 1000) * (x[0] - 1000) + 1, new double[] {2 * (x[0] - 1000)}, null, 1));

    assertThat(solver.solution()[0]).isCloseTo(1000, within(1e-3));
    assertThat(asked).hasSizeLessThan(30);
  }

  /**
   * Weights normalised to sum to one make objectives small: no reason to take one for a minimum.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theObjectivesUnitChangesNothing(boolean lasso) {
    List<List<double[]>> asked = new ArrayList<>();
    for (double unit : new double[] {1, 0x1p-30}) {
      double[] start = new double[3];
      Solver solver =
          lasso
              ? new OwlqnSolver(start, new double[3], HessianRequest.NONE, 1e-6, 100)
              : new LbfgsSolver(start, HessianRequest.NONE, 1e-6, 100, 0);
      asked.add(
          run(
              solver,
              x -> {
                Evaluation e = quadratic(x);
                double[] gradient = Vectors.combination(unit, e.gradient(), 0, e.gradient());
                return new Evaluation(unit * e.value(), gradient, e.hessian(), unit);
              }));
    }

    assertThat(asked.get(0)).hasSizeGreaterThan(3);
    assertThat(asked.get(1)).usingElementComparator(Arrays::compare).isEqualTo(asked.get(0));
  }

  @Test
  void aLowerPointIsKeptWhereNoneBeyondItIs() {
    // Falls up to 1, the first trial, where it still falls steeply, and is not defined beyond.
    Solver solver = new LbfgsSolver(new double[1], HessianRequest.NONE, 1e-12, 100, 0);

    run(solver, x -> new Evaluation(x[0] <= 1 ? 5 - x[0] : Double.NaN, new double[] {-1}, null, 1));

    assertThat(solver.stopReason()).isEqualTo(StopReason.PRECISION);
    assertThat(solver.solution()).containsExactly(1);
    assertThat(solver.history()).containsExactly(5.0, 4.0);
  }

  @Test
  void aTrialWithoutAFiniteValueIsShortened() {
    // x − ln x, infinite or NaN at x ≤ 0, least at 1; Newton's step from 5 leads to −15.
    Solver solver = new NewtonSolver(new double[] {5}, 1e-14, 100, 0);

    run(
        solver,
        x ->
            new Evaluation(
                x[0] - Math.log(x[0]),
                new double[] {1 - 1 / x[0]},
                new double[] {1 / (x[0] * x[0])},
                1));

    assertThat(solver.solution()[0]).isCloseTo(1, within(1e-6));
  }

  @Test
  void aStartWithoutAFiniteValueIsAnError() {
    Solver solver = new NewtonSolver(new double[] {0}, 1e-6, 100, 0);

    assertThatThrownBy(
            () -> solver.tell(new Evaluation(Double.NaN, new double[1], new double[] {1}, 1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("the objective at the starting point is NaN");
    Solver owlqn = new OwlqnSolver(new double[1], new double[1], HessianRequest.NONE, 1e-6, 100);
    assertThatThrownBy(() -> owlqn.tell(new Evaluation(Double.NaN, new double[1], null, 1)))
        .isInstanceOf(ArithmeticException.class);
  }

  /** 400 rows of three features, of which the label knows something, or everything. */
  private static Minimization logistic(boolean separable, double ridge, Solver solver) {
    Random random = new Random(5);
    int n = 400;
    DenseBlockBuilder builder = new DenseBlockBuilder(3, 1 << 20, false);
    for (int i = 0; i < n; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double noise = separable ? 0 : 2 * random.nextGaussian();
      DenseRows.add(builder, x[0] - x[1] + noise > 1 ? 1 : 0, 1, x);
    }
    Block block = builder.take();
    Objective objective =
        new Objective(
            new BceWithLogitsLoss(1, 5),
            new FeatureScaling(new double[3], true, new double[] {1, 1, 1}, true),
            n,
            new double[] {ridge, ridge, ridge});
    return new Minimization(objective, solver, n).run(List.of(block));
  }

  private static List<Solver> solvers(double tolerance, int maxIterations) {
    return List.of(
        new NewtonSolver(new double[4], tolerance, maxIterations, SEPARATED_BELOW),
        new LbfgsSolver(
            new double[4], HessianRequest.NONE, tolerance, maxIterations, SEPARATED_BELOW),
        new LbfgsSolver(
            new double[4], HessianRequest.DIAGONAL, tolerance, maxIterations, SEPARATED_BELOW),
        new LbfgsSolver(
            new double[4], HessianRequest.EXACT, tolerance, maxIterations, SEPARATED_BELOW),
        new NewtonCgSolver(
            new double[4], 1000, new double[] {1, 1, 1}, tolerance, maxIterations, SEPARATED_BELOW),
        new OwlqnSolver(
            new double[4], new double[3], HessianRequest.DIAGONAL, tolerance, maxIterations));
  }

  @Test
  void allSolversFindTheSameLogisticFit() {
    double[] reference =
        logistic(false, 0.01, new NewtonSolver(new double[4], 1e-14, 100, 0)).solver().solution();
    for (Solver solver : solvers(1e-13, 500)) {
      logistic(false, 0.01, solver);

      assertThat(solver.stopReason().converged()).as(solver.toString()).isTrue();
      assertThat(solver.solution()).containsExactly(reference, within(1e-6));
    }
  }

  /** Without an L1 penalty, which keeps the optimum finite and OWL-QN out of this. */
  @Test
  void separableClassesStopFinite() {
    for (Solver solver : solvers(1e-9, 1000).subList(0, 5)) {
      logistic(true, 0, solver);

      assertThat(solver.stopReason()).as(solver.toString()).isEqualTo(StopReason.SEPARATED);
      for (double coordinate : solver.solution()) {
        assertThat(coordinate).isFinite();
      }
    }
  }
}
