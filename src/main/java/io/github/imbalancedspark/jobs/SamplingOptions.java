package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.sampling.Sampler;
import io.github.imbalancedspark.sampling.Smote;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import picocli.CommandLine.Option;

/** How rows are resampled. */
final class SamplingOptions {

  @SetsParameters({"samplingStrategy", "variant"})
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

  @SetsParameters("k")
  @Option(
      names = "--neighbors",
      paramLabel = "COUNT",
      order = 55,
      description =
          "Among so many nearest rows of its class a synthetic row's neighbour is chosen (default:"
              + " 5); the class needs more rows than that.")
  private Integer neighbors;

  @Option(
      names = "--max-broadcast-minority",
      paramLabel = "COUNT",
      order = 55,
      description =
          "Most rows of a class that are held in memory, to find the nearest exactly (default:"
              + " 100000).")
  private Integer maxBroadcastMinority;

  /**
   * Returns the steps, in order.
   *
   * @throws IllegalArgumentException if one cannot be read, or another option is out of its range
   */
  List<SamplingStep> steps() {
    configure(new Smote());
    return sampling.stream().map(SamplingStep::parse).toList();
  }

  private Smote configure(Smote smote) {
    StageParams.set(smote, "k", neighbors, "--neighbors");
    StageParams.set(
        smote, "maxBroadcastMinority", maxBroadcastMinority, "--max-broadcast-minority");
    return smote;
  }

  /** Returns the stage that does a step, which marks no synthetic rows. */
  Sampler<?> sampler(SamplingStep step, String labelCol, String featuresCol, long seed) {
    Sampler<?> sampler =
        step.isSynthetic()
            ? configure(new Smote())
                .setVariant(step.kind().text())
                .setSamplingStrategy(step.ratio())
                .setFeaturesCol(featuresCol)
                .setSyntheticCol("")
            : new StratifiedResampler()
                .setMethod(step.kind().text())
                .setSamplingStrategy(step.ratio());
    return sampler.setLabelCol(labelCol).setSeed(seed);
  }

  /**
   * Returns the steps as stages, which stand in a pipeline between the features and the learner:
   * they resample the rows that it is fitted on and no others.
   */
  List<PipelineStage> stages(
      List<SamplingStep> steps, String labelCol, String featuresCol, long seed) {
    List<PipelineStage> stages = new ArrayList<>();
    for (SamplingStep step : steps) {
      Sampler<?> sampler = sampler(step, labelCol, featuresCol, seed);
      Terms.call(sampler.uid(), "--sampling " + step);
      stages.add(sampler);
    }
    return stages;
  }
}
