package io.github.imbalancedspark.core.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Intervals of metrics by the Poisson bootstrap (Chamandy, Muralidharan, Najmi and Naidu,
 * Estimating Uncertainty for Massive Data Streams, Google, 2012), which draws for each row how
 * often a replicate has it, Poisson(1) times, instead of drawing rows. For metrics that average
 * over rows the two agree up to O(1/n).
 *
 * <p>Rows with the same score and label are exchangeable to every metric, and m rows that count
 * Poisson(1) times each count Poisson(m) times together. So no row is read again: replicates are
 * drawn from the tally that the one pass over the rows has left, whatever the number of rows, and
 * depend on the rows and the seed only. What the tally has gathered into few cells moves the
 * metrics a little, by as much in the replicates as in the estimate; an interval is shifted by
 * that.
 *
 * <p>The interval is that between the quantiles 0.025 and 0.975 of the replicates (Efron). It tells
 * of the rows that were drawn into the evaluation, not of the training; and rows that depend on one
 * another, such as those of one customer, vary more than it says.
 */
public final class PoissonBootstrap {

  /** The default number of replicates. */
  public static final int REPLICATES = 400;

  private static final double TAIL = 0.025;

  private final BinaryMetrics metrics;
  private final ScoreCells cells;

  /** Starts from the metrics of the rows. */
  public PoissonBootstrap(BinaryMetrics metrics) {
    this.metrics = metrics;
    this.cells = new ScoreCells(metrics);
  }

  /**
   * Returns the interval of each metric, without those that do not exist in these rows or in half
   * of the replicates, and without those of each row's own costs. Where the squares of a class's
   * weights are out of a double's range there are none.
   *
   * @param names the metrics' names
   * @param replicates how many replicates to draw, at least 40
   * @param seed seed of the draws
   */
  public Map<String, Interval> intervals(List<String> names, int replicates, long seed) {
    if (replicates < 1 / TAIL) {
      throw new IllegalArgumentException(
          "replicates: must be at least 40 for a tail of 2.5%, but is " + replicates);
    }
    if (!cells.tellHowMuchRowsVary()) {
      return Map.of();
    }
    List<Metric> wanted = names.stream().map(Metric::of).toList();
    double[][] values = new double[wanted.size()][replicates];
    SplittableRandom random = new SplittableRandom(seed);
    for (int r = 0; r < replicates; r++) {
      BinaryMetrics replicate = cells.replicate(new PoissonDraw(random.split()));
      for (int m = 0; m < values.length; m++) {
        boolean empty = replicate.confusion().total() == 0; // of few rows some draw none
        values[m][r] = empty ? Double.NaN : valueOrNan(wanted.get(m), replicate);
      }
    }
    BinaryMetrics inCells = cells.asTheyAre();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (int m = 0; m < values.length; m++) {
      double estimate = valueOrNan(wanted.get(m), metrics);
      double[] sorted = sortedNumbers(values[m]);
      if (!Double.isNaN(estimate) && 2 * sorted.length > replicates) {
        double shift = estimate - valueOrNan(wanted.get(m), inCells);
        intervals.put(
            wanted.get(m).name(),
            new Interval(
                shifted(quantile(sorted, TAIL), shift, estimate),
                shifted(quantile(sorted, 1 - TAIL), shift, estimate)));
      }
    }
    return intervals;
  }

  private static double valueOrNan(Metric metric, BinaryMetrics of) {
    Double value = of.value(metric).value();
    return value == null ? Double.NaN : value;
  }

  private static double[] sortedNumbers(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /** Returns the quantile, linear between order statistics as NumPy has it. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Shifts an end, but never out of [0, 1] if it lies there and the estimate does. */
  private static double shifted(double end, double shift, double estimate) {
    double least = Math.min(0, Math.min(end, estimate));
    double most = Math.max(1, Math.max(end, estimate));
    return Math.min(Math.max(end + shift, least), most);
  }
}
