package io.github.imbalancedspark.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The evaluation of cached scores, all distinct, of which about one in a hundred is a positive's:
 * every metric of ours in its one pass, against Spark's two, each in passes of its own.
 *
 * @param name what to call it
 * @param rows number of rows
 */
record EvaluateCase(String name, long rows) implements BenchmarkCase {

  private static final int PARTITIONS = 8;
  private static final double THRESHOLD = 0.05;

  static final List<EvaluateCase> ALL = List.of(new EvaluateCase("evaluate", 2_000_000));

  @Override
  public Comparison prepare(SparkSession spark, String folder) {
    Column margin = log(uniform(1).divide(lit(1).minus(uniform(1)))).minus(5);
    Dataset<Row> scored =
        spark
            .range(0, rows, 1, PARTITIONS)
            .select(lit(1).divide(lit(1).plus(exp(margin.multiply(-1)))).as("score"), uniform(2))
            .select(col("score"), col("u2").lt(col("score")).cast("double").as("label"))
            .cache();
    scored.count();
    return new Evaluations(scored);
  }

  /** A number in (0, 1) by a hash of the row's id. */
  private static Column uniform(int seed) {
    return xxhash64(col("id"), lit(seed))
        .bitwiseAND(lit((1L << 52) - 1))
        .plus(0.5)
        .divide((double) (1L << 52))
        .as("u" + seed);
  }

  /** Both evaluations of one frame. */
  private static final class Evaluations implements Comparison {

    private final Dataset<Row> scored;
    private BinaryMetrics ours;
    private double rocAuc;
    private double prAuc;

    Evaluations(Dataset<Row> scored) {
      this.scored = scored;
    }

    @Override
    public void scan() {
      scored.write().format("noop").mode("overwrite").save();
    }

    @Override
    public void ours() {
      ours = BinaryEvaluation.evaluate(scored, "score", "label", null, THRESHOLD);
      ours.asMap();
    }

    @Override
    public void peer() {
      BinaryClassificationEvaluator evaluator =
          new BinaryClassificationEvaluator().setRawPredictionCol("score");
      rocAuc = evaluator.setMetricName("areaUnderROC").evaluate(scored);
      prAuc = evaluator.setMetricName("areaUnderPR").evaluate(scored);
    }

    @Override
    public Outcome outcome() {
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("rows", ours.tally().rows());
      more.put("distinct_scores", ours.tally().curve().size());
      more.put("roc_auc_ours", ours.get("roc_auc"));
      more.put("roc_auc_peer", rocAuc);
      more.put("average_precision_ours", ours.get("average_precision"));
      more.put("area_under_pr_peer", prAuc);
      return Outcome.of(more);
    }

    @Override
    public void close() {
      scored.unpersist();
    }
  }
}
