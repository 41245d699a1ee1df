package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Option;

/** Training by epochs, and the rows that choose among them. */
final class EpochOptions {

  @Option(
      names = "--max-epochs",
      paramLabel = "COUNT",
      order = 54,
      description =
          "Train by epochs, one step of the solver each, at most so many (default: until"
              + " converged).")
  private Integer maxEpochs;

  @Option(
      names = "--pos-weight-schedule",
      paramLabel = "NAME",
      order = 55,
      description =
          "constant (default), linearDecay or plateau: how --pos-weight changes from epoch to epoch.")
  private String schedule;

  @Option(
      names = "--validation-metric",
      paramLabel = "METRIC",
      order = 56,
      description =
          "Keep the epoch that is best in it on the validation rows (average_precision with"
              + " plateau or --patience; default: the last epoch).")
  private String metric;

  @Option(
      names = "--patience",
      paramLabel = "COUNT",
      order = 57,
      description =
          "Epochs without a new best after which plateau grows and training ends (default: 5).")
  private Integer patience;

  @Option(
      names = "--growth",
      paramLabel = "NUMBER",
      order = 58,
      description = "Factor of pos_weight at each step of plateau (default: 1.5).")
  private Double growth;

  @Option(
      names = "--max-pos-weight",
      paramLabel = "NUMBER",
      order = 59,
      description = "Largest pos_weight of plateau (default: negatives / positives).")
  private Double maxPosWeight;

  /**
   * Sets the options' parameters.
   *
   * @param choosesThreshold whether the validation rows choose the threshold
   * @param samples whether the training rows are resampled
   * @throws IllegalArgumentException if one is out of its range, or contradicts another
   */
  void configure(ImbalancedLogisticRegression learner, boolean choosesThreshold, boolean samples) {
    require(
        !validates() || !choosesThreshold,
        "--threshold-for: the validation rows cannot choose both the epoch and the threshold; leave"
            + " it or the choice of an epoch out");
    require(
        !validates() || !samples,
        "--sampling: would resample the rows that choose the epoch too; leave it or that choice out");
    StageParams.set(learner, "maxEpochs", maxEpochs, "--max-epochs");
    StageParams.set(learner, "posWeightSchedule", schedule, "--pos-weight-schedule");
    StageParams.set(learner, "validationMetric", metric, "--validation-metric");
    StageParams.set(learner, "patience", patience, "--patience");
    StageParams.set(learner, "growth", growth, "--growth");
    StageParams.set(learner, "maxPosWeight", maxPosWeight, "--max-pos-weight");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns whether some of the rows choose the best epoch. */
  boolean validates() {
    return maxEpochs != null && (metric != null || patience != null || "plateau".equals(schedule));
  }

  /** Returns the first two parts, the second marked as validation rows in a new column. */
  static Dataset<Row> mark(List<Dataset<Row>> parts, String indicatorCol) {
    return parts
        .get(0)
        .withColumn(indicatorCol, functions.lit(false))
        .unionByName(parts.get(1).withColumn(indicatorCol, functions.lit(true)));
  }
}
