package io.github.imbalancedspark.benchmark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A logistic population with a rare positive class, made once from a seed and kept as Parquet:
 * label, features. Row i depends on the seed and i only.
 *
 * @param name names the folder
 * @param rows number of rows
 * @param features number of features
 * @param nonZeros stored entries a row, or 0 for dense rows
 * @param intercept the margin's constant, which sets the share of positives
 * @param seed seed of everything
 */
record BenchmarkData(
    String name, long rows, int features, int nonZeros, double intercept, long seed)
    implements Serializable {

  private static final int PARTITIONS = 8;

  Dataset<Row> load(SparkSession spark, String folder) throws java.io.IOException {
    String path = folder + "/" + name;
    Path done = new Path(path, "_SUCCESS");
    FileSystem files = done.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (!files.exists(done)) {
      System.out.printf("making %s: %,d rows of %,d features%n", name, rows, features);
      generate(spark).write().mode("overwrite").parquet(path);
    }
    return spark.read().parquet(path);
  }

  private Dataset<Row> generate(SparkSession spark) {
    double[] coefficients = new double[features];
    SplittableRandom random = new SplittableRandom(seed);
    for (int j = 0; j < features; j++) {
      coefficients[j] = gaussian(random) * (nonZeros > 0 ? 0.7 : 2 / Math.sqrt(features));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    return spark.createDataFrame(
        spark.range(0, rows, 1, PARTITIONS).toJavaRDD().map(i -> row(i, coefficients)), schema);
  }

  private Row row(long i, double[] coefficients) {
    SplittableRandom random = new SplittableRandom(seed ^ (i + 1) * 0x9E3779B97F4A7C15L);
    Vector x = nonZeros > 0 ? sparse(random) : dense(random);
    double margin = intercept + x.dot(Vectors.dense(coefficients));
    double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
    return RowFactory.create(label, x);
  }

  /** Correlated features of different spreads and means. */
  private Vector dense(SplittableRandom random) {
    double common = gaussian(random);
    double[] values = new double[features];
    for (int j = 0; j < features; j++) {
      values[j] = 0.3 * common + gaussian(random);
    }
    return Vectors.dense(values);
  }

  /** Features of falling popularity, as words or merchants are. */
  private Vector sparse(SplittableRandom random) {
    int[] indices =
        random
            .doubles(4L * nonZeros)
            .mapToInt(u -> (int) (features * u * u * u))
            .distinct()
            .limit(nonZeros)
            .sorted()
            .toArray();
    double[] values = new double[indices.length];
    Arrays.setAll(values, k -> 1);
    return Vectors.sparse(features, indices, values);
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
