package io.github.imbalancedspark.core.metrics;

/** What a metric needs of the rows to exist. */
enum Need {
  NOTHING,
  POSITIVES,
  NEGATIVES,
  BOTH_CLASSES,
  PROBABILITIES,
  COSTS;

  /** Returns what is missing, or {@code null} if nothing is. */
  String missingIn(BinaryMetrics metrics) {
    ConfusionMatrix confusion = metrics.confusion();
    ScoreTally tally = metrics.tally();
    if ((this == POSITIVES || this == BOTH_CLASSES) && confusion.positives() == 0) {
      return "does not exist without positive rows";
    }
    if ((this == NEGATIVES || this == BOTH_CLASSES) && confusion.negatives() == 0) {
      return "does not exist without negative rows";
    }
    if (this == PROBABILITIES && !tally.hasProbabilities()) {
      return String.format(
          "needs probabilities, but the scores range from %s to %s: they are margins",
          tally.lowest(), tally.highest());
    }
    if (this == COSTS && tally.costs() == null) {
      return "needs the costs of each row";
    }
    return null;
  }
}
