package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import java.io.Serializable;

/**
 * How much of each class goes into the driver's sketch of the data: the rare positives as a whole,
 * up to a cap, and as many negatives as stay cheap to fit. The sketch's optimum is where the fit
 * over all rows starts.
 *
 * @param negativeRate share of the rows with label &lt; ½
 * @param positiveRate share of the others
 */
record Sketch(double negativeRate, double positiveRate) implements Serializable {

  private static final double MOST_ROWS_A_CLASS = 30_000;
  private static final double MOST_VALUES_A_CLASS = 1 << 21;

  /** Returns whether a sketch would have rows enough to tell something of every feature. */
  static boolean helps(BlockSummary summary) {
    return summary.features() <= MOST_ROWS_A_CLASS;
  }

  static Sketch of(BlockSummary summary) {
    double rows =
        Math.min(
            MOST_ROWS_A_CLASS, MOST_VALUES_A_CLASS / Math.max(1, summary.storedValuesPerRow()));
    return new Sketch(
        rows / (summary.rows() - summary.positiveRows()), rows / summary.positiveRows());
  }
}
