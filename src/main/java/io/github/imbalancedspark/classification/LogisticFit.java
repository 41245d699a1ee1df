package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.optim.Minimization;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.Solver;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.internal.Terms;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fit that runs until it converges. A convex loss starts from the optimum of the driver's sketch
 * of the rows; a focal loss from the optimum of the cross-entropy over all rows.
 */
final class LogisticFit implements Fit {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  /** Two ways of computing one objective agree to this, relative. */
  private static final double ROUNDING = 1e-9;

  private final FitProblem problem;
  private final ImbalancedLogisticRegression params;
  private final boolean convex;
  private final List<Block> sketch;
  private Minimization minimization;
  private boolean warmingUp;
  private boolean separated;
  private int passes;

  /**
   * Makes a fit that starts from the initial coefficients, if there are any.
   *
   * @param sketch a sample of the rows; empty to start without one
   */
  LogisticFit(FitProblem problem, List<Block> sketch) {
    this.problem = problem;
    this.params = problem.params();
    this.sketch = sketch;
    this.convex = LossFunction.of(params.getLoss()) == LossFunction.BCE_WITH_LOGITS;
    if (params.isSet(params.initialCoefficients())) {
      double curvature = problem.zeroCurvature(objective());
      minimise(objective(), problem.initialPoint(), curvature, params.getMaxIter());
    } else {
      startFromSketch();
    }
  }

  private void startFromSketch() {
    if (sketch.isEmpty()) {
      warmUp(problem.zero(), problem.zeroCurvature(problem.crossEntropy()));
      return;
    }
    Solver rehearsal = problem.sketchSolver(problem.zero());
    Minimization sketched =
        new Minimization(
                problem.crossEntropy(), rehearsal, problem.zeroCurvature(problem.crossEntropy()))
            .run(sketch);
    if (rehearsal.stopReason() == StopReason.SEPARATED) {
      warmUp(problem.zero(), problem.zeroCurvature(problem.crossEntropy()));
    } else {
      warmUp(rehearsal.solution(), sketched.curvature());
    }
  }

  /** Minimises the cross-entropy: all there is to do for a convex loss, the start of another. */
  private void warmUp(double[] point, double curvature) {
    warmingUp = !convex;
    minimise(problem.crossEntropy(), point, curvature, params.getMaxIter());
  }

  private void minimise(Objective objective, double[] point, double curvature, int maxIter) {
    minimization =
        new Minimization(objective, problem.solver(objective, point, maxIter), curvature);
  }

  private Objective objective() {
    return problem.objective(problem.classWeights()[1]);
  }

  @Override
  public boolean stopped() {
    return minimization.stopped();
  }

  @Override
  public LossPoint ask() {
    return minimization.ask();
  }

  @Override
  public void tell(LossSum sum) {
    passes++;
    List<Double> history = minimization.solver().history();
    int before = history.size();
    minimization.tell(sum);
    boolean crossEntropy = convex || warmingUp;
    if (passes == 1
        && params.getMaxIter() > 0
        && crossEntropy
        && history.get(0) > (1 + ROUNDING) * problem.zeroObjective()) {
      LOG.info(
          "{}the start is worse than no coefficients at all; starting from none",
          problem.logPrefix());
      warmUp(problem.zero(), problem.zeroCurvature(problem.crossEntropy()));
    } else if (history.size() > before) {
      LOG.info("{}iteration {}: objective {}", problem.logPrefix(), before, history.get(before));
    }
    if (stopped() && warmingUp) {
      endWarmUp();
    } else if (stopped() && !stopReason().converged()) {
      LOG.warn(
          "{}{} stopped early: {}",
          problem.logPrefix(),
          params.uid(),
          Terms.of(stopReason().advice()));
    }
  }

  /** Goes over to the loss asked for. What separates the classes for one separates for all. */
  private void endWarmUp() {
    LOG.info(
        "{}the cross-entropy is at its optimum; the loss {} starts there",
        problem.logPrefix(),
        params.getLoss());
    Solver warm = minimization.solver();
    warmingUp = false;
    separated = warm.stopReason() == StopReason.SEPARATED;
    int maxIter = separated ? 0 : params.getMaxIter();
    minimise(objective(), warm.solution(), curvatureAt(warm.solution()), maxIter);
  }

  /** Returns about what Σ w d²ℓ/dz² of the loss asked for is at {@code point}. */
  private double curvatureAt(double[] point) {
    return sketch.isEmpty()
        ? problem.zeroCurvature(objective())
        : LossSum.of(objective().lossPoint(point, HessianRequest.NONE, 0), sketch).curvature();
  }

  private StopReason stopReason() {
    return separated ? StopReason.SEPARATED : minimization.solver().stopReason();
  }

  @Override
  public FitResult result() {
    Solver solver = minimization.solver();
    return new FitResult(
        solver.solution(),
        problem.classWeights()[1],
        solver.history(),
        solver.gradientNorm(),
        List.of(),
        passes,
        stopReason());
  }
}
