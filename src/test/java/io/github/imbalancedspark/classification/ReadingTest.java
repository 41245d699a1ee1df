package io.github.imbalancedspark.classification;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.InternalRows;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever way Spark hands the rows over, they are the same rows. */
class ReadingTest {

  private static final Dataset<Row> ROWS = SampleRows.make().cache();

  @TempDir Path folder;

  private Dataset<Row> saved(Dataset<Row> rows) {
    String path = folder.resolve("rows").toString();
    rows.write().parquet(path);
    return SparkSessions.shared().read().parquet(path);
  }

  private static ImbalancedLogisticRegressionModel fit(Dataset<Row> rows) {
    return new ImbalancedLogisticRegression()
        .setWeightCol("weight")
        .setPosWeight(3)
        .setTol(1e-13)
        .fit(rows);
  }

  private static void assertSameFit(Dataset<Row> rows) {
    ImbalancedLogisticRegressionModel expected = fit(ROWS);
    ImbalancedLogisticRegressionModel actual = fit(rows);

    assertThat(actual.coefficients().toArray())
        .containsExactly(expected.coefficients().toArray(), within(1e-9));
    assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(1e-9));
  }

  @Test
  void aScanIsReadAsBatches() {
    Dataset<Row> scan = saved(ROWS);

    assertThat(rowKind(scan.select("label", "features"))).isEqualTo("ColumnarBatchRow");
    assertThat(rowKind(scan.select("label", "features").filter("label = 1")))
        .isEqualTo("UnsafeRow");
  }

  private static String rowKind(Dataset<Row> rows) {
    return InternalRows.of(rows).map(row -> row.getClass().getSimpleName()).first();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label, weight, features",
        "features, weight, label",
        "weight, features, label, id",
        "features, int(label) as label, float(weight) as weight"
      })
  void columnsInAnyOrder(String columns) {
    Dataset<Row> ordered = ROWS.selectExpr(columns.split(", "));

    assertSameFit(saved(ordered));
    assertSameFit(ordered);
  }

  @Test
  void labelAndWeightInOneColumn() {
    Dataset<Row> rows = ROWS.withColumn("soft", expr("0.25 + label / 2"));
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setLabelCol("soft").setTol(1e-13).setRegParam(0.1);

    ImbalancedLogisticRegressionModel one = learner.setWeightCol("soft").fit(rows);
    ImbalancedLogisticRegressionModel two =
        learner.setWeightCol("copy").fit(rows.withColumn("copy", col("soft")));

    assertThat(one.coefficients().toArray())
        .containsExactly(two.coefficients().toArray(), within(1e-12));
  }

  @Test
  void sparseVectorsFromEitherSource() {
    UDF1<Vector, Vector> widen =
        v -> Vectors.sparse(60, new int[] {0, 7, 59}, v.toArray()).compressed();
    Dataset<Row> wide =
        ROWS.withColumn(
                "features", functions.udf(widen, SQLDataTypes.VectorType()).apply(col("features")))
            .cache();
    Dataset<Row> scan = saved(wide);

    assertThat(rowKind(scan.select("label", "features"))).isEqualTo("ColumnarBatchRow");
    Vector expected = fit(ROWS).coefficients();
    for (Dataset<Row> rows : List.of(wide, scan)) {
      Vector actual = fit(rows).coefficients();
      assertThat(actual.apply(0)).isCloseTo(expected.apply(0), within(1e-6));
      assertThat(actual.apply(7)).isCloseTo(expected.apply(1), within(1e-6));
      assertThat(actual.apply(59)).isCloseTo(expected.apply(2), within(1e-6));
    }
  }
}
