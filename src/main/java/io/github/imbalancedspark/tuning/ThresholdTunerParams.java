package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasSeed;

/**
 * Parameters of {@link ThresholdTuner}.
 *
 * @param <M> the estimator's model
 */
public interface ThresholdTunerParams<M extends Model<M>>
    extends HasLabelColumn, HasWeightColumn, HasSeed {

  /** Returns the holder of the parameters below. */
  TunerParamSet<M> paramSet();

  /** The estimator to fit: a classifier, or a pipeline or tuner of one. Must be set. */
  default Param<Estimator<M>> estimator() {
    return paramSet().estimator;
  }

  /** Returns {@link #estimator}. */
  default Estimator<M> getEstimator() {
    return getOrDefault(estimator());
  }

  /**
   * What the threshold is chosen for, one that {@link ThresholdCriterion#of} knows. Default: f1.
   */
  default Param<String> criterion() {
    return paramSet().criterion;
  }

  /** Returns {@link #criterion}. */
  default String getCriterion() {
    return getOrDefault(criterion());
  }

  @Override
  default Param<String> labelCol() {
    return paramSet().labelCol;
  }

  /** Column of probabilities that the model writes. Default: probability. */
  default Param<String> probabilityCol() {
    return paramSet().probabilityCol;
  }

  /** Returns {@link #probabilityCol}. */
  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  /**
   * Column of the weights by which validation rows count: the rows' own, not class weights.
   * Default: not set, every row weighs 1.
   */
  @Override
  default Param<String> weightCol() {
    return paramSet().weightCol;
  }

  /**
   * Column that tells days apart, of any type; a timestamp counts as its date in the session's time
   * zone. Default: not set.
   */
  default Param<String> dayCol() {
    return paramSet().dayCol;
  }

  /** Returns {@link #dayCol}. */
  default String getDayCol() {
    return getOrDefault(dayCol());
  }

  /**
   * Share of each day's rows that the dataset holds, in (0, 1]: less than 1 if it is a sample, or
   * if test rows were taken out. Default: 1.
   */
  default DoubleParam dayShare() {
    return paramSet().dayShare;
  }

  /** Returns {@link #dayShare}. */
  default double getDayShare() {
    return (double) getOrDefault(dayShare());
  }

  /** Column of what predicting 1 costs where the label is 0. Default: not set. */
  default Param<String> falsePositiveCostCol() {
    return paramSet().falsePositiveCostCol;
  }

  /** Returns {@link #falsePositiveCostCol}. */
  default String getFalsePositiveCostCol() {
    return getOrDefault(falsePositiveCostCol());
  }

  /** Column of what predicting 0 costs where the label is 1. Default: not set. */
  default Param<String> falseNegativeCostCol() {
    return paramSet().falseNegativeCostCol;
  }

  /** Returns {@link #falseNegativeCostCol}. */
  default String getFalseNegativeCostCol() {
    return getOrDefault(falseNegativeCostCol());
  }

  /**
   * Boolean column that is true in the rows to hold out; null counts as false. Default: not set, a
   * share of either class is held out.
   */
  default Param<String> validationIndicatorCol() {
    return paramSet().validationIndicatorCol;
  }

  /** Returns {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /** Share of either class to hold out, in (0, 1). Default: 0.2. */
  default DoubleParam validationFraction() {
    return paramSet().validationFraction;
  }

  /** Returns {@link #validationFraction}. */
  default double getValidationFraction() {
    return (double) getOrDefault(validationFraction());
  }

  /**
   * Column that identifies a row and whose hash decides whether it is held out. Default: not set,
   * all columns.
   */
  default Param<String> keyCol() {
    return paramSet().keyCol;
  }

  /** Returns {@link #keyCol}. */
  default String getKeyCol() {
    return getOrDefault(keyCol());
  }

  /** Seed of the row hash. Default: the hash of the class name, as in Spark. */
  @Override
  default LongParam seed() {
    return paramSet().seed;
  }

  /** Whether the model is fitted again, on all rows, and given the threshold. Default: false. */
  default BooleanParam refit() {
    return paramSet().refit;
  }

  /** Returns {@link #refit}. */
  default boolean getRefit() {
    return (boolean) getOrDefault(refit());
  }

  /**
   * What to do if no threshold keeps the criterion's bound: {@code error}, or {@code nearest}, to
   * warn and take the one that comes nearest. Default: error.
   */
  default Param<String> onUnreachable() {
    return paramSet().onUnreachable;
  }

  /** Returns {@link #onUnreachable}. */
  default String getOnUnreachable() {
    return getOrDefault(onUnreachable());
  }

  /** Sets the defaults above, for the constructor of the implementing class. */
  static <M extends Model<M>> void setDefaults(ThresholdTunerParams<M> owner) {
    TunerParamSet<M> set = owner.paramSet();
    owner.setDefault(set.criterion, "f1");
    owner.setDefault(set.labelCol, "label");
    owner.setDefault(set.probabilityCol, "probability");
    owner.setDefault(set.dayShare, 1.0);
    owner.setDefault(set.validationFraction, 0.2);
    owner.setDefault(set.seed, (long) ThresholdTuner.class.getName().hashCode());
    owner.setDefault(set.refit, false);
    owner.setDefault(set.onUnreachable, TunerParamSet.ERROR);
  }

  /** Scala's hook for the trait's own parameter, which the implementing class creates itself. */
  @Override
  default void org$apache$spark$ml$param$shared$HasSeed$_setter_$seed_$eq(LongParam param) {}
}
