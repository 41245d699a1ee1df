package io.github.imbalancedspark.benchmark;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One and the same model, as ours and as Spark's, appends its columns to every row, and the rows
 * are thrown away.
 *
 * @param name what to call it
 * @param data the population
 */
record ScoreCase(String name, BenchmarkData data) implements BenchmarkCase {

  static final List<ScoreCase> ALL =
      List.of(new ScoreCase("score", FitCase.FRAUD), new ScoreCase("score-sparse", FitCase.SPARSE));

  private static final double FITTED_FRACTION = 0.02;

  @Override
  public Comparison prepare(SparkSession spark, String folder) throws IOException {
    Dataset<Row> rows = data.load(spark, folder);
    ImbalancedLogisticRegressionModel model =
        new ImbalancedLogisticRegression().setRegParam(1e-4).fit(rows.sample(FITTED_FRACTION, 1));
    LogisticRegressionModel peer = model.toSpark();
    return new Comparison() {
      @Override
      public void scan() {
        discard(rows);
      }

      @Override
      public void ours() {
        discard(model.transform(rows));
      }

      @Override
      public void peer() {
        discard(peer.transform(rows));
      }

      @Override
      public Outcome outcome() {
        return Outcome.of(Map.of("largest_difference", largestDifference(rows, model, peer)));
      }

      @Override
      public void close() {}
    };
  }

  /** Returns how far apart the two positive probabilities of a row are at most. */
  private static double largestDifference(
      Dataset<Row> rows, ImbalancedLogisticRegressionModel model, LogisticRegressionModel peer) {
    String[] names = {model.getProbabilityCol(), "peer"};
    Dataset<Row> both =
        peer.copy(ParamMap.empty())
            .setRawPredictionCol("")
            .setPredictionCol("")
            .setProbabilityCol(names[1])
            .transform(model.transform(rows));
    Column[] positive =
        Arrays.stream(names)
            .map(name -> vector_to_array(col(name), "float64").getItem(1))
            .toArray(Column[]::new);
    return both.select(max(abs(positive[0].minus(positive[1])))).head().getDouble(0);
  }

  private static void discard(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }
}
