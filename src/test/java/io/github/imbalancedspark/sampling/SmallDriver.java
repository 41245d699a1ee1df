package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.support.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkException;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Every sampler on millions of rows, in a JVM of its own whose driver takes no more than {@value
 * #LARGEST_RESULT} from a job; prints each one's class counts. In the end the rows' ids alone are
 * collected, which must fail.
 */
final class SmallDriver {

  static final long ROWS = 3_000_000;
  static final long POSITIVES = 3_000;

  /** Room for the positives, and for what tasks report besides. */
  private static final String LARGEST_RESULT = "2m";

  private SmallDriver() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.maxResultSize", LARGEST_RESULT)
            .getOrCreate();
    Dataset<Row> rows = rows(spark);
    uses()
        .forEach(
            (name, use) ->
                System.out.println(name + ": " + new TreeMap<>(Rows.counts(use.apply(rows)))));
    System.out.println("collected ids: " + collected(rows));
    spark.stop();
  }

  private static Dataset<Row> rows(SparkSession spark) {
    return spark
        .range(0, ROWS, 1, 4)
        .withColumn("label", expr("double(id % " + ROWS / POSITIVES + " = 0)"))
        .withColumn("w", expr("double(1 + id % 7)"))
        .withColumn("place", expr("id div 100"))
        .withColumn(
            "features",
            functions.array_to_vector(
                array(expr("hash(id)"), expr("hash(-id)"), expr("hash(id, 1)"))));
  }

  private static Map<String, UnaryOperator<Dataset<Row>>> uses() {
    Map<String, UnaryOperator<Dataset<Row>>> uses = new LinkedHashMap<>();
    uses.put("under", rows -> under().resample(rows));
    uses.put("over", rows -> under().setMethod("over").resample(rows));
    uses.put("with replacement", rows -> weighted().resample(rows));
    uses.put("without replacement", rows -> weighted().setReplacement(false).resample(rows));
    uses.put("smote", rows -> smote().resample(rows));
    uses.put("smote of a large class", rows -> smote().setMaxBroadcastMinority(500).resample(rows));
    uses.put("split", rows -> new StratifiedSplit().setKeyCol("id").split(rows, 0.75, 0.25).get(1));
    uses.put(
        "folds",
        rows ->
            new StratifiedFolds()
                .setKeyCol("id")
                .setNumFolds(4)
                .setFoldCol("fold")
                .assign(rows)
                .filter("fold = 0"));
    return uses;
  }

  private static StratifiedResampler under() {
    return new StratifiedResampler().setKeyCol("id").setSamplingStrategy(0.1);
  }

  private static WeightedSampler weighted() {
    return new WeightedSampler()
        .setKeyCol("id")
        .setSamplingWeightCol("w")
        .setClassWeights(Map.of(0.0, 0.0))
        .setNumSamples(2_000);
  }

  private static Smote smote() {
    return new Smote().setKeyCol("id").setSamplingStrategy("counts(1=" + 2 * POSITIVES + ")");
  }

  private static String collected(Dataset<Row> rows) {
    try {
      return rows.select("id").collectAsList().size() + " rows";
    } catch (Exception e) { // as Scala throws it: checked, and not declared
      return e instanceof SparkException ? e.getMessage() : e.toString();
    }
  }
}
