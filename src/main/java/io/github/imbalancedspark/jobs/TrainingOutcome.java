package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.classification.TrainingSummary;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;

/**
 * What a training came to.
 *
 * @param training what was fitted
 * @param thresholdFor what the threshold was chosen for, or {@code null} if it was given
 * @param featureNames what the model's coefficients belong to, one each, or empty if unknown
 * @param fitted the fitted pipeline
 * @param metrics those of the test rows
 * @param calibration what the test rows say of calibrated probabilities, or {@code null} if there
 *     are none
 * @param seconds wall-clock time of fitting the pipeline
 */
record TrainingOutcome(
    Training training,
    String thresholdFor,
    List<String> featureNames,
    PipelineModel fitted,
    BinaryMetrics metrics,
    CalibrationReport calibration,
    double seconds) {

  ImbalancedLogisticRegressionModel classifier() {
    return ModelFolder.classifier(fitted);
  }

  TrainingSummary summary() {
    return classifier().summary();
  }

  Optional<ClassWeighterModel> weighter() {
    return Arrays.stream(fitted.stages())
        .filter(ClassWeighterModel.class::isInstance)
        .map(ClassWeighterModel.class::cast)
        .findFirst();
  }
}
