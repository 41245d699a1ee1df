package io.github.imbalancedspark.core.metrics;

import java.util.Arrays;

/**
 * A score curve in few enough pieces to be drawn from hundreds of times: neighbouring bins are put
 * together as long as a cell holds no more than a thousandth of the weight above it, nor of all
 * positives, and lies on one side of the threshold and in one calibration bin. So n rows make
 * O(1000 ln n) cells, single scores at the top, where a few rows decide about precision.
 */
final class ScoreCells {

  private static final double SHARE = 1e-3;
  private static final int FIRST_CELLS = 1 << 10;

  private final BinaryMetrics metrics;
  private final boolean probabilities;
  private int size;
  private double[] scores = new double[FIRST_CELLS];
  private final ClassSums positives = new ClassSums();
  private final ClassSums negatives = new ClassSums();

  /** What one class's rows in each cell come to. */
  private static final class ClassSums {
    double[] weights = new double[FIRST_CELLS];
    double[] squares = new double[FIRST_CELLS];
    double[] scores = new double[FIRST_CELLS];
    double[] squaredErrors = new double[FIRST_CELLS];
    double[] logLosses = new double[FIRST_CELLS];

    void grow(int length) {
      weights = Arrays.copyOf(weights, length);
      squares = Arrays.copyOf(squares, length);
      scores = Arrays.copyOf(scores, length);
      squaredErrors = Arrays.copyOf(squaredErrors, length);
      logLosses = Arrays.copyOf(logLosses, length);
    }

    boolean tellHowMuchRowsVary() {
      double sum = Arrays.stream(squares).sum();
      boolean inRange = sum >= Double.MIN_NORMAL && sum < Double.POSITIVE_INFINITY;
      return inRange || Arrays.stream(weights).allMatch(weight -> weight == 0);
    }

    void add(int cell, double score, boolean positive, double weight, double square) {
      if (weight > 0) {
        weights[cell] += weight;
        squares[cell] += square;
        scores[cell] += weight * score;
        squaredErrors[cell] += weight * ScoreTallyBuilder.squaredError(score, positive);
        logLosses[cell] += weight * ScoreTallyBuilder.logLoss(score, positive);
      }
    }
  }

  ScoreCells(BinaryMetrics metrics) {
    this.metrics = metrics;
    this.probabilities = metrics.tally().hasProbabilities();
    ScoreCurve curve = metrics.tally().curve();
    double mostPositives = SHARE * curve.positiveWeight();
    double above = 0;
    for (int i = 0; i < curve.size(); i++) {
      double positive = curve.positive(i);
      double negative = curve.negative(i);
      if (i == 0
          || inCell() + positive + negative > SHARE * above
          || positives.weights[size - 1] + positive > mostPositives
          || isParted(curve.score(i - 1), curve.score(i))) {
        above += size == 0 ? 0 : inCell();
        begin(curve.score(i));
      }
      positives.add(size - 1, curve.score(i), true, positive, curve.positiveSquare(i));
      negatives.add(size - 1, curve.score(i), false, negative, curve.negativeSquare(i));
    }
  }

  private double inCell() {
    return positives.weights[size - 1] + negatives.weights[size - 1];
  }

  private boolean isParted(double high, double low) {
    return (high > metrics.threshold() && low <= metrics.threshold())
        || (probabilities && CalibrationBins.binOf(high) != CalibrationBins.binOf(low));
  }

  private void begin(double score) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      positives.grow(2 * size);
      negatives.grow(2 * size);
    }
    scores[size++] = score;
  }

  int size() {
    return size;
  }

  /**
   * Returns whether the squares of each class's weights are within a double's range. Single weights
   * may be too small, beside others that are not.
   */
  boolean tellHowMuchRowsVary() {
    return positives.tellHowMuchRowsVary() && negatives.tellHowMuchRowsVary();
  }

  /** Returns the metrics of the cells as they are. */
  BinaryMetrics asTheyAre() {
    return with(Arrays.copyOf(positives.weights, size), Arrays.copyOf(negatives.weights, size));
  }

  /** Returns the metrics of a replicate. */
  BinaryMetrics replicate(PoissonDraw draw) {
    double[] p = new double[size];
    double[] n = new double[size];
    for (int c = 0; c < size; c++) {
      p[c] = draw.of(positives.weights[c], positives.squares[c]);
      n[c] = draw.of(negatives.weights[c], negatives.squares[c]);
    }
    return with(p, n);
  }

  /** Returns the metrics when each cell's classes have these weights. */
  private BinaryMetrics with(double[] p, double[] n) {
    double squaredError = 0;
    double logLoss = 0;
    CalibrationBins calibration = new CalibrationBins();
    for (int c = 0; c < size; c++) {
      if (p[c] > 0) {
        double share = p[c] / positives.weights[c];
        squaredError += share * positives.squaredErrors[c];
        logLoss += share * positives.logLosses[c];
        addTo(calibration, positives, c, true, p[c]);
      }
      if (n[c] > 0) {
        double share = n[c] / negatives.weights[c];
        squaredError += share * negatives.squaredErrors[c];
        logLoss += share * negatives.logLosses[c];
        addTo(calibration, negatives, c, false, n[c]);
      }
    }
    ScoreTally tally = metrics.tally();
    ScoreCurve curve =
        new ScoreCurve(
            tally.curve().maxBins(),
            tally.curve().cutOffs(),
            0,
            size,
            scores,
            p,
            n,
            null,
            null,
            null);
    return BinaryMetrics.of(
        new ScoreTally(
            tally.rows(),
            tally.positives(),
            tally.lowest(),
            tally.highest(),
            squaredError,
            logLoss,
            calibration,
            curve,
            null),
        metrics.threshold());
  }

  private void addTo(
      CalibrationBins calibration, ClassSums sums, int cell, boolean positive, double weight) {
    if (probabilities) {
      calibration.add(sums.scores[cell] / sums.weights[cell], positive, weight);
    }
  }
}
