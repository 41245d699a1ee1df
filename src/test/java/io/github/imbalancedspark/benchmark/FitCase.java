package io.github.imbalancedspark.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A fit: data, penalty and the positive weights to fit, one model each.
 *
 * @param name what to call it
 * @param data the population, or {@code null} for the card sample
 * @param regParam penalty of both competitors
 * @param posWeights one model each
 * @param cached whether both read a cached frame
 * @param solver ours
 */
record FitCase(
    String name,
    BenchmarkData data,
    double regParam,
    double[] posWeights,
    boolean cached,
    String solver)
    implements BenchmarkCase {

  static final BenchmarkData FRAUD =
      new BenchmarkData("dense-fraud", 2_000_000, 30, 0, 0.3, -8.6, 1);
  private static final BenchmarkData WIDE =
      new BenchmarkData("dense-wide", 200_000, 500, 0, 0.8, -8.8, 2);
  static final BenchmarkData SPARSE =
      new BenchmarkData("sparse", 1_000_000, 1 << 18, 30, 0, -9.0, 3);

  static final List<FitCase> ALL =
      List.of(
          new FitCase("dense-fraud", FRAUD, 0, new double[] {1}, false),
          new FitCase("dense-fraud-l2", FRAUD, 1e-4, new double[] {1}, false),
          new FitCase("dense-wide", WIDE, 1e-4, new double[] {1}, false),
          new FitCase("sparse", SPARSE, 1e-4, new double[] {50}, false),
          new FitCase("sparse-lbfgs", SPARSE, 1e-4, new double[] {50}, false, "lbfgs"),
          new FitCase("grid-one", FRAUD, 0, new double[] {1}, true),
          new FitCase("grid", FRAUD, 0, new double[] {1, 5, 10, 50, 100, 200}, true),
          new FitCase("small", null, 0, new double[] {10}, true));

  private FitCase(
      String name, BenchmarkData data, double regParam, double[] posWeights, boolean cached) {
    this(name, data, regParam, posWeights, cached, "auto");
  }

  @Override
  public FitComparison prepare(SparkSession spark, String folder) throws IOException {
    return new FitComparison(this, load(spark, folder));
  }

  /**
   * Returns label, features and, for each positive weight, the row weight that Spark needs for it.
   */
  private Dataset<Row> load(SparkSession spark, String folder) throws IOException {
    Dataset<Row> rows = data == null ? cardSample(spark) : data.load(spark, folder);
    for (int k = 0; k < posWeights.length; k++) {
      rows =
          rows.withColumn(
              weightCol(k),
              functions.when(functions.col("label").equalTo(1), posWeights[k]).otherwise(1.0));
    }
    if (cached) {
      rows = rows.cache();
      rows.count();
    }
    return rows;
  }

  static String weightCol(int model) {
    return "weight" + model;
  }

  private static Dataset<Row> cardSample(SparkSession spark) {
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("jobs/sample-data/creditcard-sample.csv.gz")
            .repartition(2);
    String[] features =
        Arrays.stream(rows.columns()).filter(c -> !c.equals("Class")).toArray(String[]::new);
    return new VectorAssembler()
        .setInputCols(features)
        .setOutputCol("features")
        .transform(rows)
        .select(functions.col("Class").cast("double").as("label"), functions.col("features"));
  }
}
