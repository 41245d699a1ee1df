package io.github.imbalancedspark.benchmark;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
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
 * @param common share of a dense feature's variance that factors shared by all of them explain
 * @param intercept the margin's constant, which sets the share of positives
 * @param seed seed of everything
 */
record BenchmarkData(
    String name, long rows, int features, int nonZeros, double common, double intercept, long seed)
    implements Serializable {

  private static final int PARTITIONS = 8;
  private static final int FEATURES_A_FACTOR = 10;

  Dataset<Row> load(SparkSession spark, String folder) throws java.io.IOException {
    return load(spark, folder + "/" + name, () -> generate(spark));
  }

  /** Returns the same rows with a column for each feature in place of the vectors. */
  Dataset<Row> loadColumns(SparkSession spark, String folder) throws java.io.IOException {
    Dataset<Row> vectors = load(spark, folder);
    Column array = functions.vector_to_array(col("features"), "float64");
    List<Column> columns = new ArrayList<>(List.of(col("label")));
    for (int j = 0; j < features; j++) {
      columns.add(array.getItem(j).as(columnNames()[j]));
    }
    return load(
        spark,
        folder + "/" + name + "-columns",
        () -> vectors.select(columns.toArray(new Column[0])));
  }

  String[] columnNames() {
    return IntStream.range(0, features).mapToObj(j -> "x" + j).toArray(String[]::new);
  }

  private Dataset<Row> load(SparkSession spark, String path, Supplier<Dataset<Row>> maker)
      throws java.io.IOException {
    Path done = new Path(path, "_SUCCESS");
    FileSystem files = done.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (!files.exists(done)) {
      System.out.printf("making %s: %,d rows of %,d features%n", name, rows, features);
      maker.get().write().mode("overwrite").parquet(path);
    }
    return spark.read().parquet(path);
  }

  private Dataset<Row> generate(SparkSession spark) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] coefficients =
        gaussians(features, nonZeros > 0 ? 0.7 : 2 / Math.sqrt(features), random);
    int factors = nonZeros > 0 ? 0 : Math.max(1, features / FEATURES_A_FACTOR);
    double[][] loadings = new double[features][];
    Arrays.setAll(loadings, j -> gaussians(factors, Math.sqrt(common / factors), random));
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    return spark.createDataFrame(
        spark
            .range(0, rows, 1, PARTITIONS)
            .toJavaRDD()
            .map(i -> row(i, new DenseVector(coefficients), loadings)),
        schema);
  }

  private Row row(long i, Vector coefficients, double[][] loadings) {
    SplittableRandom random = new SplittableRandom(seed ^ (i + 1) * 0x9E3779B97F4A7C15L);
    Vector x = nonZeros > 0 ? sparse(random) : dense(random, loadings);
    double margin = intercept + x.dot(coefficients);
    double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
    return RowFactory.create(label, x);
  }

  /** Features that common factors make correlated, as those of transactions are. */
  private Vector dense(SplittableRandom random, double[][] loadings) {
    double[] factors = gaussians(loadings[0].length, 1, random);
    double[] values = gaussians(features, Math.sqrt(1 - common), random);
    for (int j = 0; j < features; j++) {
      for (int k = 0; k < factors.length; k++) {
        values[j] += loadings[j][k] * factors[k];
      }
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

  private static double[] gaussians(int count, double deviation, SplittableRandom random) {
    double[] values = new double[count];
    for (int k = 0; k < count; k++) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      values[k] = deviation * radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
    return values;
  }
}
