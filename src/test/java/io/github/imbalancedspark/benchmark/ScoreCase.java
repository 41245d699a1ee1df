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
import java.util.function.UnaryOperator;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One and the same model, as ours and as Spark's, appends its columns to every row, and the rows
 * are thrown away. Where each feature has a column, Spark assembles vectors first.
 *
 * @param name what to call it
 * @param data the population
 * @param inColumns whether each feature has a column of its own
 */
record ScoreCase(String name, BenchmarkData data, boolean inColumns) implements BenchmarkCase {

  static final List<ScoreCase> ALL =
      List.of(
          new ScoreCase("score", FitCase.FRAUD, false),
          new ScoreCase("score-columns", FitCase.FRAUD, true),
          new ScoreCase("score-sparse", FitCase.SPARSE, false));

  private static final double FITTED_FRACTION = 0.02;

  @Override
  public Comparison prepare(SparkSession spark, String folder) throws IOException {
    Dataset<Row> rows = inColumns ? data.loadColumns(spark, folder) : data.load(spark, folder);
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression().setRegParam(1e-4);
    VectorAssembler assembler = new VectorAssembler().setOutputCol("features");
    if (inColumns) {
      learner.setFeaturesCols(data.columnNames());
      assembler.setInputCols(data.columnNames());
    }
    ImbalancedLogisticRegressionModel model = learner.fit(rows.sample(FITTED_FRACTION, 1));
    UnaryOperator<Dataset<Row>> assembled = table -> inColumns ? assembler.transform(table) : table;
    ImbalancedLogisticRegressionModel ofVectors = model.copy(new ParamMap());
    ofVectors.clear(ofVectors.featuresCols());
    LogisticRegressionModel peer = ofVectors.toSpark();
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
        discard(peer.transform(assembled.apply(rows)));
      }

      @Override
      public Outcome outcome() {
        return Outcome.of(
            Map.of("largest_difference", largestDifference(assembled.apply(rows), model, peer)));
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
