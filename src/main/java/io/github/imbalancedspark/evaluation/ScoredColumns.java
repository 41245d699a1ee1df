package io.github.imbalancedspark.evaluation;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.VectorRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns an evaluation reads, and what it says when a value in them cannot be evaluated. They
 * are read in the order (label, weight, cost, score), and further scores of the same rows after
 * that.
 *
 * @param scoreParam the parameter that names the score column
 * @param scoreCol a numeric column, or a vector column of which element 1 is the score
 * @param vector whether it is a vector column
 * @param labelCol the label column
 * @param weightCol the weight column, or {@code null} for weight 1
 * @param falsePositiveCostCol what predicting 1 costs on a row that is 0, or {@code null}
 * @param falseNegativeCostCol what predicting 0 costs on a row that is 1, or {@code null}; both
 *     cost columns are given, or none
 */
public record ScoredColumns(
    String scoreParam,
    String scoreCol,
    boolean vector,
    String labelCol,
    String weightCol,
    String falsePositiveCostCol,
    String falseNegativeCostCol)
    implements Serializable {

  private static final int LABEL = 0;
  private static final int WEIGHT = 1;
  private static final int COST = 2;
  private static final int FIRST_SCORE = 3;

  /**
   * Checks the columns' types.
   *
   * @throws IllegalArgumentException if a column is missing or of a wrong type
   */
  public static ScoredColumns of(
      StructType schema, String scoreParam, String scoreCol, String labelCol, String weightCol) {
    boolean vector =
        Columns.require(schema, scoreCol, scoreParam).dataType().equals(SQLDataTypes.VectorType());
    if (!vector) {
      Columns.requireNumeric(schema, scoreCol, scoreParam);
    }
    Columns.requireNumeric(schema, labelCol, "labelCol");
    if (weightCol != null) {
      Columns.requireNumeric(schema, weightCol, "weightCol");
    }
    return new ScoredColumns(scoreParam, scoreCol, vector, labelCol, weightCol, null, null);
  }

  /**
   * Returns these columns and each row's costs.
   *
   * @throws IllegalArgumentException if a column is missing or not numeric
   */
  public ScoredColumns withCosts(
      StructType schema, String newFalsePositiveCostCol, String newFalseNegativeCostCol) {
    Columns.requireNumeric(schema, newFalsePositiveCostCol, "falsePositiveCostCol");
    Columns.requireNumeric(schema, newFalseNegativeCostCol, "falseNegativeCostCol");
    return new ScoredColumns(
        scoreParam,
        scoreCol,
        vector,
        labelCol,
        weightCol,
        newFalsePositiveCostCol,
        newFalseNegativeCostCol);
  }

  private boolean arePredictions() {
    return scoreParam.equals("predictionCol");
  }

  boolean hasCosts() {
    return falsePositiveCostCol != null;
  }

  /** Returns the columns that several evaluations of the same rows read: {@code all}. */
  static Dataset<Row> select(Dataset<?> dataset, List<ScoredColumns> all) {
    List<Column> read = new ArrayList<>(all.get(0).shared());
    all.forEach(
        columns ->
            read.add(columns.vector ? Columns.named(columns.scoreCol) : number(columns.scoreCol)));
    return dataset.select(read.toArray(new Column[0]));
  }

  private List<Column> shared() {
    Column label = number(labelCol);
    return List.of(
        label,
        weightCol == null ? functions.lit(1.0).as("weight") : number(weightCol),
        hasCosts()
            ? functions
                .when(label.equalTo(1), number(falseNegativeCostCol))
                .otherwise(number(falsePositiveCostCol))
                .as("cost")
            : functions.lit(0.0).as("cost"));
  }

  private static Column number(String name) {
    return Columns.named(name).cast(DataTypes.DoubleType);
  }

  /** Returns the score in the evaluation of that number, NaN where there is none. */
  double score(InternalRow row, int evaluation) {
    int place = FIRST_SCORE + evaluation;
    if (row.isNullAt(place)) {
      return Double.NaN;
    }
    return vector ? secondElement(VectorRow.at(row, place)) : row.getDouble(place);
  }

  private static double secondElement(VectorRow row) {
    if (row.size() != 2) {
      return Double.NaN;
    }
    if (row.isDense()) {
      return row.values().getDouble(1);
    }
    ArrayData indices = row.indices();
    int last = indices.numElements() - 1;
    return last >= 0 && indices.getInt(last) == 1 ? row.values().getDouble(last) : 0;
  }

  /** Returns the label, NaN where there is none. */
  double label(InternalRow row) {
    return row.isNullAt(LABEL) ? Double.NaN : row.getDouble(LABEL);
  }

  /** Returns the weight, NaN where there is none. */
  double weight(InternalRow row) {
    return row.isNullAt(WEIGHT) ? Double.NaN : row.getDouble(WEIGHT);
  }

  /** Returns what predicting the row wrongly costs, NaN where that is unknown. */
  double cost(InternalRow row) {
    return row.isNullAt(COST) ? Double.NaN : row.getDouble(COST);
  }

  /** Returns what is wrong with a row in the evaluation of that number, or {@code null}. */
  String problemWith(InternalRow row, int evaluation) {
    if (Double.isNaN(score(row, evaluation))) {
      return problemWithScore(row, FIRST_SCORE + evaluation);
    }
    if (arePredictions() && score(row, evaluation) != 0 && score(row, evaluation) != 1) {
      return String.format(
          "predictionCol: column '%s' holds %s; predictions must be 0 or 1: for scores set"
              + " probabilityCol and threshold",
          scoreCol, score(row, evaluation));
    }
    if (label(row) != 0 && label(row) != 1) {
      return String.format(
          "labelCol: column '%s' holds %s; labels must be 0 or 1: map the positive class to 1 and"
              + " the other to 0, and drop rows without a label",
          labelCol, shown(row, LABEL));
    }
    if (!(weight(row) >= 0 && weight(row) < Double.POSITIVE_INFINITY)) {
      return String.format(
          "weightCol: column '%s' holds %s; weights must be finite and >= 0: mend or drop the row",
          weightCol, shown(row, WEIGHT));
    }
    if (!(cost(row) >= 0 && cost(row) < Double.POSITIVE_INFINITY)) {
      boolean positive = label(row) == 1;
      return String.format(
          "%s: column '%s' holds %s; costs must be finite and >= 0: mend or drop the row",
          positive ? "falseNegativeCostCol" : "falsePositiveCostCol",
          positive ? falseNegativeCostCol : falsePositiveCostCol,
          shown(row, COST));
    }
    return null;
  }

  private String problemWithScore(InternalRow row, int place) {
    if (vector && !row.isNullAt(place) && VectorRow.at(row, place).size() != 2) {
      return String.format(
          "%s: column '%s' holds a vector of %d elements; a binary classifier's has 2: choose"
              + " another column",
          scoreParam, scoreCol, VectorRow.at(row, place).size());
    }
    return String.format(
        "%s: column '%s' holds %s; every row needs a score: mend or drop the row",
        scoreParam, scoreCol, row.isNullAt(place) ? "null" : "NaN");
  }

  private static String shown(InternalRow row, int ordinal) {
    return row.isNullAt(ordinal) ? "null" : String.valueOf(row.getDouble(ordinal));
  }
}
