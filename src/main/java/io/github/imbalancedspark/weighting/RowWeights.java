package io.github.imbalancedspark.weighting;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import org.apache.spark.sql.Column;

/**
 * The column expressions of a weight lookup. Labels are compared as doubles; a null among the
 * operands never reaches the result.
 */
final class RowWeights {

  private static final String REMEDY = "; weights must be finite and >= 0: mend or drop the row";

  private RowWeights() {}

  /** Returns whether a weight is finite and ≥ 0; false for null. Spark sorts NaN above infinity. */
  static Column isValid(Column weight) {
    return coalesce(weight.geq(lit(0.0)).and(weight.lt(lit(Double.POSITIVE_INFINITY))), lit(false));
  }

  /** Returns what is said of a wrong weight. */
  static String problem(String weightCol, String value) {
    return start("weightCol", weightCol) + value + REMEDY;
  }

  private static String start(String role, String column) {
    return String.format("%s: column '%s' holds ", role, column);
  }

  /** Returns the weight of the row's class, null where the label is none of {@code classes}. */
  static Column classWeight(Column label, double[] classes, double[] weights) {
    return map_from_arrays(lit(classes), lit(weights)).apply(label.cast("double"));
  }

  /** Returns {@code classWeight}, or an error that names the label where that is null. */
  static Column orError(Column classWeight, String labelCol) {
    return coalesce(
        classWeight,
        raise_error(
            concat(
                lit(start("labelCol", labelCol)),
                text(Columns.named(labelCol)),
                lit(
                    Terms.of(
                        ", which was not among the classes of the fit; mend or drop the row, fit"
                            + " again, or set handleInvalid to skip or keep")))));
  }

  /** Returns the input weight, or an error that names it where it is no weight. */
  static Column inputWeight(String weightCol) {
    Column weight = Columns.named(weightCol).cast("double");
    return when(isValid(weight), weight)
        .otherwise(
            raise_error(concat(lit(start("weightCol", weightCol)), text(weight), lit(REMEDY))));
  }

  /** Returns {@code column}, known to hold no null, as a column that Spark knows to hold none. */
  static Column notNull(Column column) {
    return coalesce(column, lit(Double.NaN));
  }

  private static Column text(Column value) {
    return coalesce(value.cast("string"), lit("null"));
  }
}
