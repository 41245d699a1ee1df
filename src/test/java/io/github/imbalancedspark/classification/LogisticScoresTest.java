package io.github.imbalancedspark.classification;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.EngineCalls;
import io.github.imbalancedspark.internal.VectorRow;
import io.github.imbalancedspark.support.Frames;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns of a model's {@code transform}, and how often what they are made of is computed. */
class LogisticScoresTest {

  private static final AtomicLong EVALUATIONS = new AtomicLong();

  private static final Dataset<Row> ROWS = SampleRows.make();

  /** {@code ROWS} scored by the margin of the first feature, which counts its evaluations. */
  private static Dataset<Row> counted() {
    Column margin =
        EngineCalls.ofVector(
            struct -> {
              EVALUATIONS.incrementAndGet();
              return VectorRow.of(struct).values().getDouble(0);
            },
            col("features"));
    StructType schema = model(1, 0, 0).transformSchema(ROWS.schema());
    return new LogisticScores(ROWS, margin, schema)
        .rawPrediction("rawPrediction")
        .probability("probability")
        .prediction("prediction", 0.5)
        .get();
  }

  private static ImbalancedLogisticRegressionModel model(double... coefficients) {
    return new ImbalancedLogisticRegressionModel(
        "model", Vectors.dense(coefficients), -0.3, new double[] {1, 1}, OddsCorrection.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "prediction",
        "probability, prediction",
        "rawPrediction, probability",
        "id, rawPrediction, prediction"
      })
  void theMarginIsComputedOnceARow(String columns) {
    Dataset<Row> scored = counted().selectExpr(columns.split(", "));
    EVALUATIONS.set(0);

    scored.write().format("noop").mode("overwrite").save();

    assertThat(EVALUATIONS.get()).isEqualTo(ROWS.count());
  }

  @Test
  void theMarginOfUnreadColumnsIsNotComputed() {
    EVALUATIONS.set(0);

    counted().select("id", "label").write().format("noop").mode("overwrite").save();

    assertThat(EVALUATIONS.get()).isZero();
  }

  /** Rows made on the driver are scored there, without generated code. */
  @Test
  void columnsEqualTheModelsMethodsOnDenseAndSparseVectors() {
    ImbalancedLogisticRegressionModel model = model(2, -1, 0.5).setThreshold(0.4);
    List<Vector> vectors =
        List.of(
            Vectors.dense(0.1, 0.2, 0.3),
            Vectors.dense(400, 0, 0),
            Vectors.dense(-400, 0, 0),
            Vectors.dense(0, Double.NaN, 0),
            Vectors.sparse(3, new int[] {1}, new double[] {5}),
            Vectors.sparse(3, new int[0], new double[0]));
    StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
    Dataset<Row> rows =
        SparkSessions.shared()
            .createDataFrame(vectors.stream().map(RowFactory::create).toList(), schema);

    for (Dataset<Row> input : List.of(rows, rows.repartition(2))) {
      List<Row> scored = model.transform(input).collectAsList();

      assertThat(scored).hasSize(vectors.size());
      for (Row row : scored) {
        Vector features = row.getAs("features");
        Vector probability = model.predictProbability(features);
        assertSame(row.getAs("rawPrediction"), model.predictRaw(features), 0);
        assertSame(row.getAs("probability"), probability, 1e-15);
        assertThat(row.<Double>getAs("prediction"))
            .isEqualTo(model.predict(features))
            .isEqualTo(probability.apply(1) > 0.4 ? 1 : 0);
      }
    }
  }

  private static void assertSame(Vector actual, Vector expected, double relative) {
    assertThat(actual.size()).isEqualTo(2);
    for (int k = 0; k < 2; k++) {
      double value = expected.apply(k);
      if (Double.isNaN(value)) {
        assertThat(actual.apply(k)).isNaN();
      } else {
        assertThat(actual.apply(k)).isCloseTo(value, within(relative * Math.abs(value)));
      }
    }
  }

  @Test
  void aColumnWithoutANameIsLeftOut() {
    ImbalancedLogisticRegressionModel model = model(2, -1, 0.5);
    Dataset<Row> all = model.transform(ROWS);

    model.setRawPredictionCol("").setPredictionCol("");
    Frames.assertSame(model.transform(ROWS), all.drop("rawPrediction", "prediction"), 0);
    model.setProbabilityCol("");
    Frames.assertSame(model.transform(ROWS), ROWS, 0);
  }

  @Test
  void theClassesAreInThePredictionsMetadata() {
    ImbalancedLogisticRegressionModel model = model(2, -1, 0.5);

    for (String name : List.of("rawPrediction", "probability", "prediction")) {
      assertThat(model.transform(ROWS).schema().apply(name).metadata())
          .as(name)
          .isEqualTo(model.toSpark().transform(ROWS).schema().apply(name).metadata());
    }
  }
}
