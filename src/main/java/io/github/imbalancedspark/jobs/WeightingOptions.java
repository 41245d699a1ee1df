package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Parameters of the class weights; an option that is left out keeps the stage's default. */
final class WeightingOptions {

  @Option(
      names = "--beta",
      paramLabel = "NUMBER|auto",
      order = 61,
      description = "Of effectiveNumber (default: 0.999); auto is (rows - 1) / rows.")
  private String beta;

  @Option(
      names = "--epsilon",
      paramLabel = "NUMBER",
      order = 62,
      description = "Of smoothedInverseFrequency (default: 0.001).")
  private Double epsilon;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      order = 63,
      description =
          "none, sumToOne, sumToClasses or meanOne (default: none for inverseFrequency and custom,"
              + " else sumToOne).")
  private String normalization;

  @Option(
      names = "--custom-weights",
      paramLabel = "CLASS=WEIGHT",
      split = ",",
      hideParamSyntax = true,
      order = 64,
      description = "The weights of the strategy custom, comma-separated.")
  private final Map<String, Double> customWeights = new LinkedHashMap<>();

  Map<String, Double> customWeights() {
    return customWeights;
  }

  /**
   * Returns a stage with these parameters but the custom weights, which need the classes.
   *
   * @param strategyOption the option that gave {@code strategy}
   * @throws IllegalArgumentException if one is out of its range
   */
  ClassWeighter weighter(String strategy, String strategyOption) {
    if ("custom".equals(strategy) && customWeights.isEmpty()) {
      throw new IllegalArgumentException(
          "--custom-weights: the strategy custom needs them, as CLASS=WEIGHT,CLASS=WEIGHT");
    }
    ClassWeighter weighter = new ClassWeighter();
    StageParams.set(weighter, "strategy", strategy, strategyOption);
    StageParams.set(weighter, "beta", beta, "--beta");
    StageParams.set(weighter, "epsilon", epsilon, "--epsilon");
    StageParams.set(weighter, "normalization", normalization, "--normalization");
    return weighter;
  }
}
