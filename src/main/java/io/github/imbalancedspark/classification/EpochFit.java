package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.metrics.MetricValue;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.optim.Minimization;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.Solver;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.PosWeightSchedule;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fit by epochs: from zero or the initial coefficients, one accepted step of the solver each,
 * after which the validation rows are scored and the schedule may change c₁. A new c₁ is a new
 * objective, for which the solver starts afresh where the last epoch ended.
 */
final class EpochFit implements Fit {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  private final FitProblem problem;
  private final ImbalancedLogisticRegression params;
  private final boolean validated;
  private final Metric metric;
  private final PosWeightSchedule schedule;
  private final List<Epoch> epochs = new ArrayList<>();
  private final List<Double> objectives = new ArrayList<>();
  private Minimization minimization;
  private double posWeight;
  private boolean stepped;
  private int passes;
  private long epochStart = System.nanoTime();
  private FitResult best;
  private StopReason stopReason;

  /**
   * Makes a fit.
   *
   * @param validated whether there are validation rows to be scored after each epoch
   */
  EpochFit(FitProblem problem, boolean validated) {
    this.problem = problem;
    this.params = problem.params();
    this.validated = validated;
    this.metric = Metric.of(params.getValidationMetric());
    this.schedule = EpochSchedule.of(problem);
    this.posWeight = schedule.posWeight();
    Objective objective = problem.objective(posWeight);
    double[] start =
        params.isSet(params.initialCoefficients())
            ? problem.initialPoint()
            : new double[problem.scaling().dimension()];
    minimise(objective, start, problem.curvature(objective, 0));
  }

  private void minimise(Objective objective, double[] start, double curvature) {
    Solver solver = problem.solver(objective, start, Integer.MAX_VALUE);
    minimization = new Minimization(objective, solver, curvature);
  }

  @Override
  public boolean stopped() {
    return stopReason != null;
  }

  @Override
  public LossPoint ask() {
    return minimization.ask();
  }

  @Override
  public void tell(LossSum sum) {
    passes++;
    Solver solver = minimization.solver();
    int before = solver.history().size();
    minimization.tell(sum);
    if (objectives.isEmpty()) {
      objectives.add(solver.history().get(0));
    }
    stepped = (before > 0 && solver.history().size() > before) || solver.stopped();
    if (stepped && !validated) {
      endEpoch(Double.NaN);
    }
  }

  @Override
  public Scoring scoring() {
    double[] point = minimization.solver().solution();
    return stepped && validated && !stopped()
        ? new Scoring(
            problem.scaling().coefficients(point),
            problem.scaling().intercept(point),
            params.getThreshold())
        : null;
  }

  @Override
  public void tell(ScoreTally tally) {
    MetricValue value = BinaryMetrics.of(tally, params.getThreshold()).value(metric);
    if (value.value() == null) {
      throw new IllegalArgumentException(
          String.format(
              "validationMetric: %s, among the validation rows of column '%s'; choose others, or"
                  + " another metric",
              value.reason(), params.getValidationIndicatorCol()));
    }
    endEpoch(value.value());
  }

  private void endEpoch(double value) {
    stepped = false;
    record(value);
    Solver solver = minimization.solver();
    while (waits(solver)) {
      record(value);
    }
    if (schedule.exhausted()) {
      stop(StopReason.EARLY_STOPPING);
    } else if (epochs.size() >= params.getMaxEpochs()) {
      stop(StopReason.MAX_EPOCHS);
    } else if (schedule.posWeight() != posWeight) {
      posWeight = schedule.posWeight();
      minimise(problem.objective(posWeight), solver.solution(), minimization.curvature());
    } else if (solver.stopped()) {
      stop(solver.stopReason());
    }
  }

  /** At the optimum of its weight an epoch changes nothing: a plateau but runs out of patience. */
  private boolean waits(Solver solver) {
    return solver.stopped()
        && params.getPosWeightSchedule().equals(EpochSchedule.PLATEAU)
        && schedule.posWeight() == posWeight
        && !schedule.exhausted()
        && epochs.size() < params.getMaxEpochs();
  }

  private void record(double value) {
    Solver solver = minimization.solver();
    double objective = solver.history().get(solver.history().size() - 1);
    long now = System.nanoTime();
    Epoch epoch = new Epoch(epochs.size(), posWeight, objective, value, (now - epochStart) / 1e9);
    epochStart = now;
    epochs.add(epoch);
    objectives.add(objective);
    LOG.info(
        "{}epoch {}: pos_weight {}, objective {}{}",
        problem.logPrefix(),
        epoch.epoch(),
        posWeight,
        objective,
        validated ? ", " + metric.name() + " " + value : "");
    if (schedule.tell(value)) {
      best =
          new FitResult(
              solver.solution(),
              posWeight,
              List.copyOf(objectives),
              solver.gradientNorm(),
              List.of(),
              0,
              null);
    }
  }

  private void stop(StopReason reason) {
    boolean lastIsBest = best.objectiveHistory().size() == objectives.size();
    stopReason = reason.converged() && !lastIsBest ? StopReason.EARLY_STOPPING : reason;
    if (validated) {
      Epoch kept = epochs.get(best.objectiveHistory().size() - 2);
      LOG.info(
          "{}epoch {} is the best: {} {}",
          problem.logPrefix(),
          kept.epoch(),
          metric.name(),
          kept.metric());
    }
  }

  @Override
  public FitResult result() {
    return new FitResult(
        best.point(),
        best.posWeight(),
        best.objectiveHistory(),
        best.gradientNorm(),
        epochs,
        passes,
        stopReason);
  }
}
