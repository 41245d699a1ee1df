package io.github.imbalancedspark.core.metrics;

/** Gathers scored rows into a {@link ScoreTally}. */
public final class ScoreTallyBuilder {

  private static final double LEAST_PROBABILITY = 1e-15;

  private final int maxBins;
  private final double[] cutOffs;
  private final ScoreCurveBuilder curve;
  private ScoreCurveBuilder costs;
  private final CalibrationBins calibration = new CalibrationBins();
  private long rows;
  private long positives;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private double squaredError;
  private double logLoss;

  /**
   * Starts an empty tally.
   *
   * @param maxBins above how many distinct scores neighbouring ones are joined
   * @param cutOffs thresholds at which the confusion matrix must stay exact
   */
  public ScoreTallyBuilder(int maxBins, double... cutOffs) {
    this.maxBins = maxBins;
    this.cutOffs = cutOffs;
    this.curve = new ScoreCurveBuilder(maxBins, cutOffs);
  }

  /**
   * Adds a row.
   *
   * @param score any number but NaN
   * @param positive whether its label is 1
   * @param weight finite and ≥ 0
   */
  public void add(double score, boolean positive, double weight) {
    curve.add(score, positive, weight);
    rows++;
    positives += positive ? 1 : 0;
    lowest = Math.min(lowest, score);
    highest = Math.max(highest, score);
    if (score >= 0 && score <= 1) {
      squaredError += weight * squaredError(score, positive);
      logLoss += weight * logLoss(score, positive);
      calibration.add(score, positive, weight);
    }
  }

  /** Returns (score − label)². */
  static double squaredError(double score, boolean positive) {
    double miss = positive ? 1 - score : score;
    return miss * miss;
  }

  /** Returns −ln(probability of the label), the score clipped to [1e-15, 1 − 1e-15]. */
  static double logLoss(double score, boolean positive) {
    double clipped = Math.min(Math.max(score, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY);
    return positive ? -Math.log(clipped) : -Math.log1p(-clipped);
  }

  /**
   * Adds a row with what it costs to predict it wrongly.
   *
   * @param cost finite and ≥ 0, before the row's weight
   */
  public void add(double score, boolean positive, double weight, double cost) {
    if (costs == null) {
      costs = new ScoreCurveBuilder(maxBins, cutOffs);
    }
    add(score, positive, weight);
    costs.add(score, positive, weight * cost);
  }

  /** Returns the tally of all rows added; none can be added afterwards. */
  public ScoreTally build() {
    return new ScoreTally(
        rows,
        positives,
        lowest,
        highest,
        squaredError,
        logLoss,
        calibration,
        curve.build(),
        costs == null ? null : costs.build());
  }
}
