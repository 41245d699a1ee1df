package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.classification.TrainingSummary;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;

/**
 * What a training came to.
 *
 * @param label the label and its counts in the whole table
 * @param columns the features
 * @param weightCol the user's weight column, or {@code null}
 * @param sampling how the training rows were resampled
 * @param strategy the class weighting, or {@code null}
 * @param fitted the fitted pipeline, whose last stage is the classifier
 * @param metrics those of the held-out rows
 * @param seconds wall-clock time of fitting the pipeline
 */
record TrainingOutcome(
    BinaryLabel label,
    FeatureColumns columns,
    String weightCol,
    List<SamplingStep> sampling,
    String strategy,
    PipelineModel fitted,
    BinaryMetrics metrics,
    double seconds) {

  ImbalancedLogisticRegressionModel classifier() {
    Transformer[] stages = fitted.stages();
    return (ImbalancedLogisticRegressionModel) stages[stages.length - 1];
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
