package io.github.imbalancedspark.benchmark;

import org.apache.spark.sql.SparkSession;

/**
 * How close corrected probabilities come to known ones, each pair on a population of its own seed:
 * after weighting, after sampling and after half of each, against Spark's plain fit.
 */
record OddsCase() implements BenchmarkCase {

  @Override
  public String name() {
    return "odds";
  }

  @Override
  public Comparison prepare(SparkSession spark, String folder) {
    return new OddsComparison(spark);
  }
}
