package io.github.imbalancedspark.benchmark;

import java.util.Map;

/**
 * How good the results of two competitors are.
 *
 * @param objectiveOurs the neutral objective of our result, or {@code null} if the case has none
 * @param objectivePeer that of Spark's
 * @param passes passes over the rows that ours took, or {@code null}
 * @param parts where the time of ours goes, or {@code null} if the case is no fit
 * @param more what else there is to say, by name
 */
record Outcome(
    Double objectiveOurs,
    Double objectivePeer,
    Integer passes,
    FitParts parts,
    Map<String, Object> more) {

  /** An outcome with no objective to compare. */
  static Outcome of(Map<String, Object> more) {
    return new Outcome(null, null, null, null, more);
  }

  /** Returns how far ours is above Spark's, relative. */
  double difference() {
    return (objectiveOurs - objectivePeer) / objectivePeer;
  }
}
