package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The distinct scores of some rows, highest first, each with the weight of its positive and of its
 * negative rows: all that ranking metrics need. Equal scores are one entry, so ties are exact.
 *
 * <p>With more than {@code maxBins} distinct scores, neighbouring ones are joined into bins, which
 * then count as ties. A curve says so ({@link #isExact}), and {@link RankingMetrics} reports how
 * far off the areas can be. Which scores are joined depends on the set of scores alone, never on
 * the order in which curves were merged. Scores on different sides of a cut-off given to the
 * builder are never joined, so the confusion matrix there stays exact.
 *
 * <p>Of weighted rows the squares of the weights are summed too, which say how much a sum of them
 * varies from sample to sample.
 *
 * <p>Immutable. An exact curve takes 24 bytes for each distinct score, and 40 if rows are weighted.
 */
public final class ScoreCurve implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The default of {@code maxBins}: 50 MiB. */
  public static final int DEFAULT_MAX_BINS = 1 << 21;

  private final int maxBins;
  private final double[] cutOffs;
  private final int level;
  private final int size;
  private final double[] scores;
  private final double[] positives;
  private final double[] negatives;
  private final double[] positiveSquares;
  private final double[] negativeSquares;
  private final boolean[] joined;

  /**
   * Takes over the arrays, of which the first {@code size} entries count.
   *
   * @param positiveSquares sums of squared weights, or {@code null} if all weights are 1
   * @param negativeSquares likewise
   * @param joined which bins hold several scores, or {@code null} for none
   */
  ScoreCurve(
      int maxBins,
      double[] cutOffs,
      int level,
      int size,
      double[] scores,
      double[] positives,
      double[] negatives,
      double[] positiveSquares,
      double[] negativeSquares,
      boolean[] joined) {
    this.maxBins = maxBins;
    this.cutOffs = cutOffs;
    this.level = level;
    this.size = size;
    this.scores = trim(scores, size);
    this.positives = trim(positives, size);
    this.negatives = trim(negatives, size);
    this.positiveSquares = trim(positiveSquares, size);
    this.negativeSquares = trim(negativeSquares, size);
    this.joined = joined == null || joined.length == size ? joined : Arrays.copyOf(joined, size);
  }

  private static double[] trim(double[] values, int size) {
    return values == null || values.length == size ? values : Arrays.copyOf(values, size);
  }

  /** Returns how large a curve of so many bins may be. */
  static long mostBytes(int bins, boolean weighted) {
    return bins * (weighted ? 41L : 25L); // numbers as above, and which bins are joined
  }

  /** Returns the number of bins: of distinct scores, as long as the curve is exact. */
  public int size() {
    return size;
  }

  /** Returns the highest score in bin {@code i}; bin 0 has the highest of all. */
  public double score(int i) {
    return scores[i];
  }

  /** Returns the weight of the positive rows in bin {@code i}. */
  public double positive(int i) {
    return positives[i];
  }

  /** Returns the weight of the negative rows in bin {@code i}. */
  public double negative(int i) {
    return negatives[i];
  }

  /** Returns Σ w² of the positive rows in bin {@code i}. */
  double positiveSquare(int i) {
    return positiveSquares == null ? positives[i] : positiveSquares[i];
  }

  /** Returns Σ w² of the negative rows in bin {@code i}. */
  double negativeSquare(int i) {
    return negativeSquares == null ? negatives[i] : negativeSquares[i];
  }

  /** Returns whether some row's weight is neither 0 nor 1. */
  boolean isWeighted() {
    return positiveSquares != null;
  }

  /** Returns whether bin {@code i} holds more than one distinct score. */
  public boolean isJoined(int i) {
    return joined != null && joined[i];
  }

  /** Returns whether every bin holds one distinct score. */
  public boolean isExact() {
    return level == 0;
  }

  /** Returns the weight of all positive rows. */
  public double positiveWeight() {
    return sum(positives);
  }

  /** Returns the weight of all negative rows. */
  public double negativeWeight() {
    return sum(negatives);
  }

  /** From the highest score on, so that sums over the curve end at exactly this total. */
  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Returns the confusion matrix of predicting 1 where score &gt; {@code threshold}, strictly.
   * Exact on an exact curve, and on any curve at the cut-offs given to its builder; elsewhere a bin
   * whose highest score is above the threshold is predicted 1 as a whole.
   */
  public ConfusionMatrix confusionAt(double threshold) {
    double truePositive = 0;
    double falsePositive = 0;
    int i = 0;
    for (; i < size && scores[i] > threshold; i++) {
      truePositive += positives[i];
      falsePositive += negatives[i];
    }
    double falseNegative = 0;
    double trueNegative = 0;
    for (; i < size; i++) {
      falseNegative += positives[i];
      trueNegative += negatives[i];
    }
    return new ConfusionMatrix(truePositive, falsePositive, trueNegative, falseNegative);
  }

  /**
   * Returns the curve of this one's rows and the other's together.
   *
   * @param other a curve with the same {@code maxBins} and cut-offs
   */
  public ScoreCurve merge(ScoreCurve other) {
    if (maxBins != other.maxBins || !Arrays.equals(cutOffs, other.cutOffs)) {
      throw new IllegalArgumentException(
          "curves can be merged only if their maxBins and cut-offs are the same");
    }
    if (size == 0 || other.size == 0) {
      return size == 0 ? other : this;
    }
    return CurveMerger.merge(this, other);
  }

  int maxBins() {
    return maxBins;
  }

  int level() {
    return level;
  }

  double[] cutOffs() {
    return cutOffs;
  }
}
