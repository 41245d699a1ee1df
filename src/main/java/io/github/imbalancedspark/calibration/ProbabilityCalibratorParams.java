package io.github.imbalancedspark.calibration;

import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import org.apache.spark.ml.param.Param;

/** Parameters of {@link ProbabilityCalibrator} and its model. */
public interface ProbabilityCalibratorParams extends HasLabelColumn, HasWeightColumn {

  /** Returns the holder of the parameters below. */
  CalibratorParamSet paramSet();

  /** The label column, of 0 and 1. Only {@code fit} reads it. Default: label. */
  @Override
  default Param<String> labelCol() {
    return paramSet().labelCol;
  }

  @Override
  default Param<String> weightCol() {
    return paramSet().weightCol;
  }

  /**
   * The column of scores, which grow with the probability: numbers, or vectors of two elements of
   * which the second is taken. {@code platt} wants margins; {@code isotonic} takes any. Default:
   * rawPrediction.
   */
  default Param<String> rawPredictionCol() {
    return paramSet().rawPredictionCol;
  }

  /** Returns {@link #rawPredictionCol}. */
  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /**
   * The shape of the curve: {@code platt}, a logistic function of the score, two numbers that a few
   * dozen positives settle; or {@code isotonic}, any non-decreasing function, which follows the
   * data where there are many hundreds of positives, and says 0 or 1 where it saw one class only.
   * Default: platt.
   */
  default Param<String> method() {
    return paramSet().method;
  }

  /** Returns {@link #method}. */
  default String getMethod() {
    return getOrDefault(method());
  }

  /** The column that is written. Default: calibratedProbability. */
  default Param<String> outputCol() {
    return paramSet().outputCol;
  }

  /** Returns {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Sets the defaults above, for the constructor of the implementing class. */
  static void setDefaults(ProbabilityCalibratorParams owner) {
    CalibratorParamSet set = owner.paramSet();
    owner.setDefault(set.labelCol, "label");
    owner.setDefault(set.rawPredictionCol, "rawPrediction");
    owner.setDefault(set.method, CalibratorParamSet.PLATT);
    owner.setDefault(set.outputCol, "calibratedProbability");
  }
}
