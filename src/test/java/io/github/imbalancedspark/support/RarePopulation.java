package io.github.imbalancedspark.support;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A logistic population whose probabilities are known: a million rows of four normal features, 0.2%
 * of them positive.
 */
public final class RarePopulation {

  private static final long ROWS = 1_000_000;
  private static final int PARTITIONS = 2;
  private static final double INTERCEPT = -7.15;
  private static final double[] COEFFICIENTS = {1, -0.7, 0.5, 0.3};

  private RarePopulation() {}

  /** Returns id, features, the known probability p, and label, drawn with it. */
  public static Dataset<Row> draw(SparkSession spark, long seed) {
    Column[] features = new Column[COEFFICIENTS.length];
    Arrays.setAll(features, j -> randn(seed * (COEFFICIENTS.length + 1) + j).as("x" + j));
    Column[] names = new Column[features.length];
    Arrays.setAll(names, j -> col("x" + j));
    Column margin = lit(INTERCEPT);
    for (int j = 0; j < names.length; j++) {
      margin = margin.plus(names[j].multiply(COEFFICIENTS[j]));
    }
    Column p = lit(1).divide(lit(1).plus(exp(margin.multiply(-1))));
    Column drawn = rand(seed * (COEFFICIENTS.length + 1) + COEFFICIENTS.length);
    return spark
        .range(0, ROWS, 1, PARTITIONS)
        .select(arrayOf(col("id"), features))
        .select(col("id"), array_to_vector(array(names)).as("features"), p.as("p"))
        .withColumn("label", when(drawn.lt(col("p")), 1.0).otherwise(0.0));
  }

  private static Column[] arrayOf(Column first, Column... others) {
    Column[] all = new Column[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  /** Returns Σ|p̂ − p| / Σp of estimates of the known probability. */
  public static double error(Dataset<Row> scored, Column estimate) {
    return scored.agg(sum(abs(estimate.minus(col("p")))).divide(sum(col("p")))).head().getDouble(0);
  }
}
