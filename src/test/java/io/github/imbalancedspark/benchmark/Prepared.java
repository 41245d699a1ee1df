package io.github.imbalancedspark.benchmark;

import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows that are made once and kept as Parquet. */
final class Prepared {

  private Prepared() {}

  static Dataset<Row> parquet(
      SparkSession spark, String path, Function<SparkSession, Dataset<Row>> make)
      throws java.io.IOException {
    Path done = new Path(path, "_SUCCESS");
    if (!done.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(done)) {
      System.out.printf("making %s%n", path);
      make.apply(spark).write().mode("overwrite").parquet(path);
    }
    return spark.read().parquet(path);
  }

  /** Computes all rows, and does nothing with them. */
  static void discard(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }
}
