package io.github.imbalancedspark.core.optim;

import static io.github.imbalancedspark.core.optim.Vectors.addScaled;
import static io.github.imbalancedspark.core.optim.Vectors.dot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The limited-memory BFGS estimate of the inverse Hessian (Nocedal 1980): a metric, corrected by
 * what the last steps showed of the gradient's change. It remembers at least ten steps, and as many
 * more, up to a hundred, as cost little memory.
 */
final class LimitedMemory {

  private static final int FEWEST_CORRECTIONS = 10;
  private static final int MOST_CORRECTIONS = 100;
  private static final int CORRECTED_COORDINATES = 1 << 21;

  private record Correction(double[] step, double[] change, double curvature) {}

  private final Deque<Correction> corrections = new ArrayDeque<>();
  private Metric metric = Metric.ofIdentity(1);

  /** Starts afresh from a metric. */
  void reset(Metric newMetric) {
    metric = newMetric;
    corrections.clear();
  }

  /** Takes another metric, to be corrected by the same steps. */
  void rebase(Metric newMetric) {
    metric = newMetric;
  }

  /**
   * Returns the first step to try along {@code direction}, made by {@link #applyInverse}: one, or
   * what leads to length one where the metric is no more than a scale.
   */
  double firstStep(double[] direction) {
    return metric.isScale() && corrections.isEmpty() ? Math.min(1, 1 / Vectors.norm(direction)) : 1;
  }

  /** Takes a step and the change of the gradient along it. */
  void remember(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 1e-16 * Math.sqrt(dot(step, step) * dot(change, change))) {
      int fitting = CORRECTED_COORDINATES / step.length;
      if (corrections.size() >= Math.max(FEWEST_CORRECTIONS, Math.min(MOST_CORRECTIONS, fitting))) {
        corrections.removeLast();
      }
      corrections.addFirst(new Correction(step, change, curvature));
    }
  }

  /** Returns B⁻¹ v, by the two-loop recursion. */
  double[] applyInverse(double[] vector) {
    double[] result = vector.clone();
    double[] alphas = new double[corrections.size()];
    int k = 0;
    for (Correction c : corrections) {
      alphas[k] = dot(c.step, result) / c.curvature;
      addScaled(-alphas[k], c.change, result);
      k++;
    }
    result = metric.applyInverse(result);
    if (!metric.calibrated() && !corrections.isEmpty()) {
      Correction newest = corrections.getFirst();
      double scale = newest.curvature / dot(newest.change, metric.applyInverse(newest.change));
      result = Vectors.combination(scale, result, 0, result);
    }
    for (Iterator<Correction> oldestFirst = corrections.descendingIterator();
        oldestFirst.hasNext(); ) {
      Correction c = oldestFirst.next();
      k--;
      addScaled(alphas[k] - dot(c.change, result) / c.curvature, c.step, result);
    }
    return result;
  }
}
