package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.SamplingStrategy;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Parameters of {@link Smote}, beside those of every sampler. */
public interface SmoteParams extends Params {

  /** Returns the holder of the parameters below. */
  SmoteParamSet paramSet();

  /** Column of feature vectors. Default: features. */
  default Param<String> featuresCol() {
    return paramSet().featuresCol;
  }

  /** Returns {@link #featuresCol}. */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /** Rows wanted of each class, as {@link SamplingStrategy} reads it. Default: auto. */
  default Param<String> samplingStrategy() {
    return paramSet().samplingStrategy;
  }

  /** Returns {@link #samplingStrategy}. */
  default String getSamplingStrategy() {
    return getOrDefault(samplingStrategy());
  }

  /** Which rows synthetic ones are made from: smote, borderline1 or adasyn. Default: smote. */
  default Param<String> variant() {
    return paramSet().variant;
  }

  /** Returns {@link #variant}. */
  default String getVariant() {
    return getOrDefault(variant());
  }

  /** Neighbours to choose from, ≥ 1. Default: 5. */
  default IntParam k() {
    return paramSet().k;
  }

  /** Returns {@link #k}. */
  default int getK() {
    return (int) getOrDefault(k());
  }

  /** Nearest rows of any class that {@code borderline1} looks at, ≥ 1. Default: 10. */
  default IntParam m() {
    return paramSet().m;
  }

  /** Returns {@link #m}. */
  default int getM() {
    return (int) getOrDefault(m());
  }

  /**
   * Whether a class of k rows or fewer makes do with fewer neighbours. Default: false, an error.
   */
  default BooleanParam fewerNeighbors() {
    return paramSet().fewerNeighbors;
  }

  /** Returns {@link #fewerNeighbors}. */
  default boolean getFewerNeighbors() {
    return (boolean) getOrDefault(fewerNeighbors());
  }

  /** Whether distances are of features over their standard deviations. Default: true. */
  default BooleanParam standardization() {
    return paramSet().standardization;
  }

  /** Returns {@link #standardization}. */
  default boolean getStandardization() {
    return (boolean) getOrDefault(standardization());
  }

  /** Numbers of the features that hold codes of categories. Default: none. */
  default IntArrayParam categoricalFeatures() {
    return paramSet().categoricalFeatures;
  }

  /** Returns {@link #categoricalFeatures}. */
  default int[] getCategoricalFeatures() {
    return getOrDefault(categoricalFeatures());
  }

  /**
   * Most rows of a class to gather and broadcast, ≥ 2; neighbours in a larger one are approximate.
   * Default: 100000.
   */
  default IntParam maxBroadcastMinority() {
    return paramSet().maxBroadcastMinority;
  }

  /** Returns {@link #maxBroadcastMinority}. */
  default int getMaxBroadcastMinority() {
    return (int) getOrDefault(maxBroadcastMinority());
  }

  /** What synthetic rows hold in other columns: copy or null. Default: copy. */
  default Param<String> otherColumns() {
    return paramSet().otherColumns;
  }

  /** Returns {@link #otherColumns}. */
  default String getOtherColumns() {
    return getOrDefault(otherColumns());
  }

  /** New column that says which rows are synthetic; empty for none. Default: synthetic. */
  default Param<String> syntheticCol() {
    return paramSet().syntheticCol;
  }

  /** Returns {@link #syntheticCol}. */
  default String getSyntheticCol() {
    return getOrDefault(syntheticCol());
  }
}
