package io.github.imbalancedspark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.sampling.StratifiedResampler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * 20,000,000 rows of 1 positive to 999 negatives, under-sampled to 1:10, against {@code sampleBy}
 * with the fractions that give as many rows on average. Both throw the rows away.
 *
 * @param name what to call it
 * @param exact whether ours meets the counts exactly
 */
record SamplingCase(String name, boolean exact) implements BenchmarkCase {

  static final List<SamplingCase> ALL =
      List.of(new SamplingCase("under-expected", false), new SamplingCase("under-exact", true));

  private static final long ROWS = 20_000_000;
  private static final long NEGATIVES_TO_ONE = 999;
  private static final int PARTITIONS = 8;

  @Override
  public Comparison prepare(SparkSession spark, String folder) throws IOException {
    Dataset<Row> rows = Prepared.parquet(spark, folder + "/under-sampling", SamplingCase::rows);
    return new Comparison() {
      @Override
      public void scan() {
        Prepared.discard(rows);
      }

      @Override
      public void ours() {
        Prepared.discard(oursOf(rows));
      }

      @Override
      public void peer() {
        Prepared.discard(peerOf(rows));
      }

      @Override
      public Outcome outcome() {
        return Outcome.of(
            Map.of("counts_ours", counts(oursOf(rows)), "counts_peer", counts(peerOf(rows))));
      }

      @Override
      public void close() {}
    };
  }

  private static Dataset<Row> rows(SparkSession spark) {
    return spark
        .range(0, ROWS, 1, PARTITIONS)
        .withColumn("label", expr("cast(id % " + (NEGATIVES_TO_ONE + 1) + " = 0 as double)"))
        .withColumn("amount", expr("rand(1)"));
  }

  private Dataset<Row> oursOf(Dataset<Row> rows) {
    return new StratifiedResampler()
        .setExact(exact)
        .setKeyCol("id")
        .setSamplingStrategy(0.1)
        .resample(rows);
  }

  private static Dataset<Row> peerOf(Dataset<Row> rows) {
    return rows.stat().sampleBy("label", Map.of(0.0, 10.0 / NEGATIVES_TO_ONE, 1.0, 1.0), 1);
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new TreeMap<>();
    rows.groupBy(col("label"))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.get(0).toString(), row.getLong(1)));
    return counts;
  }
}
