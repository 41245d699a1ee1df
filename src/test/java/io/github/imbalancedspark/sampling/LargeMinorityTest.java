package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Synthetic rows of a class too large to gather, against all pairs of its rows. */
class LargeMinorityTest {

  private static final int POSITIVES = 3000;
  private static final int FEATURES = 4;
  private static final int K = 5;

  private final double[][] points = new double[POSITIVES][FEATURES];

  /** As many rows of both classes, and one more of the majority. */
  private Dataset<Row> rows() {
    SplittableRandom random = new SplittableRandom(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i <= 2 * POSITIVES; i++) {
      double[] features = random.doubles(FEATURES, -1, 1).map(u -> Math.atan(4 * u)).toArray();
      if (i < POSITIVES) {
        points[i] = features;
      }
      rows.add(RowFactory.create((long) i, i < POSITIVES ? 1.0 : 0.0, Vectors.dense(features)));
    }
    return SparkSessions.shared()
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.LongType, false)
                .add("label", DataTypes.DoubleType, false)
                .add("features", SQLDataTypes.VectorType(), false));
  }

  @Test
  void syntheticRowsLieBetweenNearRealOnes() {
    List<Row> made =
        new Smote()
            .setStandardization(false)
            .setK(K)
            .setKeyCol("id")
            .setMaxBroadcastMinority(500)
            .setSamplingStrategy("counts(1=" + 2 * POSITIVES + ")")
            .resample(rows())
            .filter("synthetic")
            .select(col("id"), col("features"))
            .collectAsList();
    assertThat(made).hasSize(POSITIVES);

    double chosen = 0;
    double nearest = 0;
    int amongNearest = 0;
    for (Row row : made) {
      int from = (int) row.getLong(0); // copied from the row it starts at
      int to = end(((Vector) row.get(1)).toArray(), from);
      assertThat(to).as("row made from %s, towards", from).isNotNegative();
      double[] exact =
          Arrays.stream(points)
              .mapToDouble(p -> distance(points[from], p))
              .sorted()
              .skip(1) // the row itself
              .limit(K)
              .toArray();
      nearest += Arrays.stream(exact).average().orElseThrow();
      double distance = distance(points[from], points[to]);
      chosen += distance;
      amongNearest += distance <= exact[K - 1] ? 1 : 0;
    }

    // in buckets of about 64 of the 3000 rows 0.577 of the neighbours are found; one deviation of
    // the
    // 3000 draws is 0.009, and of rows taken at random 5 in 2999 would be right
    assertThat(chosen / nearest).isBetween(0.95, 1.3);
    assertThat(amongNearest / (double) POSITIVES).as("recall").isGreaterThan(0.5);
  }

  /** 1,000 rows at one place and 200 alone; a million pairs of the former are none of the work. */
  @Test
  void rowsAtOnePlaceAreNotComparedWithEachOther() throws Exception {
    Dataset<Row> rows =
        SparkSessions.shared()
            .range(0, 3000, 1, 2)
            .withColumn("label", expr("double(id < 1200)"))
            .withColumn(
                "features",
                functions.array_to_vector(
                    array(
                        expr("if(id < 1000, 0D, hash(id) / 1e9)"),
                        expr("if(id < 1000, -0D, hash(-id) / 1e9)"))));
    Smote smote =
        new Smote()
            .setKeyCol("id")
            .setMaxBroadcastMinority(500)
            .setSamplingStrategy("counts(1=2400)");
    List<Row> made = new ArrayList<>();

    long shuffled =
        SparkJobs.shuffledRowsOf(
            () -> made.addAll(smote.resample(rows).filter("synthetic").collectAsList()));

    assertThat(shuffled).isLessThan(200_000);
    assertThat(made).hasSize(1200);
    for (Row row : made) {
      double[] features = row.<Vector>getAs("features").toArray();
      boolean atOnePlace = Arrays.stream(features).allMatch(x -> x == 0);
      assertThat(atOnePlace).isEqualTo(row.getLong(0) < 1000);
    }
  }

  /** Returns the real row towards which a point lies from another, −1 if there is none. */
  private int end(double[] point, int from) {
    return IntStream.range(0, POSITIVES)
        .filter(to -> to != from && isBetween(point, points[from], points[to]))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isBetween(double[] point, double[] from, double[] to) {
    double step = (point[0] - from[0]) / (to[0] - from[0]);
    return step >= 0
        && step < 1
        && IntStream.range(1, FEATURES)
            .allMatch(j -> Math.abs(point[j] - from[j] - step * (to[j] - from[j])) < 1e-9);
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, FEATURES).mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j])).sum());
  }
}
