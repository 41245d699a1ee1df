package io.github.imbalancedspark.evaluation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryEvaluationTest {

  /** 1,000 rows, every tenth of them positive; tied scores, whole weights. */
  private static final Dataset<Row> SCORED =
      SparkSessions.shared()
          .range(0, 1000, 1, 4)
          .select(
              col("id"),
              col("id").mod(10).equalTo(3).cast("int").as("label"),
              col("id").multiply(7919).mod(211).divide(211).as("score"),
              col("id").mod(4).as("weight"));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 200})
  void doesNotDependOnPartitions(int partitions) {
    BinaryMetrics expected = BinaryEvaluation.evaluate(SCORED, "score", "label", "weight", 0.4);

    BinaryMetrics actual =
        BinaryEvaluation.evaluate(SCORED.repartition(partitions), "score", "label", "weight", 0.4);

    assertThat(actual.tally().rows()).isEqualTo(1000);
    assertThat(actual.confusion()).isEqualTo(expected.confusion());
    assertThat(actual.ranking()).isEqualTo(expected.ranking());
    expected.asMap().forEach((name, value) -> assertClose(name, actual.asMap().get(name), value));
  }

  @Test
  void joinsScoresIndependentlyOfPartitions() {
    ScoredColumns columns =
        ScoredColumns.of(SCORED.schema(), "scoreCol", "score", "label", "weight");

    ScoreCurve one = BinaryEvaluation.tally(SCORED.coalesce(1), columns, 20, 0.4).curve();
    ScoreCurve many = BinaryEvaluation.tally(SCORED.repartition(30), columns, 20, 0.4).curve();

    assertThat(one.isExact()).isFalse();
    assertThat(many).usingRecursiveComparison().isEqualTo(one);
    assertThat(one.confusionAt(0.4))
        .isEqualTo(BinaryEvaluation.evaluate(SCORED, "score", "label", "weight", 0.4).confusion());
  }

  @ParameterizedTest
  @CsvSource({"1000, 4", "600000, 1"})
  void theDriverIsSentOneTallyIfTheyMayBeLarge(long rows, int sent) throws Exception {
    Dataset<Row> scored =
        SparkSessions.shared()
            .range(0, rows, 1, 4)
            .selectExpr("int(id % 10 = 3) as label", "id / 1e6 as score");

    List<Integer> tasks =
        SparkJobs.tasksByStage(
            () -> BinaryEvaluation.evaluate(scored, "score", "label", null, 0.4));

    assertThat(tasks.get(tasks.size() - 1)).isEqualTo(sent);
  }

  @Test
  void takesTheSecondElementOfAVector() {
    Column pair = array(lit(1).minus(col("score")), col("score"));
    Dataset<Row> vectors =
        SCORED.withColumn("probability", functions.array_to_vector(pair)).repartition(2);

    BinaryMetrics actual = BinaryEvaluation.evaluate(vectors, "probability", "label", null, 0.4);

    assertThat(actual.ranking())
        .isEqualTo(BinaryEvaluation.evaluate(SCORED, "score", "label", null, 0.4).ranking());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          score  | null | scoreCol: column 'score' holds null; every row needs a score
          score  | NaN  | scoreCol: column 'score' holds NaN; every row needs a score
          label  | null | labelCol: column 'label' holds null; labels must be 0 or 1
          label  | NaN  | labelCol: column 'label' holds NaN; labels must be 0 or 1
          label  | 2    | labelCol: column 'label' holds 2.0; labels must be 0 or 1
          label  | 0.5  | labelCol: column 'label' holds 0.5; labels must be 0 or 1
          weight | null | weightCol: column 'weight' holds null; weights must be finite and >= 0
          weight | NaN  | weightCol: column 'weight' holds NaN; weights must be finite and >= 0
          weight | -1   | weightCol: column 'weight' holds -1.0; weights must be finite and >= 0
          weight | Infinity | weightCol: column 'weight' holds Infinity; weights must be finite
          """)
  void namesColumnValueAndRemedy(String column, String value, String message) {
    Column bad = value.equals("null") ? lit(null) : lit(Double.parseDouble(value));
    Dataset<Row> rows =
        SCORED.withColumn(
            column, when(col("id").equalTo(777), bad).otherwise(col(column)).cast("double"));

    assertThatThrownBy(() -> BinaryEvaluation.evaluate(rows, "score", "label", "weight", 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void namesVectorsThatAreNotBinary() {
    Dataset<Row> rows =
        SCORED.withColumn(
            "probability", functions.array_to_vector(array(lit(0.1), lit(0.2), lit(0.7))));

    assertThatThrownBy(() -> BinaryEvaluation.evaluate(rows, "probability", "label", null, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scoreCol: column 'probability' holds a vector of 3 elements; a binary classifier's has"
                + " 2: choose another column");
  }

  @Test
  void refusesMissingColumnsNoRowsNoWeightAndNoThreshold() {
    assertThatThrownBy(() -> BinaryEvaluation.evaluate(SCORED, "score", "label", null, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold: is NaN; give a number");
    assertThatThrownBy(() -> BinaryEvaluation.evaluate(SCORED, "p", "label", null, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scoreCol: there is no column 'p'");
    Dataset<Row> strings = SCORED.withColumn("label", col("label").cast("string"));
    assertThatThrownBy(() -> BinaryEvaluation.evaluate(strings, "score", "label", null, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labelCol: column 'label' is of type string; it must be numeric");
    assertThatThrownBy(
            () -> BinaryEvaluation.evaluate(SCORED.limit(0), "score", "label", null, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the data to evaluate has no rows");
    Dataset<Row> weightless = SCORED.withColumn("weight", lit(0));
    assertThatThrownBy(() -> BinaryEvaluation.evaluate(weightless, "score", "label", "weight", 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weightCol: all weights in column 'weight' are 0");
  }

  private static void assertClose(String name, Double actual, Double expected) {
    assertThat(actual).as(name).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }
}
