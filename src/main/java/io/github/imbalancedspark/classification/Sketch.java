package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.linalg.Sampling;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * How much of each class goes into the driver's sketch of the data: the rare positives as a whole,
 * up to a cap, and as many negatives as stay cheap to fit. The sketch's optimum is where the fit
 * over all rows starts.
 *
 * @param negativeRate share of the rows with label &lt; ½
 * @param positiveRate share of the others
 */
record Sketch(double negativeRate, double positiveRate) implements Serializable {

  private static final int SALT = 1;
  private static final double MOST_ROWS_A_CLASS = 30_000;
  private static final double MOST_VALUES_A_CLASS = 1 << 21;

  /**
   * Rows that a feature needs. Fits to fewer start no better than without coefficients, tried with
   * 500 to 1,500 correlated features.
   */
  private static final double FEWEST_ROWS_A_FEATURE = 8;

  /** Returns whether a sketch would have rows enough to tell something of every feature, or all. */
  static boolean helps(BlockSummary summary) {
    double wanted = Math.min(FEWEST_ROWS_A_FEATURE * summary.features(), (double) summary.rows());
    return Rows.ofNegatives(summary).drawn() + Rows.ofPositives(summary).drawn() >= wanted;
  }

  static Sketch of(BlockSummary summary) {
    return new Sketch(Rows.ofNegatives(summary).rate(), Rows.ofPositives(summary).rate());
  }

  /** Returns those of the rows of {@code blocks} that go into the sketch. */
  List<Block> sample(Iterator<Block> blocks) {
    return Sampling.stratified(blocks, negativeRate, positiveRate, SALT);
  }

  /**
   * Returns about how far, relative, the objective at the sketch's optimum is above that of all
   * rows: n rows drawn from a class let d coefficients stray by a share of d/n, less the share of
   * the class that they are.
   */
  static double error(BlockSummary summary) {
    return summary.features()
        * (Rows.ofNegatives(summary).error() + Rows.ofPositives(summary).error());
  }

  /**
   * The rows of a class.
   *
   * @param count how many there are
   * @param most how many go into the sketch at most
   */
  private record Rows(double count, double most) {

    static Rows ofNegatives(BlockSummary summary) {
      double count = (double) summary.rows() - summary.positiveRows();
      return new Rows(count, most(summary.storedValuesPerNegativeRow()));
    }

    static Rows ofPositives(BlockSummary summary) {
      return new Rows(summary.positiveRows(), most(summary.storedValuesPerPositiveRow()));
    }

    private static double most(double valuesPerRow) {
      return Math.min(MOST_ROWS_A_CLASS, MOST_VALUES_A_CLASS / Math.max(1, valuesPerRow));
    }

    double drawn() {
      return Math.min(most, count);
    }

    double rate() {
      return most / count;
    }

    double error() {
      return count == 0 ? 0 : 1 / drawn() - 1 / count;
    }
  }
}
