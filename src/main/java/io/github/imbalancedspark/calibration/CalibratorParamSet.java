package io.github.imbalancedspark.calibration;

import static io.github.imbalancedspark.internal.Validators.oneOf;

import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import java.io.Serializable;
import org.apache.spark.ml.param.Param;

/** The parameters that the estimator and its model both carry, created for one owner. */
final class CalibratorParamSet implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String PLATT = "platt";
  static final String ISOTONIC = "isotonic";

  final Param<String> labelCol;
  final Param<String> weightCol;
  final Param<String> rawPredictionCol;
  final Param<String> method;
  final Param<String> outputCol;

  CalibratorParamSet(ProbabilityCalibratorParams owner) {
    labelCol = HasLabelColumn.make(owner);
    weightCol = HasWeightColumn.make(owner);
    rawPredictionCol =
        new Param<>(
            owner,
            "rawPredictionCol",
            "column of scores that grow with the probability, numbers or vectors");
    method =
        new Param<>(
            owner,
            "method",
            "platt (a logistic function of the score) or isotonic (any non-decreasing one)",
            oneOf(PLATT, ISOTONIC));
    outputCol =
        new Param<>(owner, "outputCol", "column that is written: the calibrated probability");
  }
}
