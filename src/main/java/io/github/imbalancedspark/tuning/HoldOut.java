package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.StratifiedSplit;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Rows to fit on, and rows to choose on.
 *
 * @param training the rows to fit on
 * @param validation the rows to choose on
 */
record HoldOut(Dataset<Row> training, Dataset<Row> validation) {

  /** Holds out the rows where a boolean column is true; null counts as false. */
  static HoldOut where(Dataset<?> rows, String indicatorCol) {
    Column held = functions.coalesce(Columns.named(indicatorCol), functions.lit(false));
    HoldOut parts = new HoldOut(rows.toDF().filter(functions.not(held)), rows.toDF().filter(held));
    if (parts.validation.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "validationIndicatorCol: column '%s' is true in no row; mark the rows to choose on",
              indicatorCol));
    }
    return parts;
  }

  /** Holds out a share of either class. */
  static HoldOut share(Dataset<?> rows, StratifiedSplit split, double fraction) {
    List<Dataset<Row>> parts = split.split(rows.toDF(), 1 - fraction, fraction);
    return new HoldOut(parts.get(0), parts.get(1));
  }

  /**
   * Returns how many days' worth of rows are held out: the days on which some are, times the share,
   * by weight, of those days' rows that are. So alerts on the validation rows, divided by it, are
   * what all rows would raise a day, whether whole days are held out or some rows of each.
   *
   * @param dayCol a column that tells days apart; a timestamp counts as its date
   * @param weightColOrNull the rows' weights, or {@code null} for 1
   * @throws IllegalArgumentException if a row that is held out has no day, or if those have no
   *     weight
   */
  double days(String dayCol, String weightColOrNull) {
    Column held = Columns.named("held");
    Column weight = Columns.named("weight");
    Row found =
        byDay(training, dayCol, weightColOrNull, 0)
            .union(byDay(validation, dayCol, weightColOrNull, 1))
            .groupBy("day")
            .agg(
                functions.max(held).as("is_held"),
                functions.sum(weight).as("all"),
                functions.sum(weight.multiply(held)).as("held"))
            .filter("is_held = 1")
            .agg(
                functions.count(functions.lit(1)),
                functions.sum("held").divide(functions.sum("all")),
                functions.max(Columns.named("day").isNull()))
            .head();
    if (found.getBoolean(2)) {
      throw new IllegalArgumentException(
          String.format(
              "dayCol: column '%s' holds null; every row needs a day: mend or drop the row",
              dayCol));
    }
    if (found.isNullAt(1) || !(found.getDouble(1) > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              weightColOrNull));
    }
    return found.getLong(0) * found.getDouble(1);
  }

  private static Dataset<Row> byDay(
      Dataset<Row> rows, String dayCol, String weightColOrNull, int held) {
    boolean timed =
        rows.schema().apply(dayCol).dataType() instanceof TimestampType
            || rows.schema().apply(dayCol).dataType() instanceof TimestampNTZType;
    Column day = Columns.named(dayCol);
    return rows.select(
        (timed ? day.cast("date") : day).as("day"),
        (weightColOrNull == null ? functions.lit(1.0) : Columns.named(weightColOrNull))
            .cast("double")
            .as("weight"),
        functions.lit(held).as("held"));
  }
}
