package io.github.imbalancedspark.calibration;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.loss.Logistic;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** σ(slope · score + intercept). */
record PlattCurve(double slope, double intercept) implements Curve {

  private static final double TOLERANCE = 1e-12;

  /**
   * Fits the curve by maximum likelihood to Platt's targets instead of 1 and 0, (N₁+1)/(N₁+2) and
   * 1/(N₀+2), which keep it finite when a score separates the classes (Platt, Advances in Large
   * Margin Classifiers, 1999). N₁ and N₀ are the classes' shares by weight of the number of rows.
   */
  static PlattCurve fit(Dataset<Row> rows, HeldOutTotals totals) {
    Dataset<Row> targets =
        rows.select(
            array_to_vector(array(col(HeldOutRows.SCORE))).as("features"),
            when(col(HeldOutRows.LABEL).equalTo(1), target(totals.positives()))
                .otherwise(1 - target(totals.negatives()))
                .as(HeldOutRows.LABEL),
            col(HeldOutRows.WEIGHT));
    ImbalancedLogisticRegressionModel model =
        new ImbalancedLogisticRegression()
            .setLabelCol(HeldOutRows.LABEL)
            .setWeightCol(HeldOutRows.WEIGHT)
            .setTol(TOLERANCE)
            .fit(targets);
    return new PlattCurve(model.coefficients().apply(0), model.intercept());
  }

  private static double target(double count) {
    return (count + 1) / (count + 2);
  }

  @Override
  public double at(double score) {
    return Logistic.sigmoid(slope == 0 ? intercept : slope * score + intercept);
  }
}
