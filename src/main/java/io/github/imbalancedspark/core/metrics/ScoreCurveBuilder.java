package io.github.imbalancedspark.core.metrics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Gathers scored rows into a {@link ScoreCurve}. Rows are sorted in runs that fit a processor's
 * cache, and runs of like size are merged, so n rows take O(n log n) time, and memory in proportion
 * to the distinct scores.
 */
public final class ScoreCurveBuilder {

  private static final int FIRST_ROWS = 1 << 10;
  private static final int RUN_ROWS = 1 << 18;

  private final int maxBins;
  private final double[] cutOffs;
  private final RowSorter sorter = new RowSorter();
  private final Deque<ScoreCurve> runs = new ArrayDeque<>();
  private double[] scores = new double[FIRST_ROWS];
  private double[] signedWeights = new double[FIRST_ROWS];
  private boolean weighted;
  private int rows;

  /**
   * Starts an empty curve.
   *
   * @param maxBins above how many distinct scores neighbouring ones are joined; at least two more
   *     than there are cut-offs
   * @param cutOffs thresholds at which the confusion matrix must stay exact
   */
  public ScoreCurveBuilder(int maxBins, double... cutOffs) {
    if (maxBins < cutOffs.length + 2) {
      throw new IllegalArgumentException(
          String.format(
              "maxBins must be at least two more than the number of cut-offs, %d, but is %d",
              cutOffs.length, maxBins));
    }
    this.maxBins = maxBins;
    this.cutOffs = cutOffs.clone();
    Arrays.sort(this.cutOffs);
  }

  /**
   * Adds a row.
   *
   * @param score any number but NaN
   * @param positive whether its label is 1
   * @param weight finite and ≥ 0; a row of weight 0 leaves no trace
   */
  public void add(double score, boolean positive, double weight) {
    if (Double.isNaN(score) || !(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "a score must be a number and its weight finite and >= 0, but they are "
              + score
              + " and "
              + weight);
    }
    if (weight == 0) {
      return;
    }
    if (rows == scores.length) {
      makeRoom();
    }
    weighted |= weight != 1;
    scores[rows] = score + 0.0; // -0.0 becomes 0.0
    signedWeights[rows++] = positive ? weight : -weight;
  }

  private void makeRoom() {
    if (rows < RUN_ROWS) {
      scores = Arrays.copyOf(scores, 2 * rows);
      signedWeights = Arrays.copyOf(signedWeights, 2 * rows);
    } else {
      endRun();
    }
  }

  private void endRun() {
    sorter.sortDescending(scores, signedWeights, rows);
    ScoreCurve run = distinct();
    rows = 0;
    while (!runs.isEmpty() && runs.peek().size() <= 2L * run.size()) {
      run = runs.pop().merge(run);
    }
    runs.push(run);
  }

  /** Returns the curve of the sorted rows. */
  private ScoreCurve distinct() {
    double[] distinct = new double[rows];
    double[] positives = new double[rows];
    double[] negatives = new double[rows];
    double[] positiveSquares = weighted ? new double[rows] : null;
    double[] negativeSquares = weighted ? new double[rows] : null;
    int last = -1;
    for (int i = 0; i < rows; i++) {
      if (last < 0 || scores[i] != distinct[last]) {
        distinct[++last] = scores[i];
      }
      double weight = signedWeights[i];
      if (weight > 0) {
        positives[last] += weight;
      } else {
        negatives[last] -= weight;
      }
      if (weighted) {
        (weight > 0 ? positiveSquares : negativeSquares)[last] += weight * weight;
      }
    }
    return CurveMerger.fit(
        new ScoreCurve(
            maxBins,
            cutOffs,
            0,
            last + 1,
            distinct,
            positives,
            negatives,
            positiveSquares,
            negativeSquares,
            null));
  }

  /** Returns the curve of all rows added so far. */
  public ScoreCurve build() {
    endRun();
    ScoreCurve curve = runs.pop();
    while (!runs.isEmpty()) {
      curve = runs.pop().merge(curve);
    }
    runs.push(curve);
    return curve;
  }
}
