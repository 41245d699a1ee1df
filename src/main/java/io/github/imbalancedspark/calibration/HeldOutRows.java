package io.github.imbalancedspark.calibration;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that a calibrator reads, as doubles. */
final class HeldOutRows {

  static final String SCORE = "score";
  static final String LABEL = "label";
  static final String WEIGHT = "weight";

  /** What is wrong with the score, or null. */
  static final String PROBLEM = "problem";

  private static final int CLASSES = 2;

  private HeldOutRows() {}

  /**
   * Checks that a column holds scores.
   *
   * @throws IllegalArgumentException if it is missing, or neither of numbers nor of vectors
   */
  static void requireScores(StructType schema, String name) {
    if (!Columns.require(schema, name, "rawPredictionCol")
        .dataType()
        .equals(SQLDataTypes.VectorType())) {
      Columns.requireNumeric(schema, name, "rawPredictionCol");
    }
  }

  /** Returns the score, the second element of a vector; null where there is none. */
  static Column score(StructType schema, String name) {
    Column column = Columns.named(name);
    if (!schema.apply(name).dataType().equals(SQLDataTypes.VectorType())) {
      return column.cast(DataTypes.DoubleType);
    }
    Column elements = elements(column);
    return when(size(elements).equalTo(CLASSES), get(elements, lit(1)));
  }

  /** Returns a vector's elements; null, which {@code vector_to_array} refuses, for none. */
  private static Column elements(Column vector) {
    return when(vector.isNotNull(), vector_to_array(vector, "float64"));
  }

  /** Returns what is wrong with a row's score where it has none, else null. */
  static Column problem(StructType schema, String name) {
    String start = "rawPredictionCol: column '" + name + "' holds ";
    Column missing =
        when(
            score(schema, name).isNull(),
            lit(start + "null; every row needs a score: mend or drop the row"));
    if (!schema.apply(name).dataType().equals(SQLDataTypes.VectorType())) {
      return missing;
    }
    Column count = size(elements(Columns.named(name)));
    return when(
            Columns.named(name).isNotNull().and(count.notEqual(CLASSES)),
            concat(
                lit(start + "a vector of "),
                count.cast("string"),
                lit(" elements; a binary classifier's has 2: choose another column")))
        .otherwise(missing);
  }

  /** Returns the rows' scores, labels and weights, and what is wrong with the scores. */
  static Dataset<Row> select(Dataset<?> dataset, ProbabilityCalibratorParams params) {
    StructType schema = dataset.schema();
    String name = params.getRawPredictionCol();
    Column score = score(schema, name);
    Column unfit =
        when(
            score
                .isNaN()
                .or(score.equalTo(Double.POSITIVE_INFINITY))
                .or(score.equalTo(Double.NEGATIVE_INFINITY)),
            concat(
                lit("rawPredictionCol: column '" + name + "' holds "),
                score.cast("string"),
                lit("; scores must be finite: mend or drop the row")));
    return dataset.select(
        score.as(SCORE),
        Columns.named(params.getLabelCol()).cast(DataTypes.DoubleType).as(LABEL),
        (params.weightColumn() == null
                ? lit(1.0)
                : Columns.named(params.weightColumn()).cast(DataTypes.DoubleType))
            .as(WEIGHT),
        coalesce(problem(schema, name), unfit).as(PROBLEM));
  }
}
