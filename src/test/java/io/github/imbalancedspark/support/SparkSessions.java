package io.github.imbalancedspark.support;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test run. */
public final class SparkSessions {

  private static final SparkSession SHARED =
      SparkSession.builder()
          .master("local[2]")
          .appName("imbalanced-spark tests")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", 4)
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  private SparkSessions() {}

  /** Returns the shared session. */
  public static SparkSession shared() {
    return SHARED;
  }
}
