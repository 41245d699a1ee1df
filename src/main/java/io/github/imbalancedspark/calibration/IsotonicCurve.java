package io.github.imbalancedspark.calibration;

import org.apache.spark.ml.regression.IsotonicRegression;
import org.apache.spark.ml.regression.IsotonicRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The non-decreasing function closest to the labels in weighted squares, linear between its
 * boundaries and constant outside: Spark's {@link IsotonicRegression}.
 */
final class IsotonicCurve implements Curve {

  private static final long serialVersionUID = 1L;

  private final org.apache.spark.mllib.regression.IsotonicRegressionModel model;

  IsotonicCurve(double[] scores, double[] probabilities) {
    model =
        new org.apache.spark.mllib.regression.IsotonicRegressionModel(scores, probabilities, true);
  }

  static IsotonicCurve fit(Dataset<Row> rows) {
    IsotonicRegressionModel fitted =
        new IsotonicRegression()
            .setFeaturesCol(HeldOutRows.SCORE)
            .setLabelCol(HeldOutRows.LABEL)
            .setWeightCol(HeldOutRows.WEIGHT)
            .fit(rows);
    return new IsotonicCurve(fitted.boundaries().toArray(), fitted.predictions().toArray());
  }

  double[] scores() {
    return model.boundaries();
  }

  double[] probabilities() {
    return model.predictions();
  }

  @Override
  public double at(double score) {
    return Double.isNaN(score) ? score : model.predict(score);
  }
}
