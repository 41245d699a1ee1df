package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares a table's rows once, and compares remedies on them.
 *
 * @param input the table's path
 * @param training the table and the pipeline, which ends in the learner
 * @param split which rows choose and which test
 * @param metric the metric that chooses among remedies
 * @param criterion what each one's threshold is chosen for, or {@code null} for F1
 */
record ComparisonRun(
    String input, Training training, SplitOptions split, String metric, String criterion) {

  private static final Logger LOG = LoggerFactory.getLogger(ComparisonRun.class);
  private static final String DEFAULT_CRITERION = "f1";

  /** Returns what the remedies came to. */
  ComparisonReport report(ImbalancedLogisticRegression learner) {
    Dataset<Row> rows = training.rows().persist(StorageLevel.MEMORY_AND_DISK());
    List<Dataset<Row>> parts = List.of();
    try {
      List<Dataset<Row>> raw = split.split(rows, training.labelCol(), training.names(), true);
      PipelineModel features = Pipelines.withoutLast(training.pipeline()).fit(raw.get(0));
      parts =
          raw.stream()
              .map(part -> features.transform(part).persist(StorageLevel.MEMORY_AND_DISK()))
              .toList();
      List<RemedyResult> results =
          comparison(learner).run(remedies(), parts.get(0), parts.get(1), parts.get(2));
      return new ComparisonReport(
          input,
          training,
          metric,
          results.stream().map(result -> result.after(features, raw.get(0))).toList());
    } finally {
      parts.forEach(Dataset::unpersist);
      rows.unpersist();
    }
  }

  private RemedyComparison comparison(ImbalancedLogisticRegression learner) {
    return new RemedyComparison(
        learner,
        new Remedy.Columns(
            training.labelCol(),
            learner.getFeaturesCol(),
            training.weightCol(),
            training.names().take("class_weight")),
        metric,
        ThresholdCriterion.of(criterion == null ? DEFAULT_CRITERION : criterion),
        split.seed());
  }

  /** Between the categories of one-hot encoded columns there are no rows. */
  private List<Remedy> remedies() {
    boolean categorical = !training.columns().categorical().isEmpty();
    if (categorical) {
      LOG.info("SMOTE is left out: it cannot put rows between categories");
    }
    return Arrays.stream(Remedy.values())
        .filter(remedy -> !categorical || !remedy.isSynthetic())
        .toList();
  }
}
