package io.github.imbalancedspark.support;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The real data sets of the reference fits, each as label, weight (row i of the file weighs 1 + i
 * mod 3) and features, cached.
 */
public final class TestData {

  private static final Dataset<Row> CREDIT_CARD = creditCard();
  private static final Dataset<Row> W8A = w8a();

  private TestData() {}

  /** Returns the data set that the reference file calls by {@code name}. */
  public static Dataset<Row> named(String name) {
    return switch (name) {
      case "creditcard-sample" -> CREDIT_CARD;
      case "w8a" -> W8A;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Dataset<Row> creditCard() {
    Dataset<Row> rows =
        SparkSessions.shared()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("jobs/sample-data/creditcard-sample.csv.gz")
            .withColumn("row", monotonically_increasing_id()); // one file, one partition
    String[] features =
        Arrays.stream(rows.columns())
            .filter(c -> !c.equals("Class") && !c.equals("row"))
            .toArray(String[]::new);
    return finish(
        new VectorAssembler()
            .setInputCols(features)
            .setOutputCol("features")
            .transform(rows)
            .withColumn("label", col("Class").cast("double")));
  }

  private static Dataset<Row> w8a() {
    return finish(
        SparkSessions.shared()
            .read()
            .format("libsvm")
            .option("numFeatures", 300)
            .load("src/test/resources/data/w8a.libsvm.gz")
            .withColumn("row", monotonically_increasing_id())
            .withColumn("label", when(col("label").gt(0), 1.0).otherwise(0.0)));
  }

  private static Dataset<Row> finish(Dataset<Row> rows) {
    Dataset<Row> result =
        rows.withColumn("weight", col("row").mod(3).plus(lit(1.0)))
            .select("row", "label", "weight", "features")
            .repartition(2, col("row"))
            .cache();
    result.count();
    return result;
  }
}
