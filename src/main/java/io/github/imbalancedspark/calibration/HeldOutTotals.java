package io.github.imbalancedspark.calibration;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.core.Plural;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The classes of the held-out rows.
 *
 * @param positives the positive class's share by weight, times the number of rows
 * @param negatives the same of the negative class
 */
record HeldOutTotals(double positives, double negatives) {

  /**
   * Checks and counts {@link HeldOutRows}, in one pass.
   *
   * @throws IllegalArgumentException if a value cannot be calibrated on, if there are no rows, or
   *     if only one class has weight
   */
  static HeldOutTotals of(Dataset<Row> rows, ProbabilityCalibratorParams params) {
    Column label = col(HeldOutRows.LABEL);
    Column weight = col(HeldOutRows.WEIGHT);
    Column isLabel = coalesce(label.equalTo(0).or(label.equalTo(1)), lit(false));
    Column isWeight = coalesce(weight.geq(0).and(weight.lt(Double.POSITIVE_INFINITY)), lit(false));
    Row totals =
        rows.agg(
                count(lit(1)),
                sum(when(label.equalTo(1), weight).otherwise(0)),
                sum(when(label.equalTo(0), weight).otherwise(0)),
                max(col(HeldOutRows.PROBLEM)),
                max(when(isLabel, null).otherwise(text(label))),
                max(when(isWeight, null).otherwise(text(weight))))
            .head();
    if (totals.getLong(0) == 0) {
      throw new IllegalArgumentException(
          "the held-out data has no rows: check the input path and its filters");
    }
    requireNone(totals.getString(3), "%s");
    requireNone(
        totals.getString(4),
        "labelCol: column '"
            + params.getLabelCol()
            + "' holds %s; labels must be 0 or 1: map the"
            + " positive class to 1 and the other to 0, and drop rows without a label");
    requireNone(
        totals.getString(5),
        "weightCol: column '"
            + params.weightColumn()
            + "' holds %s; weights must be finite and"
            + " >= 0: mend or drop the row");
    double positive = totals.getDouble(1);
    double negative = totals.getDouble(2);
    if (!(positive > 0) || !(negative > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: only one class of column '%s' has weight among %s; both are needed:"
                  + " hold out more rows",
              params.getLabelCol(), Plural.of(totals.getLong(0), "row")));
    }
    double scale = totals.getLong(0) / (positive + negative);
    return new HeldOutTotals(positive * scale, negative * scale);
  }

  private static Column text(Column value) {
    return coalesce(value.cast("string"), lit("null"));
  }

  private static void requireNone(String problem, String message) {
    if (problem != null) {
      throw new IllegalArgumentException(message.replace("%s", problem));
    }
  }
}
