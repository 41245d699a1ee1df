package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** Parameters of the learner; an option that is left out keeps the learner's default. */
final class LearnerOptions {

  private static final String AUTO = "auto";

  /** Whatever class weights there will be, which only the rows tell. */
  private static final double[] UNEQUAL = {2, 1};

  @SetsParameters("autoPosWeight")
  @Option(
      names = "--pos-weight",
      paramLabel = "NUMBER|auto",
      order = 40,
      description =
          "Factor of the positive class's loss, as pos_weight in PyTorch (default: 1); auto is"
              + " negatives / positives.")
  private String posWeight;

  @Option(
      names = "--class-weights",
      paramLabel = "NEGATIVE,POSITIVE",
      split = ",",
      hideParamSyntax = true,
      order = 41,
      description = "Factors of both classes' losses.")
  private double[] classWeights;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      order = 41,
      description = "bceWithLogits (default), focal or sigmoidFocal.")
  private String loss;

  @Option(
      names = "--focal-alpha",
      paramLabel = "NUMBER",
      order = 41,
      description = "alpha of the focal losses (default: 0.25).")
  private Double focalAlpha;

  @Option(
      names = "--focal-gamma",
      paramLabel = "NUMBER",
      order = 41,
      description = "gamma of the focal losses: how much easy rows are played down (default: 2).")
  private Double focalGamma;

  @Option(
      names = "--reg-param",
      paramLabel = "NUMBER",
      order = 42,
      description = "Strength of the penalty (default: 0).")
  private Double regParam;

  @Option(
      names = "--elastic-net-param",
      paramLabel = "NUMBER",
      order = 43,
      description = "Share of the L1 norm in the penalty (default: 0).")
  private Double elasticNetParam;

  @Option(
      names = "--standardization",
      paramLabel = "BOOLEAN",
      arity = "1",
      order = 44,
      description = "Penalise coefficients times standard deviations (default: true).")
  private Boolean standardization;

  @Option(
      names = "--fit-intercept",
      paramLabel = "BOOLEAN",
      arity = "1",
      order = 45,
      description = "Fit an intercept (default: true).")
  private Boolean fitIntercept;

  @Option(
      names = "--reduction",
      paramLabel = "NAME",
      order = 46,
      description = "weightedMean (default), mean or sum of the loss.")
  private String reduction;

  @Option(
      names = "--bias-correction",
      paramLabel = "NAME",
      order = 46,
      description = "none (default), kingZeng or firth: for few positives, without penalty.")
  private String biasCorrection;

  @Option(
      names = "--solver",
      paramLabel = "NAME",
      order = 46,
      description = "auto (default), newton, newtonCg, lbfgs or owlqn.")
  private String solver;

  @Option(
      names = "--max-iter",
      paramLabel = "COUNT",
      order = 47,
      description = "Largest number of iterations (default: 100).")
  private Integer maxIter;

  @Option(
      names = "--tol",
      paramLabel = "NUMBER",
      order = 48,
      description = "Stop this close to the smallest objective, relative (default: 1e-6).")
  private Double tol;

  @Option(
      names = "--threshold",
      paramLabel = "NUMBER",
      order = 49,
      description = "Predict positive above this probability (default: 0.5).")
  private Double threshold;

  @Option(
      names = "--population-rate",
      paramLabel = "SHARE",
      order = 52,
      description =
          "Share of positives in the population, if the table is a sample of it: corrected"
              + " probabilities are then the population's (default: the table's).")
  private Double populationRate;

  @Option(
      names = "--on-double-correction",
      paramLabel = "REACTION",
      order = 53,
      description =
          "warn (default), error or ignore when the same imbalance is corrected twice, as by"
              + " sampling and --pos-weight.")
  private String onDoubleCorrection;

  @Option(
      names = "--aggregation-depth",
      paramLabel = "COUNT",
      order = 50,
      description = "Least depth of the tree aggregation (default: 2).")
  private Integer aggregationDepth;

  @Option(
      names = "--max-block-size-in-mb",
      paramLabel = "NUMBER",
      order = 51,
      description = "Most memory of a block of rows (default: 0, automatic).")
  private Double maxBlockSizeInMB;

  /**
   * Returns the learner with these parameters.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  ImbalancedLogisticRegression learner() {
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression();
    if (AUTO.equalsIgnoreCase(posWeight)) {
      learner.setAutoPosWeight(true);
    } else if (posWeight != null) {
      StageParams.set(learner, "posWeight", number(posWeight), "--pos-weight");
    }
    StageParams.set(learner, "classWeights", classWeights, "--class-weights");
    StageParams.set(learner, "loss", loss, "--loss");
    StageParams.set(learner, "focalAlpha", focalAlpha, "--focal-alpha");
    StageParams.set(learner, "focalGamma", focalGamma, "--focal-gamma");
    StageParams.set(learner, "regParam", regParam, "--reg-param");
    StageParams.set(learner, "elasticNetParam", elasticNetParam, "--elastic-net-param");
    StageParams.set(learner, "standardization", standardization, "--standardization");
    StageParams.set(learner, "fitIntercept", fitIntercept, "--fit-intercept");
    StageParams.set(learner, "reduction", reduction, "--reduction");
    StageParams.set(learner, "biasCorrection", biasCorrection, "--bias-correction");
    StageParams.set(learner, "solver", solver, "--solver");
    StageParams.set(learner, "maxIter", maxIter, "--max-iter");
    StageParams.set(learner, "tol", tol, "--tol");
    StageParams.set(learner, "threshold", threshold, "--threshold");
    StageParams.set(learner, "populationRate", populationRate, "--population-rate");
    StageParams.set(learner, "onDoubleCorrection", onDoubleCorrection, "--on-double-correction");
    StageParams.set(learner, "aggregationDepth", aggregationDepth, "--aggregation-depth");
    StageParams.set(learner, "maxBlockSizeInMB", maxBlockSizeInMB, "--max-block-size-in-mb");
    return learner;
  }

  /**
   * Checks what a learner's parameters ask for together, as its fit does, but before there are
   * rows.
   *
   * @param choosesEpoch whether there will be validation rows to choose the epoch
   * @param weighsClasses whether something will weigh classes, beside the learner's own parameters
   * @throws IllegalArgumentException if one contradicts another
   */
  static void requireConsistent(
      ImbalancedLogisticRegression learner, boolean choosesEpoch, boolean weighsClasses) {
    String indicatorCol = "chooses";
    ImbalancedLogisticRegression trial = learner.copy(ParamMap.empty());
    if (weighsClasses || learner.getAutoPosWeight()) {
      trial.setClassWeights(UNEQUAL);
    }
    trial
        .setValidationIndicatorCol(choosesEpoch ? indicatorCol : "")
        .transformSchema(
            new StructType()
                .add(trial.getLabelCol(), DataTypes.DoubleType)
                .add(trial.getFeaturesCol(), SQLDataTypes.VectorType())
                .add(indicatorCol, DataTypes.BooleanType));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--pos-weight: '" + text + "' is neither a number nor auto", e);
    }
  }
}
