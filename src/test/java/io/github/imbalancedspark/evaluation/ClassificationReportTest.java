package io.github.imbalancedspark.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports held against those of scikit-learn in {@code golden/evaluation.json}. */
class ClassificationReportTest {

  private static final JsonNode CASES = Golden.read("metrics.json").get("cases");
  private static final JsonNode EXPECTED = Golden.read("evaluation.json");

  private static Dataset<Row> rows(double[] labels, double[] predictions, double[] weights) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(RowFactory.create(labels[i], predictions[i], weights == null ? 1 : weights[i]));
    }
    return SparkSessions.shared()
        .createDataFrame(
            rows,
            new StructType()
                .add("label", DataTypes.DoubleType)
                .add("prediction", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType))
        .repartition(3);
  }

  private static Dataset<Row> rows(JsonNode golden) {
    double[] scores = Golden.doubles(golden.get("scores"));
    double[] predictions = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      predictions[i] = scores[i] > golden.get("threshold").asDouble() ? 1 : 0;
    }
    return rows(
        Golden.doubles(golden.get("labels")), predictions, Golden.doubles(golden.get("weights")));
  }

  /**
   * A distinct, a tied and a saturated case, and the one in which nothing is predicted positive.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 12, 16})
  void printsWhatScikitLearnPrints(int number) {
    JsonNode expected = EXPECTED.get("cases").get(number).get("report");

    ClassificationReport report =
        ClassificationReport.of(rows(CASES.get(number)), "label", "prediction", null);

    assertThat(report.toString()).isEqualTo(expected.get("text").asText());
    assertThat(report.withNames("legitimate", "fraudulent or so").toText(4))
        .isEqualTo(expected.get("text4").asText());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 12, 18})
  void computesWhatScikitLearnComputes(int number) throws IOException {
    boolean weighted = !CASES.get(number).get("weights").isNull();

    ClassificationReport report =
        ClassificationReport.of(
            rows(CASES.get(number)), "label", "prediction", weighted ? "weight" : null);

    assertSame(report, EXPECTED.get("cases").get(number).get("report").get("dict"));
  }

  @Test
  void takesAnyNumberOfClasses() throws IOException {
    JsonNode expected = EXPECTED.get("three_classes");

    ClassificationReport report =
        ClassificationReport.of(
            rows(
                Golden.doubles(expected.get("labels")),
                Golden.doubles(expected.get("predictions")),
                null),
            "label",
            "prediction",
            null);

    assertThat(report.toString()).isEqualTo(expected.get("text").asText());
    assertSame(report, expected.get("dict"));
  }

  private static void assertSame(ClassificationReport report, JsonNode expected)
      throws IOException {
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.fieldNames()).toIterable().containsExactlyElementsOf(expected::fieldNames);
    Dataset<Row> frame = report.toDataFrame(SparkSessions.shared());
    assertThat(frame.columns())
        .containsExactly("class", "precision", "recall", "f1_score", "support");
    for (Row row : frame.collectAsList()) {
      JsonNode line = expected.get(row.getString(0));
      if (line.isNumber()) {
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.isNullAt(2)).isTrue();
        assertClose(row.getDouble(3), line);
        assertClose(json.get("accuracy").asDouble(), line);
      } else {
        List<String> keys = List.of("precision", "recall", "f1-score", "support");
        for (int k = 0; k < keys.size(); k++) {
          assertClose(row.getDouble(k + 1), line.get(keys.get(k)));
          assertClose(
              json.get(row.getString(0)).get(keys.get(k)).asDouble(), line.get(keys.get(k)));
        }
      }
    }
  }

  private static void assertClose(double actual, JsonNode expected) {
    assertThat(actual).isCloseTo(expected.asDouble(), within(1e-12 * expected.asDouble()));
  }

  @Test
  void roundsSupportsThatAreWeights() {
    ClassificationReport report =
        ClassificationReport.of(
            rows(new double[] {0, 1}, new double[] {0, 1}, new double[] {1.255, 2}),
            "label",
            "prediction",
            "weight");

    assertThat(report.toString())
        .contains("           0       1.00      1.00      1.00      1.25\n")
        .contains("    accuracy                           1.00      3.25\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          label      | null | labelCol: column 'label' holds null; every row needs a class
          label      | NaN  | labelCol: column 'label' holds NaN; every row needs a class
          prediction | null | predictionCol: column 'prediction' holds null; every row needs a class
          prediction | NaN  | predictionCol: column 'prediction' holds NaN; every row needs a class
          weight     | null | weightCol: column 'weight' holds null; weights must be finite and >= 0
          weight     | NaN  | weightCol: column 'weight' holds NaN; weights must be finite and >= 0
          weight     | -1   | weightCol: column 'weight' holds -1.0; weights must be finite and >= 0
          """)
  void namesColumnValueAndRemedy(String column, String value, String message) {
    Column bad = value.equals("null") ? lit(null) : lit(Double.parseDouble(value));
    Dataset<Row> rows =
        SparkSessions.shared()
            .range(0, 100, 1, 3)
            .select(
                col("id"),
                col("id").mod(2).as("label"),
                col("id").mod(3).as("prediction"),
                lit(1.0).as("weight"))
            .withColumn(
                column, when(col("id").equalTo(77), bad).otherwise(col(column)).cast("double"));

    assertThatThrownBy(() -> ClassificationReport.of(rows, "label", "prediction", "weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesScoresNoRowsNoWeightAndNamesThatDoNotFit() {
    Dataset<Row> scores = SparkSessions.shared().range(2000).selectExpr("id", "id / 7 AS score");
    assertThatThrownBy(() -> ClassificationReport.of(scores, "id", "score", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol, predictionCol: columns 'id' and 'score' hold more than 1000 different pairs;"
                + " they must hold classes, not scores");
    assertThatThrownBy(() -> ClassificationReport.of(scores.limit(0), "id", "score", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the data to evaluate has no rows");
    Dataset<Row> weightless = rows(new double[] {0, 1}, new double[] {0, 1}, new double[2]);
    assertThatThrownBy(() -> ClassificationReport.of(weightless, "label", "prediction", "weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weightCol: all weights in column 'weight' are 0; some must be positive");
    assertThatThrownBy(
            () -> ClassificationReport.of(weightless, "label", "prediction", null).withNames("one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names: there are 1, but the report has 2 classes; give one for each");
  }
}
