package io.github.imbalancedspark.benchmark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rand;

import io.github.imbalancedspark.sampling.Smote;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * SMOTE that makes five of each of 10,000 minority rows among 2,000,000. Spark has no SMOTE: the
 * scan is the measure, and the peer is a scan too.
 *
 * @param name what to call it
 */
record SmoteCase(String name) implements BenchmarkCase {

  static final List<SmoteCase> ALL = List.of(new SmoteCase("smote"));

  private static final long ROWS = 2_000_000;
  private static final long MINORITY = 10_000;
  private static final int FEATURES = 30;
  private static final int TIMES = 5;
  private static final int PARTITIONS = 8;

  @Override
  public Comparison prepare(SparkSession spark, String folder) throws IOException {
    Dataset<Row> rows = Prepared.parquet(spark, folder + "/smote", SmoteCase::rows);
    return new Comparison() {
      @Override
      public void scan() {
        Prepared.discard(rows);
      }

      @Override
      public void ours() {
        Prepared.discard(sample(rows));
      }

      @Override
      public void peer() {
        Prepared.discard(rows);
      }

      @Override
      public Outcome outcome() {
        return Outcome.of(Map.of("synthetic", sample(rows).filter("synthetic").count()));
      }

      @Override
      public void close() {}
    };
  }

  private static Dataset<Row> rows(SparkSession spark) {
    Column[] values =
        IntStream.range(0, FEATURES)
            .mapToObj(j -> rand(j).minus(0.5).multiply(j + 1))
            .toArray(Column[]::new);
    return spark
        .range(0, ROWS, 1, PARTITIONS)
        .withColumn("label", expr("cast(id % " + ROWS / MINORITY + " = 0 as double)"))
        .withColumn("features", functions.array_to_vector(array(values)));
  }

  private static Dataset<Row> sample(Dataset<Row> rows) {
    return new Smote()
        .setKeyCol("id")
        .setSamplingStrategy("counts(1=" + (TIMES + 1) * MINORITY + ")")
        .resample(rows);
  }
}
