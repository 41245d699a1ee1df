package io.github.imbalancedspark.core.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * OWL-QN (Andrew and Gao 2007): limited-memory BFGS for a smooth objective plus Σ lⱼ |xⱼ|. Each
 * step stays in one orthant, where the L1 norm is linear, and coordinates that would leave it
 * become exactly zero. {@link #history} includes the L1 norm.
 */
public final class OwlqnSolver implements Solver {

  private static final double CAUTION = 1e-4;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double ROUNDING = 1e-14;
  private static final int MAX_TRIALS = 40;

  private final double[] lasso;
  private final double tolerance;
  private final int maxIterations;
  private final LimitedMemory memory = new LimitedMemory();
  private final List<Double> history = new ArrayList<>();

  private HessianRequest request;
  private double[] iterate;
  private double[] gradient;
  private double[] pseudoGradient;
  private double[] direction;
  private double[] trial;
  private double step;
  private int trials;
  private StopReason stopReason;

  /**
   * Starts a search.
   *
   * @param start the first point
   * @param lasso lⱼ ≥ 0 for each coordinate; coordinates beyond its length have none
   * @param metric the second derivatives to take at the start; none for the identity
   * @param tolerance relative distance above the minimum at which to stop, ≥ 0
   * @param maxIterations largest number of steps, ≥ 0
   */
  public OwlqnSolver(
      double[] start, double[] lasso, HessianRequest metric, double tolerance, int maxIterations) {
    this.trial = start.clone();
    this.lasso = lasso.clone();
    this.request = metric;
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
  }

  @Override
  public double[] point() {
    return trial;
  }

  @Override
  public HessianRequest request() {
    return request;
  }

  @Override
  public StopReason stopReason() {
    return stopReason;
  }

  @Override
  public double[] solution() {
    return iterate;
  }

  @Override
  public double gradientNorm() {
    return Vectors.norm(pseudoGradient);
  }

  @Override
  public List<Double> history() {
    return history;
  }

  @Override
  public void tell(Evaluation evaluation) {
    double value = evaluation.value() + lassoNorm(trial);
    if (iterate == null) {
      accept(evaluation, value);
      return;
    }
    trials++;
    double current = history.get(history.size() - 1);
    double promised =
        SUFFICIENT_DECREASE * Vectors.dot(pseudoGradient, Vectors.difference(trial, iterate));
    if (value <= current + promised + ROUNDING * Math.abs(current)) {
      accept(evaluation, value);
    } else if (trials >= MAX_TRIALS) {
      stopReason = StopReason.PRECISION;
    } else {
      step /= 2;
      moveTrial();
    }
  }

  private void accept(Evaluation evaluation, double value) {
    Descent.requireFinite(value);
    if (evaluation.hessian() != null) {
      memory.reset(Metric.of(evaluation.hessian(), trial.length));
    } else if (iterate == null) {
      memory.reset(Metric.ofIdentity(evaluation.curvature()));
    } else {
      memory.remember(
          Vectors.difference(trial, iterate), Vectors.difference(evaluation.gradient(), gradient));
    }
    request = HessianRequest.NONE;
    iterate = trial;
    gradient = evaluation.gradient();
    history.add(value);
    pseudoGradient = pseudoGradient();
    direction = alignedDirection();
    if (-Vectors.dot(pseudoGradient, direction) / 2
        <= Math.max(CAUTION * tolerance * Math.abs(value), Double.MIN_NORMAL)) {
      stopReason = StopReason.CONVERGED;
    } else if (history.size() > maxIterations) {
      stopReason = StopReason.MAX_ITERATIONS;
    } else {
      trials = 0;
      step = memory.firstStep(direction);
      moveTrial();
    }
  }

  /** The directional derivative of steepest descent: zero where every direction leads upwards. */
  private double[] pseudoGradient() {
    double[] result = gradient.clone();
    for (int j = 0; j < lasso.length; j++) {
      if (iterate[j] != 0) {
        result[j] += Math.signum(iterate[j]) * lasso[j];
      } else {
        result[j] = Math.signum(result[j]) * Math.max(0, Math.abs(result[j]) - lasso[j]);
      }
    }
    return result;
  }

  /** The quasi-Newton direction without the coordinates in which it points uphill. */
  private double[] alignedDirection() {
    double[] result = memory.applyInverse(Vectors.negated(pseudoGradient));
    for (int j = 0; j < result.length; j++) {
      if (result[j] * pseudoGradient[j] >= 0) {
        result[j] = 0;
      }
    }
    return result;
  }

  private void moveTrial() {
    trial = Vectors.combination(1, iterate, step, direction);
    for (int j = 0; j < lasso.length; j++) {
      double orthant = iterate[j] != 0 ? iterate[j] : -pseudoGradient[j];
      if (lasso[j] > 0 && trial[j] * orthant <= 0) {
        trial[j] = 0;
      }
    }
  }

  private double lassoNorm(double[] point) {
    double sum = 0;
    for (int j = 0; j < lasso.length; j++) {
      sum += lasso[j] * Math.abs(point[j]);
    }
    return sum;
  }
}
