package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import picocli.CommandLine.Option;

/** What the threshold is chosen for, on validation rows. */
final class ChoiceOptions {

  @SetsParameters("criterion")
  @Option(
      names = "--threshold-for",
      paramLabel = "CRITERION",
      order = 54,
      description =
          "Choose the threshold on validation rows: the best for f1, f0.5, mcc, geometric_mean,"
              + " expected_cost@fp=1,fn=50, recall@precision>=0.85, precision@recall>=0.5,"
              + " recall@fpr<=0.01 and the like (default: --threshold).")
  private String criterion;

  @Option(
      names = "--refit",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      order = 57,
      description =
          "Fit what was chosen again, on all rows it may know (default: false); metrics stay those"
              + " of rows that it did not.")
  private boolean refit;

  /** Returns the criterion, or {@code null} if none is asked for. */
  String criterion() {
    return criterion;
  }

  boolean refit() {
    return refit;
  }

  /** Returns what is wrong with the options, or {@code null}. */
  String problem() {
    if (criterion == null) {
      return null;
    }
    try {
      return ThresholdCriterion.of(criterion).needsCosts()
          ? "--threshold-for: give the costs, as in expected_cost@fp=1,fn=50"
          : null;
    } catch (IllegalArgumentException e) {
      return "--threshold-for: " + e.getMessage();
    }
  }
}
