package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ScoreTallyBuilder;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A linear model that scores blocks of rows by their probabilities.
 *
 * @param coefficients β
 * @param intercept β₀
 * @param threshold at which the confusion matrix is wanted
 */
record Scoring(double[] coefficients, double intercept, double threshold) implements Serializable {

  /** Returns the tallies of a partition's rows, one for each scoring. */
  static ScoreTally[] tally(Iterator<Block> blocks, Scoring[] scorings) {
    ScoreTallyBuilder[] builders =
        Arrays.stream(scorings)
            .map(s -> new ScoreTallyBuilder(ScoreCurve.DEFAULT_MAX_BINS, s.threshold))
            .toArray(ScoreTallyBuilder[]::new);
    while (blocks.hasNext()) {
      Block block = blocks.next();
      for (int k = 0; k < scorings.length; k++) {
        scorings[k].add(block, builders[k]);
      }
    }
    return Arrays.stream(builders).map(ScoreTallyBuilder::build).toArray(ScoreTally[]::new);
  }

  /** Returns how large the tallies of so many scorings may be. */
  static long mostBytes(int scorings, long rows) {
    int bins = (int) Math.min(rows, ScoreCurve.DEFAULT_MAX_BINS);
    return scorings * ScoreTally.mostBytes(bins, true, false);
  }

  private void add(Block block, ScoreTallyBuilder builder) {
    double[] margins = new double[block.rows()];
    block.margins(coefficients, intercept, null, margins);
    double[] weights = block.weights();
    for (int i = 0; i < margins.length; i++) {
      builder.add(
          Logistic.sigmoid(margins[i]), block.labels()[i] == 1, weights == null ? 1 : weights[i]);
    }
  }

  static ScoreTally[] merge(ScoreTally[] left, ScoreTally[] right) {
    ScoreTally[] merged = new ScoreTally[left.length];
    Arrays.setAll(merged, k -> left[k].merge(right[k]));
    return merged;
  }
}
