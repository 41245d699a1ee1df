package io.github.imbalancedspark.weighting;

import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

/** Parameters of {@link ClassWeighter} and its model. */
public interface ClassWeighterParams extends HasLabelColumn, HasWeightColumn {

  /** Returns the holder of the parameters below. */
  WeighterParamSet paramSet();

  /** The label column, of any numeric type. Default: label. */
  @Override
  default Param<String> labelCol() {
    return paramSet().labelCol;
  }

  /**
   * An input column of row weights. Counts are sums of it, and the output is class weight times it.
   * Default: not set, every row weighs 1.
   */
  @Override
  default Param<String> weightCol() {
    return paramSet().weightCol;
  }

  /** The column that is written. Default: classWeight. */
  default Param<String> outputCol() {
    return paramSet().outputCol;
  }

  /** Returns {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /**
   * How counts become weights, with n_c the count of a class, N = Σ n_c and K the number of
   * classes:
   *
   * <ul>
   *   <li>{@code inverseFrequency}: N / (K n_c).
   *   <li>{@code smoothedInverseFrequency}: N / (K (n_c + {@link #epsilon})).
   *   <li>{@code effectiveNumber}: (1−β) / (1−β^n_c), with {@link #beta}.
   *   <li>{@code custom}: {@link #customWeights}.
   * </ul>
   *
   * Default: inverseFrequency.
   */
  default Param<String> strategy() {
    return paramSet().strategy;
  }

  /** Returns {@link #strategy}. */
  default String getStrategy() {
    return getOrDefault(strategy());
  }

  /**
   * What the weights are scaled to: {@code none}, {@code sumToOne}, {@code sumToClasses} or {@code
   * meanOne} (the rows weigh 1 on average). Default: not set, which is none for inverseFrequency
   * and custom, and sumToOne for the other two.
   */
  default Param<String> normalization() {
    return paramSet().normalization;
  }

  /** Returns {@link #normalization}, which must be set. */
  default String getNormalization() {
    return getOrDefault(normalization());
  }

  /** β of effectiveNumber: a number in [0, 1), or {@code auto} for (N−1)/N. Default: 0.999. */
  default Param<String> beta() {
    return paramSet().beta;
  }

  /** Returns {@link #beta}. */
  default String getBeta() {
    return getOrDefault(beta());
  }

  /** ε of smoothedInverseFrequency, finite and &gt; 0. Default: 1e-3. */
  default DoubleParam epsilon() {
    return paramSet().epsilon;
  }

  /** Returns {@link #epsilon}. */
  default double getEpsilon() {
    return (double) getOrDefault(epsilon());
  }

  /**
   * The weights of {@code custom}, as pairs [class, weight] of different classes, every weight
   * finite and &gt; 0. Default: not set.
   */
  default DoubleArrayArrayParam customWeights() {
    return paramSet().customWeights;
  }

  /** Returns {@link #customWeights}. */
  default double[][] getCustomWeights() {
    return getOrDefault(customWeights());
  }

  /**
   * What to do with rows whose label is null, NaN, infinite or, in {@code transform}, was not seen
   * in {@code fit}: {@code error}, {@code skip} (drop them) or {@code keep} (class weight 1, and no
   * part in the counts). Default: error.
   */
  default Param<String> handleInvalid() {
    return paramSet().handleInvalid;
  }

  /** Returns {@link #handleInvalid}. */
  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /** Sets the defaults above, for the constructor of the implementing class. */
  static void setDefaults(ClassWeighterParams owner) {
    WeighterParamSet set = owner.paramSet();
    owner.setDefault(set.labelCol, "label");
    owner.setDefault(set.outputCol, "classWeight");
    owner.setDefault(set.strategy, WeighterParamSet.INVERSE_FREQUENCY);
    owner.setDefault(set.beta, "0.999");
    owner.setDefault(set.epsilon, 1e-3);
    owner.setDefault(set.handleInvalid, WeighterParamSet.ERROR);
  }
}
