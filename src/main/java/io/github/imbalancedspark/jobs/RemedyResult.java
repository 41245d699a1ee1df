package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a remedy came to.
 *
 * @param remedy the remedy
 * @param shortfall {@code null}, or how far its threshold misses the bound that it was to keep
 * @param chosenBy the metric that chooses, on validation rows
 * @param test metrics of the test rows, at the threshold that the validation rows chose
 * @param corrected the same of corrected probabilities, or {@code null} if there are none
 * @param predictedOverActual the sum of the test rows' probabilities over that of their labels
 * @param correctedOverActual the same of corrected probabilities, or {@code null}
 * @param fitted the fitted stages, of which the last is the model with that threshold
 * @param seconds time of the fit, resampling included
 */
record RemedyResult(
    Remedy remedy,
    String shortfall,
    double chosenBy,
    BinaryMetrics test,
    BinaryMetrics corrected,
    double predictedOverActual,
    Double correctedOverActual,
    PipelineModel fitted,
    double seconds) {

  /** Returns whether its threshold keeps the bound that it was to keep. */
  boolean serves() {
    return shortfall == null;
  }

  /** Returns what the test rows say. */
  Evaluated tested() {
    return new Evaluated(test, corrected, null, null);
  }

  /** Returns the model. */
  ImbalancedLogisticRegressionModel model() {
    Transformer[] stages = fitted.stages();
    return (ImbalancedLogisticRegressionModel) stages[stages.length - 1];
  }

  /** Returns the result with a pipeline model that makes the features first. */
  RemedyResult after(PipelineModel features, Dataset<Row> rows) {
    return new RemedyResult(
        remedy,
        shortfall,
        chosenBy,
        test,
        corrected,
        predictedOverActual,
        correctedOverActual,
        Pipelines.joined(rows, features, fitted),
        seconds);
  }

  /** Returns the entries of the file, flat; {@code null} for what does not exist. */
  Map<String, Object> entries(String metric) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("remedy", remedy.title());
    entries.put("validation_" + metric, chosenBy);
    entries.put("threshold_for_reached", serves());
    entries.putAll(new MetricsReport(tested()).entries());
    entries.put("odds_factor", model().oddsFactor());
    entries.put("exact_odds_factor", model().hasExactOddsFactor());
    entries.put("predicted_over_actual", predictedOverActual);
    entries.put("corrected_predicted_over_actual", correctedOverActual);
    entries.put("seconds", seconds);
    return entries;
  }
}
