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
      return without("positive", tally.positives());
    }
    if ((this == NEGATIVES || this == BOTH_CLASSES) && confusion.negatives() == 0) {
      return without("negative", tally.rows() - tally.positives());
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

  private static String without(String className, long rows) {
    return String.format(
        rows == 0 ? "does not exist without %s rows" : "does not exist where all %s rows weigh 0",
        className);
  }
}
