package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.optim.Evaluation;
import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.Information;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maximum of the likelihood with the Jeffreys penalty ½ ln |H| (Firth, Biometrika 80, 1993;
 * Heinze and Schemper 2002), which is finite even where the classes are separable. Scoring steps
 * H⁻¹ (score), halved until the penalised likelihood grows; each takes a pass for the likelihood,
 * its gradient and the exact Hessian, and one for the leverages. Collinear columns do not count in
 * |H|, so that they change no probability.
 */
final class FirthFit implements Fit {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);
  private static final double CAUTION = 1e-3;
  private static final double ROUNDING = 1e-14;
  private static final int MAX_HALVINGS = 40;

  private final FitProblem problem;
  private final Objective objective;
  private final int maxIter;
  private final double tolerance;
  private final List<Double> history = new ArrayList<>();
  private double[] point;
  private double[] trial;
  private double[] direction;
  private double step = 1;
  private int halvings;
  private double[] gradient;
  private Information information;
  private boolean awaitsLeverages;
  private int passes;
  private StopReason stopReason;

  FirthFit(FitProblem problem) {
    this.problem = problem;
    this.objective = problem.crossEntropy();
    this.maxIter = problem.params().getMaxIter();
    this.tolerance = problem.params().getTol();
    this.trial =
        problem.params().isSet(problem.params().initialCoefficients())
            ? problem.initialPoint()
            : problem.zero();
  }

  @Override
  public boolean stopped() {
    return stopReason != null;
  }

  @Override
  public LossPoint ask() {
    return awaitsLeverages
        ? information.biasPoint()
        : objective.lossPoint(trial, HessianRequest.EXACT, 0);
  }

  @Override
  public void tell(LossSum sum) {
    passes++;
    if (awaitsLeverages) {
      plan(sum);
    } else {
      judge(sum);
    }
  }

  /** Accepts the trial or takes half the step. */
  private void judge(LossSum sum) {
    Information there =
        information == null ? new Information(objective, trial, sum) : information.at(trial, sum);
    Evaluation likelihood = objective.evaluation(trial, sum);
    double value = likelihood.value() - scaled(there.logDeterminant() / 2);
    double current = history.isEmpty() ? Double.NaN : history.get(history.size() - 1);
    if (history.isEmpty() || value <= current + ROUNDING * Math.abs(current)) {
      LOG.info(
          "{}iteration {}: penalised objective {}", problem.logPrefix(), history.size(), value);
      point = trial;
      history.add(value);
      information = there;
      gradient = likelihood.gradient();
      awaitsLeverages = true;
    } else if (++halvings >= MAX_HALVINGS) {
      stopReason = StopReason.PRECISION;
    } else {
      step /= 2;
      move();
    }
  }

  private double scaled(double sum) {
    return sum / objective.normalizer();
  }

  /** Stops, or makes the next step. */
  private void plan(LossSum leverageSum) {
    awaitsLeverages = false;
    double[] score = information.biasScore(leverageSum);
    double slope = 0;
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] += scaled(score[j]);
    }
    direction = information.solve(gradient);
    for (int j = 0; j < gradient.length; j++) {
      direction[j] *= -objective.normalizer();
      slope += direction[j] * gradient[j];
    }
    double value = Math.abs(history.get(history.size() - 1));
    if (-slope / 2 <= Math.max(CAUTION * tolerance * value, Double.MIN_NORMAL)) {
      stopReason = StopReason.CONVERGED;
    } else if (history.size() > maxIter) {
      stopReason = StopReason.MAX_ITERATIONS;
      LOG.warn(
          "{}{} stopped early: {}",
          problem.logPrefix(),
          problem.params().uid(),
          Terms.of(stopReason.advice()));
    } else {
      step = 1;
      halvings = 0;
      move();
    }
  }

  private void move() {
    trial = point.clone();
    for (int j = 0; j < trial.length; j++) {
      trial[j] += step * direction[j];
    }
  }

  @Override
  public FitResult result() {
    double norm = 0;
    for (double g : gradient) {
      norm = Math.hypot(norm, g);
    }
    return new FitResult(point, 1, history, norm, List.of(), passes, stopReason);
  }
}
