package io.github.imbalancedspark.core.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * What every descent method here shares: an iterate, a search direction, a line search along it
 * that ends in a point satisfying the weak Wolfe conditions (bisection and doubling after Lewis and
 * Overton 2013, with interpolation where it is safe), and the rules for stopping.
 *
 * <p>The predicted decrease −½ gᵀp is, for a Newton or quasi-Newton direction p, the quadratic
 * model's estimate of how far the objective still is above its minimum. The search has converged
 * when that is at most {@link #caution} times {@code tolerance} times the objective: the model's
 * estimate may be optimistic, and near the minimum the extra digits cost a pass at most.
 */
abstract class Descent implements Solver {

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE_CONDITION = 0.9;

  /** Differences of objectives below this, relative to the objective, are rounding. */
  private static final double ROUNDING = 1e-14;

  private static final double MOST_EXTRAPOLATION = 100;

  private static final int MAX_TRIALS = 40;

  private final double tolerance;
  private final int maxIterations;
  private final double separatedBelow;
  private final List<Double> history = new ArrayList<>();

  private double[] iterate;
  private Evaluation current;
  private double[] direction;
  private double directionalSlope;
  private double[] trial;
  private double step;
  private double lowerStep;
  private double[] lowerPoint;
  private Evaluation lower;
  private double upperStep;
  private int trials;
  private int iterations;
  private StopReason stopReason;

  Descent(double[] start, double tolerance, int maxIterations, double separatedBelow) {
    this.trial = start.clone();
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
    this.separatedBelow = separatedBelow;
  }

  /** Returns a descent direction at the new iterate {@code point}. */
  abstract double[] direction(double[] point, Evaluation evaluation);

  /** Returns to what share of the tolerance the predicted decrease is to fall, &gt; 0. */
  double caution() {
    return 1e-3;
  }

  /** Returns the first step to try along {@code newDirection}. */
  double firstStep(double[] newDirection) {
    return 1;
  }

  @Override
  public final double[] point() {
    return trial;
  }

  @Override
  public final StopReason stopReason() {
    return stopReason;
  }

  @Override
  public final double[] solution() {
    return iterate;
  }

  @Override
  public final double gradientNorm() {
    return Vectors.norm(current.gradient());
  }

  @Override
  public final List<Double> history() {
    return history;
  }

  @Override
  public final void tell(Evaluation evaluation) {
    if (current == null) {
      accept(evaluation);
      return;
    }
    trials++;
    double decrease = evaluation.value() - current.value();
    double rounding = ROUNDING * Math.abs(current.value());
    if (!(decrease <= SUFFICIENT_DECREASE * step * directionalSlope + rounding)) {
      upperStep = step;
      step = interpolated(decrease);
    } else {
      double slope = Vectors.dot(evaluation.gradient(), direction);
      if (slope >= CURVATURE_CONDITION * directionalSlope || trials >= MAX_TRIALS) {
        iterations++;
        accept(evaluation);
        return;
      }
      lowerStep = step;
      lowerPoint = trial;
      lower = evaluation;
      step = Double.isInfinite(upperStep) ? extrapolated(slope) : (lowerStep + upperStep) / 2;
    }
    if (trials < MAX_TRIALS) {
      moveTrial();
      return;
    }
    if (lowerStep > 0) {
      iterate = lowerPoint;
      current = lower;
      history.add(lower.value());
    }
    stopReason = StopReason.PRECISION;
  }

  /** Returns where the slope would be 0 if it went on to change as it did up to the trial step. */
  private double extrapolated(double slope) {
    double parabola =
        slope > directionalSlope ? step * directionalSlope / (directionalSlope - slope) : 0;
    return Math.min(Math.max(parabola, 2 * step), MOST_EXTRAPOLATION * step);
  }

  /** Returns the minimiser of the parabola through what is known, kept well inside the bracket. */
  private double interpolated(double decrease) {
    double width = upperStep - lowerStep;
    double middle = lowerStep + width / 2;
    if (lowerStep > 0 || Double.isNaN(decrease) || Double.isInfinite(decrease)) {
      return middle;
    }
    double parabola = -directionalSlope * step * step / (2 * (decrease - directionalSlope * step));
    return Math.min(Math.max(parabola, 0.1 * width), 0.5 * width);
  }

  private void accept(Evaluation evaluation) {
    requireFinite(evaluation.value());
    iterate = trial;
    current = evaluation;
    history.add(evaluation.value());
    direction = direction(iterate, evaluation);
    directionalSlope = Vectors.dot(evaluation.gradient(), direction);
    double value = Math.abs(evaluation.value());
    if (-directionalSlope / 2 <= Math.max(caution() * tolerance * value, Double.MIN_NORMAL)) {
      stopReason = StopReason.CONVERGED;
    } else if (value < separatedBelow) {
      stopReason = StopReason.SEPARATED;
    } else if (iterations >= maxIterations) {
      stopReason = StopReason.MAX_ITERATIONS;
    } else {
      trials = 0;
      lowerStep = 0;
      upperStep = Double.POSITIVE_INFINITY;
      step = firstStep(direction);
      moveTrial();
    }
  }

  /** Requires that an objective, that at the starting point, is a number to descend from. */
  static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(
          "the objective at the starting point is "
              + value
              + "; are features, weights or penalties beyond 1e150?");
    }
  }

  private void moveTrial() {
    trial = Vectors.combination(1, iterate, step, direction);
  }
}
