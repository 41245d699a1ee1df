package io.github.imbalancedspark.core.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.Arrays;
import java.util.Random;

/** Scored rows of a test. */
record ScoredRows(double[] scores, boolean[] labels, double[] weights) {

  /** Returns the rows of a case in {@code golden/metrics.json}. */
  static ScoredRows of(JsonNode golden) {
    double[] scores = Golden.doubles(golden.get("scores"));
    boolean[] labels = new boolean[scores.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = golden.get("labels").get(i).asInt() == 1;
    }
    double[] weights = Golden.doubles(golden.get("weights"));
    if (weights == null) {
      weights = new double[scores.length];
      Arrays.fill(weights, 1);
    }
    return new ScoredRows(scores, labels, weights);
  }

  /**
   * Returns random rows, about a fifth of them positive and scoring higher, one in three scores
   * rounded, so that there are ties, and small whole weights, so that sums are exact in any order.
   */
  static ScoredRows random(int rows, long seed) {
    Random random = new Random(seed);
    double[] scores = new double[rows];
    boolean[] labels = new boolean[rows];
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(5) == 0;
      scores[i] = 1 / (1 + Math.exp(2 - 2 * random.nextGaussian() - (labels[i] ? 2 : 0)));
      scores[i] = i % 3 == 0 ? Math.round(scores[i] * 1000) / 1000.0 : scores[i];
      weights[i] = random.nextInt(4);
    }
    return new ScoredRows(scores, labels, weights);
  }

  /** Returns the same rows with margins in the place of probabilities. */
  ScoredRows asMargins() {
    return new ScoredRows(
        Arrays.stream(scores).map(p -> Math.log(p / (1 - p))).toArray(), labels, weights);
  }

  int rows() {
    return scores.length;
  }

  ScoreTally tally(int maxBins, double... cutOffs) {
    return tally(0, 1, maxBins, cutOffs);
  }

  /** Returns the tally of the rows i with i mod parts = part. */
  ScoreTally tally(int part, int parts, int maxBins, double... cutOffs) {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(maxBins, cutOffs);
    for (int i = part; i < rows(); i += parts) {
      builder.add(scores[i], labels[i], weights[i]);
    }
    return builder.build();
  }

  /**
   * Returns the tally of two halves with each row's costs, {@code fn_costs} or {@code fp_costs}.
   */
  ScoreTally tallyWithCosts(JsonNode costs, int maxBins) {
    ScoreTallyBuilder first = new ScoreTallyBuilder(maxBins);
    ScoreTallyBuilder second = new ScoreTallyBuilder(maxBins);
    for (int i = 0; i < rows(); i++) {
      double cost = costs.get(labels[i] ? "fn_costs" : "fp_costs").get(i).asDouble();
      (i % 3 == 0 ? first : second).add(scores[i], labels[i], weights[i], cost);
    }
    return first.build().merge(new ScoreTallyBuilder(maxBins).build()).merge(second.build());
  }
}
