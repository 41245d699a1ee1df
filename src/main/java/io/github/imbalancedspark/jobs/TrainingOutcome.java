package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.classification.TrainingSummary;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.tuning.TunedModel;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;

/**
 * What a training came to.
 *
 * @param training what was fitted
 * @param used the rows that were not skipped
 * @param featureNames what the model's coefficients belong to, one each, or empty if unknown
 * @param tuned the fitted pipeline, and how its threshold was chosen, {@code null} if it was given
 * @param refitted whether the model was fitted again to training and validation rows
 * @param validation the rows that chose the threshold or the epoch, or taught the calibrator, or
 *     {@code null} if there are none
 * @param tested what the test rows say
 * @param calibration what they say of calibrated probabilities, or {@code null} if there are none
 * @param seconds wall-clock time of fitting the pipeline
 */
record TrainingOutcome(
    Training training,
    ClassCounts used,
    List<String> featureNames,
    TunedModel<PipelineModel> tuned,
    boolean refitted,
    ClassCounts validation,
    Evaluated tested,
    CalibrationReport calibration,
    double seconds) {

  PipelineModel fitted() {
    return tuned.model();
  }

  /** Returns how the threshold was chosen, or {@code null} if it was given. */
  ThresholdChoice choice() {
    return tuned.choice();
  }

  /** Returns the rows of either class that the metrics are of. */
  ClassCounts test() {
    ScoreTally tally = tested.metrics().tally();
    return new ClassCounts(tally.rows() - tally.positives(), tally.positives());
  }

  ImbalancedLogisticRegressionModel classifier() {
    return ModelFolder.classifier(fitted());
  }

  TrainingSummary summary() {
    return classifier().summary();
  }

  Optional<ClassWeighterModel> weighter() {
    return Arrays.stream(fitted().stages())
        .filter(ClassWeighterModel.class::isInstance)
        .map(ClassWeighterModel.class::cast)
        .findFirst();
  }
}
