package io.github.imbalancedspark.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import picocli.CommandLine.Option;

/** How the training rows are resampled. */
final class SamplingOptions {

  @Option(
      names = "--sampling",
      paramLabel = "STEP:RATIO",
      split = ",",
      hideParamSyntax = true,
      order = 55,
      description =
          "Comma-separated and done in order: under, over, smote, borderline1 or adasyn, each with"
              + " the ratio of the smaller to the larger class after it, as in under:0.1,smote:0.5.")
  private final List<String> sampling = new ArrayList<>();

  /**
   * Returns the steps, in order.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  List<SamplingStep> steps() {
    return sampling.stream().map(SamplingStep::parse).toList();
  }

  /**
   * Returns the steps as stages, which stand in a pipeline between the features and the learner:
   * they resample the rows that it is fitted on and no others.
   */
  static List<PipelineStage> stages(
      List<SamplingStep> steps, String labelCol, String featuresCol, long seed) {
    List<PipelineStage> stages = new ArrayList<>();
    steps.forEach(step -> stages.add(step.sampler(labelCol, featuresCol, seed)));
    return stages;
  }
}
