package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.params.HasWeightColumn;
import java.util.Arrays;
import org.apache.spark.ml.classification.ProbabilisticClassifierParams;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Parameters of {@link ImbalancedLogisticRegression} and its model. Names, meaning and defaults are
 * Spark's {@code LogisticRegression}'s wherever Spark has the concept.
 */
public interface ImbalancedLogisticRegressionParams
    extends HasWeightColumn, ProbabilisticClassifierParams {

  /** Returns the holder of the parameters below. */
  LogisticParamSet paramSet();

  /**
   * Numeric columns, one a feature in this order, that are read instead of the vectors in {@code
   * featuresCol}, even if both are set. Null, NaN and, in a fit, infinite values are errors.
   * Default: not set.
   */
  default StringArrayParam featuresCols() {
    return paramSet().featuresCols;
  }

  /** Returns {@link #featuresCols}. */
  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  @Override
  default Param<String> weightCol() {
    return paramSet().weightCol;
  }

  /** Factor c₁ of the positive class's loss, finite and &gt; 0. Default: not set. */
  default DoubleParam posWeight() {
    return paramSet().posWeight;
  }

  /** Returns {@link #posWeight}. */
  default double getPosWeight() {
    return (double) getOrDefault(posWeight());
  }

  /** Whether c₁ is the weight of the negatives over that of the positives. Default: false. */
  default BooleanParam autoPosWeight() {
    return paramSet().autoPosWeight;
  }

  /** Returns {@link #autoPosWeight}. */
  default boolean getAutoPosWeight() {
    return (boolean) getOrDefault(autoPosWeight());
  }

  /**
   * Factors [c₀, c₁] of the classes' losses, finite and &gt; 0. Default: not set, which is [1, 1].
   */
  default DoubleArrayParam classWeights() {
    return paramSet().classWeights;
  }

  /** Returns {@link #classWeights}. */
  default double[] getClassWeights() {
    return getOrDefault(classWeights());
  }

  /**
   * The loss of a row: {@code bceWithLogits}, {@code focal} or {@code sigmoidFocal}. Default:
   * bceWithLogits.
   */
  default Param<String> loss() {
    return paramSet().loss;
  }

  /** Returns {@link #loss}. */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /**
   * α of the focal losses, in (0, 1]: a factor of {@code focal}; in {@code sigmoidFocal}, below 1,
   * the weight of the positives, and 1 − α that of the negatives. Default: 0.25.
   */
  default DoubleParam focalAlpha() {
    return paramSet().focalAlpha;
  }

  /** Returns {@link #focalAlpha}. */
  default double getFocalAlpha() {
    return (double) getOrDefault(focalAlpha());
  }

  /** γ ≥ 0 of the focal losses: how much easy rows are played down, 0 not at all. Default: 2. */
  default DoubleParam focalGamma() {
    return paramSet().focalGamma;
  }

  /** Returns {@link #focalGamma}. */
  default double getFocalGamma() {
    return (double) getOrDefault(focalGamma());
  }

  /**
   * What takes out the small-sample bias, which is largest when positives are few: {@code
   * kingZeng}, the analytical correction of the maximum likelihood estimate, in two more passes;
   * {@code firth}, the maximum of the likelihood with the Jeffreys penalty, two passes a step,
   * finite for separable classes too. Both need the exact Hessian, of (features + 1)² numbers, and
   * take weights for counts of rows. Default: none.
   */
  default Param<String> biasCorrection() {
    return paramSet().biasCorrection;
  }

  /** Returns {@link #biasCorrection}. */
  default String getBiasCorrection() {
    return getOrDefault(biasCorrection());
  }

  /** Train by epochs, at most so many, ≥ 1. Default: not set, until converged. */
  default IntParam maxEpochs() {
    return paramSet().maxEpochs;
  }

  /** Returns {@link #maxEpochs}. */
  default int getMaxEpochs() {
    return (int) getOrDefault(maxEpochs());
  }

  /**
   * How c₁ changes from epoch e to the next, of E = maxEpochs: {@code constant}; {@code
   * linearDecay}, c₁ (1 − e/E); {@code plateau}, times {@link #growth} after {@link #patience}
   * epochs without a new best metric, up to {@link #maxPosWeight}. Default: constant.
   */
  default Param<String> posWeightSchedule() {
    return paramSet().posWeightSchedule;
  }

  /** Returns {@link #posWeightSchedule}. */
  default String getPosWeightSchedule() {
    return getOrDefault(posWeightSchedule());
  }

  /**
   * Boolean column, true for the validation rows; only with {@link #maxEpochs}. Default: not set,
   * no validation rows.
   */
  default Param<String> validationIndicatorCol() {
    return paramSet().validationIndicatorCol;
  }

  /** Returns {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /**
   * Metric of the validation rows, by its name in {@link
   * io.github.imbalancedspark.core.metrics.Metric}, of the probabilities and at {@link #threshold}.
   * Default: average_precision.
   */
  default Param<String> validationMetric() {
    return paramSet().validationMetric;
  }

  /** Returns {@link #validationMetric}. */
  default String getValidationMetric() {
    return getOrDefault(validationMetric());
  }

  /**
   * Epochs without a new best on the validation rows, ≥ 1, after which training ends; a plateau
   * schedule grows first, as far as it can. Default: 5.
   */
  default IntParam patience() {
    return paramSet().patience;
  }

  /** Returns {@link #patience}. */
  default int getPatience() {
    return (int) getOrDefault(patience());
  }

  /** Factor of c₁ at each step of a plateau schedule, &gt; 1. Default: 1.5. */
  default DoubleParam growth() {
    return paramSet().growth;
  }

  /** Returns {@link #growth}. */
  default double getGrowth() {
    return (double) getOrDefault(growth());
  }

  /**
   * Largest c₁ of a plateau schedule. Default: not set, the weight of the negatives over that of
   * the positives, or the first c₁ if that is larger.
   */
  default DoubleParam maxPosWeight() {
    return paramSet().maxPosWeight;
  }

  /** Returns {@link #maxPosWeight}. */
  default double getMaxPosWeight() {
    return (double) getOrDefault(maxPosWeight());
  }

  /** Returns the name of the validation indicator column, or {@code null} if there is none. */
  default String validationIndicatorColumn() {
    return isSet(validationIndicatorCol()) && !getValidationIndicatorCol().isEmpty()
        ? getValidationIndicatorCol()
        : null;
  }

  /**
   * What the summed loss is divided by: {@code weightedMean} (Σw, as Spark), {@code mean} (the
   * number of rows, as PyTorch) or {@code sum} (1). Default: weightedMean.
   */
  default Param<String> reduction() {
    return paramSet().reduction;
  }

  /** Returns {@link #reduction}. */
  default String getReduction() {
    return getOrDefault(reduction());
  }

  /** Penalty strength λ ≥ 0. Default: 0. */
  default DoubleParam regParam() {
    return paramSet().regParam;
  }

  /** Returns {@link #regParam}. */
  default double getRegParam() {
    return (double) getOrDefault(regParam());
  }

  /** Share of the L1 norm in the penalty, in [0, 1]. Default: 0. */
  default DoubleParam elasticNetParam() {
    return paramSet().elasticNetParam;
  }

  /** Returns {@link #elasticNetParam}. */
  default double getElasticNetParam() {
    return (double) getOrDefault(elasticNetParam());
  }

  /** Whether to fit an intercept. Default: true. */
  default BooleanParam fitIntercept() {
    return paramSet().fitIntercept;
  }

  /** Returns {@link #fitIntercept}. */
  default boolean getFitIntercept() {
    return (boolean) getOrDefault(fitIntercept());
  }

  /** Whether the penalty applies to coefficients times standard deviations. Default: true. */
  default BooleanParam standardization() {
    return paramSet().standardization;
  }

  /** Returns {@link #standardization}. */
  default boolean getStandardization() {
    return (boolean) getOrDefault(standardization());
  }

  /**
   * How to minimise: {@code newton} takes exact Hessians; {@code newtonCg} and {@code lbfgs} need
   * memory linear in the number of features, the former beside it a sample of rows, of up to some
   * 5·10⁶ values, that comes to the driver with each pass; {@code owlqn} is for an L1 penalty;
   * {@code auto} chooses: owlqn with an L1 penalty; up to 1,000 features L-BFGS around a Hessian
   * estimated from a sample of rows; of more features newtonCg where rows are sparse (5% of the
   * values stored at most) and a sample has about as many rows as it tells of features, else L-BFGS
   * as it is. Models of one batch share what a sample may hold. Default: auto.
   *
   * <p>Of thousands of sparse features {@code newtonCg} took between a tenth and three quarters of
   * the passes of L-BFGS in most trials, and where samples tell too little, it goes on by L-BFGS
   * after 20 steps or more. A pass of it costs the driver about fifteen products with the sample.
   */
  default Param<String> solver() {
    return paramSet().solver;
  }

  /** Returns {@link #solver}. */
  default String getSolver() {
    return getOrDefault(solver());
  }

  /**
   * Coefficients to start the search at, one a feature. A fit of the cross-entropy that runs until
   * it converges, without {@code biasCorrection} firth, leaves those whose objective is above that
   * of no coefficients at all for none, unless {@code maxIter} is 0. Default: not set, a start of
   * its own.
   */
  default DoubleArrayParam initialCoefficients() {
    return paramSet().initialCoefficients;
  }

  /** Returns {@link #initialCoefficients}. */
  default double[] getInitialCoefficients() {
    return getOrDefault(initialCoefficients());
  }

  /**
   * Intercept to start the search at, beside {@link #initialCoefficients}, without which it must
   * not be set. Default: 0.
   */
  default DoubleParam initialIntercept() {
    return paramSet().initialIntercept;
  }

  /** Returns {@link #initialIntercept}. */
  default double getInitialIntercept() {
    return (double) getOrDefault(initialIntercept());
  }

  /** Largest number of iterations, ≥ 0. Default: 100. */
  default IntParam maxIter() {
    return paramSet().maxIter;
  }

  /** Returns {@link #maxIter}. */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /**
   * Stop when the objective is estimated to be within {@code tol}, relative, of its minimum; ≥ 0.
   * Default: 1e-6.
   */
  default DoubleParam tol() {
    return paramSet().tol;
  }

  /** Returns {@link #tol}. */
  default double getTol() {
    return (double) getOrDefault(tol());
  }

  /**
   * Predict 1 when the positive class's probability is above this, in [0, 1]. Default: 0.5. Kept in
   * step with {@code thresholds}: setting one clears the other.
   */
  default DoubleParam threshold() {
    return paramSet().threshold;
  }

  /**
   * Returns the threshold: from {@code thresholds} [t₀, t₁] when those are set, as 1 / (1 + t₀/t₁).
   *
   * @throws IllegalArgumentException if a threshold other than the default is set too, as parameter
   *     maps can, and differs
   */
  default double getThreshold() {
    if (isSet(thresholds())) {
      double[] pair = getOrDefault(thresholds());
      if (pair.length != 2) {
        throw new IllegalArgumentException(
            "thresholds: there must be 2 entries, one a class, but there are " + pair.length);
      }
      double ofPair = 1 / (1 + pair[0] / pair[1]);
      double own = (double) getOrDefault(threshold());
      if (own != LogisticParamSet.THRESHOLD
          && !(Math.abs(ofPair - own) <= LogisticParamSet.SAME_THRESHOLD)) {
        throw new IllegalArgumentException(
            String.format(
                "threshold: is %s, and thresholds is %s, which means %s; set only one of them",
                own, Arrays.toString(pair), ofPair));
      }
      return ofPair;
    }
    return (double) getOrDefault(threshold());
  }

  /** Returns the thresholds: [1 − t, t] when {@code threshold} t is set instead. */
  @Override
  default double[] getThresholds() {
    if (!isSet(thresholds()) && isSet(threshold())) {
      double t = (double) getOrDefault(threshold());
      return new double[] {1 - t, t};
    }
    return getOrDefault(thresholds());
  }

  /**
   * Output column of the population's probability of the positive class, a double: what class
   * weights and resampling did to the odds is taken back, as σ(z − ln k) with the model's {@code
   * oddsFactor} k. Right for a well-specified model with an intercept; approximate where a penalty
   * or a wrong model bends the probabilities, which a {@code ProbabilityCalibrator} mends. Not to
   * be had from a fit that has not converged. Default: not set, no such column.
   */
  default Param<String> correctedProbabilityCol() {
    return paramSet().correctedProbabilityCol;
  }

  /** Returns {@link #correctedProbabilityCol}, which must be set. */
  default String getCorrectedProbabilityCol() {
    return getOrDefault(correctedProbabilityCol());
  }

  /** Returns the column of corrected probabilities; empty for none. */
  default String correctedProbabilityColumn() {
    return isDefined(correctedProbabilityCol()) ? getCorrectedProbabilityCol() : "";
  }

  /**
   * Share of the positive class in the population that corrected probabilities shall be right for,
   * in (0, 1). Set it when the rows were sampled before they came here: it overrides what the
   * stages' ledger says. Default: not set.
   */
  default DoubleParam populationRate() {
    return paramSet().populationRate;
  }

  /** Returns {@link #populationRate}. */
  default double getPopulationRate() {
    return (double) getOrDefault(populationRate());
  }

  /**
   * What to do when the same imbalance is corrected twice, as by a sampler and posWeight: two or
   * more factors of the odds differ from 1 and make the positive class outweigh the negative one,
   * both by more than 10%. {@code warn}, {@code error} or {@code ignore}. Default: warn.
   */
  default Param<String> onDoubleCorrection() {
    return paramSet().onDoubleCorrection;
  }

  /** Returns {@link #onDoubleCorrection}. */
  default String getOnDoubleCorrection() {
    return getOrDefault(onDoubleCorrection());
  }

  /**
   * Least depth of the tree aggregation, ≥ 2; small sums take no tree, large ones a deeper one.
   * Default: 2.
   */
  default IntParam aggregationDepth() {
    return paramSet().aggregationDepth;
  }

  /** Returns {@link #aggregationDepth}. */
  default int getAggregationDepth() {
    return (int) getOrDefault(aggregationDepth());
  }

  /**
   * Most memory of one block of rows in MiB, at most 1024, though never fewer than 64 dense rows.
   * Default: 0, automatic: ½ MiB, or 512 dense rows up to 4 MiB.
   */
  default DoubleParam maxBlockSizeInMB() {
    return paramSet().maxBlockSizeInMB;
  }

  /** Returns {@link #maxBlockSizeInMB}. */
  default double getMaxBlockSizeInMB() {
    return (double) getOrDefault(maxBlockSizeInMB());
  }

  /** Sets the defaults above, for the constructor of the implementing class. */
  static void setDefaults(ImbalancedLogisticRegressionParams owner) {
    LogisticParamSet set = owner.paramSet();
    owner.setDefault(set.autoPosWeight, false);
    owner.setDefault(set.loss, LossFunction.BCE_WITH_LOGITS.paramValue());
    owner.setDefault(set.focalAlpha, 0.25);
    owner.setDefault(set.focalGamma, 2.0);
    owner.setDefault(set.biasCorrection, "none");
    owner.setDefault(set.posWeightSchedule, EpochSchedule.CONSTANT);
    owner.setDefault(set.validationMetric, "average_precision");
    owner.setDefault(set.patience, 5);
    owner.setDefault(set.growth, 1.5);
    owner.setDefault(set.reduction, Reduction.WEIGHTED_MEAN.paramValue());
    owner.setDefault(set.regParam, 0.0);
    owner.setDefault(set.elasticNetParam, 0.0);
    owner.setDefault(set.fitIntercept, true);
    owner.setDefault(set.standardization, true);
    owner.setDefault(set.solver, "auto");
    owner.setDefault(set.initialIntercept, 0.0);
    owner.setDefault(set.maxIter, 100);
    owner.setDefault(set.tol, 1e-6);
    owner.setDefault(set.threshold, LogisticParamSet.THRESHOLD);
    owner.setDefault(set.onDoubleCorrection, LogisticParamSet.WARN);
    owner.setDefault(set.aggregationDepth, 2);
    owner.setDefault(set.maxBlockSizeInMB, 0.0);
  }
}
