package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import java.util.List;

/**
 * How much of each class goes into the driver's sketch of the data: the rare positives as a whole,
 * up to a cap, and as many negatives as stay cheap to fit. The sketch's optimum is where the fit
 * over all rows starts.
 *
 * @param negativeRate share of the rows with label &lt; ½
 * @param positiveRate share of the others
 */
record Sketch(double negativeRate, double positiveRate) {

  private static final long MOST_ROWS_A_CLASS = 30_000;
  private static final long MOST_VALUES_A_CLASS = 1 << 22;
  private static final long FEWEST_ROWS_A_FEATURE = 10;

  /** A sketch of more than this share of the rows would cost as much as it saves. */
  private static final double LARGEST_SHARE = 0.25;

  static Sketch of(BlockSummary summary) {
    long features = Math.max(1, summary.features());
    long rows =
        summary.hasSparseRows()
            ? MOST_ROWS_A_CLASS
            : Math.min(
                MOST_ROWS_A_CLASS,
                Math.max(MOST_VALUES_A_CLASS / features, FEWEST_ROWS_A_FEATURE * features));
    double negatives = summary.rows() - summary.positiveRows();
    double positives = summary.positiveRows();
    double taken = Math.min(negatives, (double) rows) + Math.min(positives, (double) rows);
    return taken > LARGEST_SHARE * summary.rows()
        ? new Sketch(0, 0)
        : new Sketch(rows / negatives, rows / positives);
  }

  /** Returns the sketch's rows; none where a sketch does not pay. */
  List<Block> draw(TrainingBlocks blocks) {
    return negativeRate > 0 ? blocks.sketch(negativeRate, positiveRate) : List.of();
  }
}
