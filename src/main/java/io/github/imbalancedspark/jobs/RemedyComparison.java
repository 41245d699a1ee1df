package io.github.imbalancedspark.jobs;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries remedies on the same training rows with the same learner: validation rows choose the
 * threshold of each, and how good it is; test rows are reported.
 *
 * @param learner the learner, its columns set
 * @param columns the columns of the rows
 * @param metric the metric that chooses among remedies
 * @param criterion what each one's threshold is chosen for
 * @param seed decides about sampling
 */
record RemedyComparison(
    ImbalancedLogisticRegression learner,
    Remedy.Columns columns,
    String metric,
    ThresholdCriterion criterion,
    long seed) {

  private static final Logger LOG = LoggerFactory.getLogger(RemedyComparison.class);
  private static final double ANY_THRESHOLD = 0.5;

  /** Returns what each remedy came to, in order. */
  List<RemedyResult> run(
      List<Remedy> remedies, Dataset<Row> training, Dataset<Row> validation, Dataset<Row> test) {
    List<RemedyResult> results = new ArrayList<>();
    for (Remedy remedy : remedies) {
      LOG.info("trying {}", remedy.title());
      results.add(run(remedy, training, validation, test));
    }
    return results;
  }

  private RemedyResult run(
      Remedy remedy, Dataset<Row> training, Dataset<Row> validation, Dataset<Row> test) {
    PipelineStage[] stages = remedy.stages(learner.copy(ParamMap.empty()), columns, seed);
    long start = System.nanoTime();
    PipelineModel fitted = new Pipeline().setStages(stages).fit(training);
    double seconds = (System.nanoTime() - start) / 1e9;
    ImbalancedLogisticRegressionModel model =
        (ImbalancedLogisticRegressionModel) fitted.stages()[stages.length - 1];
    boolean corrects = model.correctionRefusal().isEmpty();
    if (corrects) {
      model.setCorrectedProbabilityCol(ModelFolder.CORRECTED_PROBABILITY);
    }
    BinaryMetrics chosenOn =
        evaluate(model.transform(validation), ModelFolder.PROBABILITY, ANY_THRESHOLD);
    ThresholdChoice choice = criterion.choose(chosenOn.tally(), Double.NaN);
    double threshold = choice.threshold();
    model.setThreshold(threshold);
    Dataset<Row> scored = model.transform(test);
    return new RemedyResult(
        remedy,
        choice.shortfall(),
        BinaryMetrics.of(chosenOn.tally(), threshold).get(metric),
        evaluate(scored, ModelFolder.PROBABILITY, threshold),
        corrects ? evaluate(scored, ModelFolder.CORRECTED_PROBABILITY, ANY_THRESHOLD) : null,
        overActual(scored, vector_to_array(col(ModelFolder.PROBABILITY), "float64").getItem(1)),
        corrects ? overActual(scored, col(ModelFolder.CORRECTED_PROBABILITY)) : null,
        fitted,
        seconds);
  }

  private BinaryMetrics evaluate(Dataset<Row> scored, String scoreCol, double threshold) {
    return BinaryEvaluation.evaluate(
        scored, scoreCol, columns.label(), columns.weight(), threshold);
  }

  private double overActual(Dataset<Row> scored, Column probability) {
    Column weight = columns.weight() == null ? lit(1.0) : col(columns.weight());
    return scored
        .agg(sum(weight.multiply(probability)).divide(sum(weight.multiply(col(columns.label())))))
        .head()
        .getDouble(0);
  }

  private static Column col(String name) {
    return Columns.named(name);
  }
}
