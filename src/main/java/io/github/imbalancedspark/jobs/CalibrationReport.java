package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import io.github.imbalancedspark.report.Table;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far probabilities are from what came of the test rows, which count as in the population.
 *
 * @param method how the calibrator learnt
 * @param metrics metrics by the name of the probability
 */
record CalibrationReport(String method, Map<String, BinaryMetrics> metrics) {

  private static final double ANY_THRESHOLD = 0.5;
  private static final String CALIBRATED = "calibrated";

  /** Evaluates test rows that a calibrated pipeline scored, each probability in the same pass. */
  static CalibrationReport of(
      String method,
      Dataset<Row> scored,
      Training training,
      ImbalancedLogisticRegressionModel classifier) {
    PopulationWeight weight = PopulationWeight.of(scored, training, classifier);
    Dataset<Row> weighed = weight.on(scored);
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("as trained", ModelFolder.PROBABILITY);
    if (classifier.correctionRefusal().isEmpty()) {
      columns.put("corrected", ModelFolder.CORRECTED_PROBABILITY);
    }
    columns.put(CALIBRATED, ModelFolder.CALIBRATED_PROBABILITY);
    List<ScoredColumns> scores =
        columns.values().stream()
            .map(
                name ->
                    ScoredColumns.of(
                        weighed.schema(), "scoreCol", name, training.labelCol(), weight.name()))
            .toList();
    int[] bins = new int[scores.size()];
    Arrays.fill(bins, ScoreCurve.DEFAULT_MAX_BINS);
    Iterator<ScoreTally> tallies =
        BinaryEvaluation.tallies(weighed, scores, bins, ANY_THRESHOLD).iterator();
    Map<String, BinaryMetrics> metrics = new LinkedHashMap<>();
    for (String name : columns.keySet()) {
      metrics.put(name, BinaryMetrics.of(tallies.next(), ANY_THRESHOLD));
    }
    return new CalibrationReport(method, metrics);
  }

  /** Adds to metrics.json's entries. */
  void addTo(Map<String, Object> entries) {
    entries.put("calibration", method);
    for (String name : List.of("expected_calibration_error", "brier", "log_loss")) {
      entries.put(CALIBRATED + "_" + name, metrics.get(CALIBRATED).get(name));
    }
  }

  Table table() {
    return new Table(
        "Calibration on the test rows, weighed as the population has them",
        List.of("probability", "calibration error", "Brier score", "log loss"),
        metrics.entrySet().stream().map(CalibrationReport::row).toList(),
        "Validation rows taught the calibrated probability (" + method + ").");
  }

  private static List<String> row(Map.Entry<String, BinaryMetrics> entry) {
    Map<String, Double> values = entry.getValue().asMap();
    return List.of(
        entry.getKey(),
        Numbers.metric(entry.getValue().get("expected_calibration_error")),
        Numbers.metric(values.get("brier")),
        Numbers.metric(values.get("log_loss")));
  }
}
