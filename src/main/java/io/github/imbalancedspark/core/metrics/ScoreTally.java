package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;

/**
 * What one look at scored rows gathers: enough for every metric. Tallies of parts of the rows merge
 * into the tally of all.
 *
 * @param rows number of rows
 * @param positives number of rows with label 1
 * @param lowest lowest score, +∞ if there are no rows
 * @param highest highest score, −∞ if there are no rows
 * @param squaredError Σ w (score − label)²
 * @param logLoss Σ w · −ln(probability of the row's label), scores clipped to [1e-15, 1 − 1e-15]
 * @param calibration the rows by predicted probability
 * @param curve the rows' weights by score
 * @param costs likewise what a wrong prediction of each row costs, times its weight; {@code null}
 *     if costs were not given
 */
public record ScoreTally(
    long rows,
    long positives,
    double lowest,
    double highest,
    double squaredError,
    double logLoss,
    CalibrationBins calibration,
    ScoreCurve curve,
    ScoreCurve costs)
    implements Serializable {

  /** Returns how large a tally may be whose curves have so many bins. */
  public static long mostBytes(int bins, boolean weighted, boolean withCosts) {
    return ScoreCurve.mostBytes(bins, weighted)
        + (withCosts ? ScoreCurve.mostBytes(bins, true) : 0);
  }

  /** Returns the tally of this one's rows and the other's together. */
  public ScoreTally merge(ScoreTally other) {
    return new ScoreTally(
        rows + other.rows,
        positives + other.positives,
        Math.min(lowest, other.lowest),
        Math.max(highest, other.highest),
        squaredError + other.squaredError,
        logLoss + other.logLoss,
        calibration.merge(other.calibration),
        curve.merge(other.curve),
        costsWith(other));
  }

  private ScoreCurve costsWith(ScoreTally other) {
    if (costs == null || other.costs == null) {
      return costs == null ? other.costs : costs;
    }
    return costs.merge(other.costs);
  }

  /** Returns whether all scores lie in [0, 1], so that they can be taken for probabilities. */
  public boolean hasProbabilities() {
    return lowest >= 0 && highest <= 1;
  }
}
