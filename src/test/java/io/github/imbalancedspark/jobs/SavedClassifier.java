package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.PipelineModel;

/** The classifiers that {@code train} saves, and how far apart two of them are. */
final class SavedClassifier {

  private SavedClassifier() {}

  /** Returns the last stage of the pipeline that is saved in {@code model}. */
  static ImbalancedLogisticRegressionModel load(Path model) {
    PipelineModel pipeline = PipelineModel.load(model.toString());
    return (ImbalancedLogisticRegressionModel) pipeline.stages()[pipeline.stages().length - 1];
  }

  /**
   * Returns the largest difference of two coefficients, relative to the largest one of {@code b}.
   */
  static double difference(
      ImbalancedLogisticRegressionModel a, ImbalancedLogisticRegressionModel b) {
    double[] first = a.coefficients().toArray();
    double[] second = b.coefficients().toArray();
    double most = Math.abs(a.intercept() - b.intercept());
    for (int i = 0; i < first.length; i++) {
      most = Math.max(most, Math.abs(first[i] - second[i]));
    }
    return most / Arrays.stream(second).map(Math::abs).max().orElseThrow();
  }
}
