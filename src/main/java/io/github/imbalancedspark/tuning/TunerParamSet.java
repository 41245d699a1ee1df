package io.github.imbalancedspark.tuning;

import static io.github.imbalancedspark.internal.Validators.oneOf;
import static io.github.imbalancedspark.internal.Validators.real;

import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.internal.Validators;
import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import java.io.Serializable;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/** The parameters of {@link ThresholdTuner}, created for one owner. */
final class TunerParamSet<M extends Model<M>> implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String ERROR = "error";
  static final String NEAREST = "nearest";

  final Param<Estimator<M>> estimator;
  final Param<String> criterion;
  final Param<String> labelCol;
  final Param<String> probabilityCol;
  final Param<String> weightCol;
  final Param<String> dayCol;
  final DoubleParam dayShare;
  final Param<String> falsePositiveCostCol;
  final Param<String> falseNegativeCostCol;
  final Param<String> validationIndicatorCol;
  final DoubleParam validationFraction;
  final Param<String> keyCol;
  final LongParam seed;
  final BooleanParam refit;
  final Param<String> onUnreachable;

  TunerParamSet(ThresholdTunerParams<M> owner) {
    estimator = new Param<>(owner, "estimator", "classifier, or pipeline that ends in one");
    criterion =
        new Param<>(
            owner,
            "criterion",
            "what the threshold is chosen for, such as f1, mcc, expected_cost@fp=1,fn=50,"
                + " recall@precision>=0.85 or alerts_per_day<=100",
            Validators.check(String.class, v -> isCriterion((String) v)));
    labelCol = HasLabelColumn.make(owner);
    probabilityCol =
        new Param<>(owner, "probabilityCol", "column of probabilities that the model writes");
    weightCol = HasWeightColumn.make(owner);
    dayCol = new Param<>(owner, "dayCol", "column that tells days apart, for alerts_per_day<=k");
    dayShare =
        new DoubleParam(
            owner,
            "dayShare",
            "share of each day's rows that the dataset holds, in (0, 1], for alerts_per_day<=k",
            real(v -> v > 0 && v <= 1));
    falsePositiveCostCol =
        new Param<>(
            owner,
            "falsePositiveCostCol",
            "column of what predicting 1 costs where the label is 0, for expected_cost; finite and"
                + " >= 0");
    falseNegativeCostCol =
        new Param<>(
            owner,
            "falseNegativeCostCol",
            "column of what predicting 0 costs where the label is 1, for expected_cost; finite and"
                + " >= 0");
    validationIndicatorCol =
        new Param<>(
            owner,
            "validationIndicatorCol",
            "boolean column that is true in the rows to hold out; when not set,"
                + " validationFraction of either class");
    validationFraction =
        new DoubleParam(
            owner,
            "validationFraction",
            "share of either class to hold out, in (0, 1)",
            real(v -> v > 0 && v < 1));
    keyCol =
        new Param<>(
            owner,
            "keyCol",
            "column that identifies a row, whose hash decides about it; when not set, all columns");
    seed = new LongParam(owner, "seed", "seed of the row hash");
    refit =
        new BooleanParam(
            owner, "refit", "whether the model is fitted again, on all rows, with the threshold");
    onUnreachable =
        new Param<>(
            owner,
            "onUnreachable",
            "what to do if no threshold keeps the criterion's bound: error, or nearest (warn and"
                + " take the threshold that comes nearest)",
            oneOf(ERROR, NEAREST));
  }

  private static boolean isCriterion(String name) {
    try {
      return ThresholdCriterion.of(name) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
