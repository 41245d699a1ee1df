package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.ScoreCurve;
import java.util.stream.IntStream;

/**
 * Where an axis of scores begins and ends.
 *
 * @param low the lowest finite score
 * @param high the highest one, above the lowest
 */
record ScoreRange(double low, double high) {

  /**
   * Returns the range of finite scores, with room around a single one; [-1, 1] if there is none.
   */
  static ScoreRange of(ScoreCurve curve) {
    double[] finite =
        IntStream.range(0, curve.size())
            .mapToDouble(curve::score)
            .filter(Double::isFinite)
            .toArray();
    double low = finite.length == 0 ? 0 : finite[finite.length - 1];
    double high = finite.length == 0 ? 0 : finite[0];
    return low < high ? new ScoreRange(low, high) : new ScoreRange(low - 1, high + 1);
  }

  /** Returns the place in the range that is nearest to a score. */
  double clip(double score) {
    return Math.min(Math.max(score, low), high);
  }
}
