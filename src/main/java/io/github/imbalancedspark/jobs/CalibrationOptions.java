package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.calibration.ProbabilityCalibrator;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** Probabilities that validation rows teach. */
final class CalibrationOptions {

  @Option(
      names = "--calibrate",
      paramLabel = "METHOD",
      order = 57,
      description =
          "Learn probabilities from validation rows, by platt (a logistic curve) or isotonic (any"
              + " rising one); score writes them as calibrated_probability (default: no).")
  private String method;

  private ProbabilityCalibrator calibrator;

  /**
   * Reads the option.
   *
   * @param chooses whether the validation rows choose something else
   * @throws IllegalArgumentException if there is no such method, or they do
   */
  void configure(boolean chooses) {
    if (method == null) {
      return;
    }
    if (chooses) {
      throw new IllegalArgumentException(
          "--calibrate: the validation rows cannot choose the threshold or the epoch too; leave it or"
              + " that choice out");
    }
    calibrator = new ProbabilityCalibrator().setOutputCol(ModelFolder.CALIBRATED_PROBABILITY);
    StageParams.set(calibrator, "method", method, "--calibrate");
  }

  /** Returns whether there is anything to learn. */
  boolean isAsked() {
    return calibrator != null;
  }

  String method() {
    return method;
  }

  /** Returns {@code fitted} with a last stage that learnt from {@code validation}. */
  PipelineModel calibrated(PipelineModel fitted, Dataset<Row> validation, Training training) {
    ImbalancedLogisticRegressionModel classifier = ModelFolder.classifier(fitted);
    // Rows that are skipped for want of a value teach nothing, and do not count.
    Dataset<Row> scored = fitted.transform(validation);
    PopulationWeight weight = PopulationWeight.of(scored, training, classifier);
    calibrator
        .setLabelCol(training.labelCol())
        .setWeightCol(weight.name())
        .setRawPredictionCol(classifier.getRawPredictionCol());
    return Pipelines.joined(validation, fitted, calibrator.fit(weight.on(scored)));
  }
}
