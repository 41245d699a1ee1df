package io.github.imbalancedspark.core.optim;

import static io.github.imbalancedspark.core.optim.Vectors.addScaled;
import static io.github.imbalancedspark.core.optim.Vectors.dot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The limited-memory BFGS estimate of the inverse Hessian (Nocedal 1980): a metric, corrected by
 * what the last ten steps showed of the gradient's change.
 */
final class LimitedMemory {

  private static final int CORRECTIONS = 10;

  private record Correction(double[] step, double[] change, double curvature) {}

  private final Deque<Correction> corrections = new ArrayDeque<>();
  private Metric metric = Metric.identity();

  /** Starts afresh from a metric. */
  void reset(Metric newMetric) {
    metric = newMetric;
    corrections.clear();
  }

  /** Returns whether steps along {@link #applyInverse} can be expected to have length one. */
  boolean calibrated() {
    return metric.calibrated() || !corrections.isEmpty();
  }

  /** Takes a step and the change of the gradient along it. */
  void remember(double[] step, double[] change) {
    double curvature = dot(step, change);
    if (curvature > 1e-16 * Math.sqrt(dot(step, step) * dot(change, change))) {
      if (corrections.size() == CORRECTIONS) {
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
