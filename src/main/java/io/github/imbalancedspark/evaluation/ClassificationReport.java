package io.github.imbalancedspark.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.imbalancedspark.core.metrics.ClassScores;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Precision, recall, F1 and support of each class, and their averages: scikit-learn's {@code
 * classification_report}. Any number of classes; a class is any label or prediction that occurs.
 *
 * @param classes the classes, in the order of their labels
 * @param accuracy share of the rows predicted right
 * @param macroAverage the plain mean over classes
 * @param weightedAverage the mean over classes, weighing as much as their rows
 * @param weighted whether rows have weights, so that supports need not be whole
 */
public record ClassificationReport(
    List<ClassScores> classes,
    double accuracy,
    ClassScores macroAverage,
    ClassScores weightedAverage,
    boolean weighted) {

  private static final int DIGITS = 2;

  public ClassificationReport {
    classes = List.copyOf(classes);
  }

  /**
   * Returns the report on {@code predicted}, in one pass over it.
   *
   * @param labelCol a numeric column, neither null nor NaN
   * @param predictionCol a numeric column, neither null nor NaN
   * @param weightColOrNull a numeric column, finite and ≥ 0, or {@code null} for weight 1
   * @throws IllegalArgumentException if a column is missing or of a wrong type, if a value in it
   *     cannot be evaluated, if there are no rows, if all weights are 0, or if there are more than
   *     1,000 different pairs of label and prediction
   */
  public static ClassificationReport of(
      Dataset<?> predicted, String labelCol, String predictionCol, String weightColOrNull) {
    return PredictionCounts.of(predicted, labelCol, predictionCol, weightColOrNull).report();
  }

  /** Returns the report with the classes called by these names, in the order of their labels. */
  public ClassificationReport withNames(String... names) {
    if (names.length != classes.size()) {
      throw new IllegalArgumentException(
          String.format(
              "names: there are %d, but the report has %d classes; give one for each",
              names.length, classes.size()));
    }
    List<ClassScores> named = new ArrayList<>();
    for (int c = 0; c < names.length; c++) {
      named.add(classes.get(c).named(names[c]));
    }
    return new ClassificationReport(named, accuracy, macroAverage, weightedAverage, weighted);
  }

  /**
   * Returns the table that scikit-learn prints, with so many digits after the point. Supports that
   * are weights are rounded likewise.
   */
  public String toText(int digits) {
    return new ReportText(digits, this).render();
  }

  /** Returns {@link #toText} with two digits. */
  @Override
  public String toString() {
    return toText(DIGITS);
  }

  /** Returns the report as JSON, with the keys of scikit-learn's {@code output_dict}. */
  public String toJson() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    classes.forEach(scores -> put(json, scores));
    json.put("accuracy", accuracy);
    put(json, macroAverage);
    put(json, weightedAverage);
    return json.toString();
  }

  private static void put(ObjectNode json, ClassScores scores) {
    json.putObject(scores.name())
        .put("precision", scores.precision())
        .put("recall", scores.recall())
        .put("f1-score", scores.f1())
        .put("support", scores.support());
  }

  /**
   * Returns the printed table's lines as rows of (class, precision, recall, f1_score, support). As
   * there, accuracy stands in the column of F1, and its precision and recall are null.
   */
  public Dataset<Row> toDataFrame(SparkSession session) {
    List<Row> rows = new ArrayList<>();
    classes.forEach(scores -> rows.add(row(scores)));
    rows.add(RowFactory.create("accuracy", null, null, accuracy, macroAverage.support()));
    rows.add(row(macroAverage));
    rows.add(row(weightedAverage));
    return session.createDataFrame(
        rows,
        new StructType()
            .add("class", DataTypes.StringType, false)
            .add("precision", DataTypes.DoubleType)
            .add("recall", DataTypes.DoubleType)
            .add("f1_score", DataTypes.DoubleType, false)
            .add("support", DataTypes.DoubleType, false));
  }

  private static Row row(ClassScores scores) {
    return RowFactory.create(
        scores.name(), scores.precision(), scores.recall(), scores.f1(), scores.support());
  }
}
