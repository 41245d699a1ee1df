package io.github.imbalancedspark.core.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every metric of scored rows at one threshold. Rows count by their weight; {@code rows} and {@code
 * positives} are plain numbers of rows.
 *
 * @param tally what was gathered from the rows
 * @param threshold rows with a score strictly above it are predicted positive
 * @param confusion the confusion matrix there
 * @param ranking the metrics that need no threshold
 */
public record BinaryMetrics(
    ScoreTally tally, double threshold, ConfusionMatrix confusion, RankingMetrics ranking) {

  /** Computes the metrics of {@code tally} at {@code threshold}. */
  public static BinaryMetrics of(ScoreTally tally, double threshold) {
    return new BinaryMetrics(
        tally, threshold, tally.curve().confusionAt(threshold), RankingMetrics.of(tally.curve()));
  }

  /** Returns a metric's value, or why there is none. */
  public MetricValue value(Metric metric) {
    return metric.value(this);
  }

  /**
   * Returns the value of the metric of that name.
   *
   * @throws IllegalArgumentException if there is no such metric, or none for these rows, with the
   *     reason
   */
  public double get(String name) {
    MetricValue value = value(Metric.of(name));
    if (value.value() == null) {
      throw new IllegalArgumentException(value.reason());
    }
    return value.value();
  }

  /**
   * Returns the metrics by name, in the order of a report, with tp, fp, tn, fn, threshold, rows and
   * positives; {@code null} stands for a metric that does not exist.
   */
  public Map<String, Double> asMap() {
    Map<String, Double> map = new LinkedHashMap<>();
    for (Metric metric : Metric.standard()) {
      map.put(metric.name(), value(metric).value());
    }
    map.put("tp", confusion.tp());
    map.put("fp", confusion.fp());
    map.put("tn", confusion.tn());
    map.put("fn", confusion.fn());
    map.put("threshold", threshold);
    map.put("rows", (double) tally.rows());
    map.put("positives", (double) tally.positives());
    map.put("roc_auc_error", present(ranking.rocAucError()));
    map.put("average_precision_error", present(ranking.averagePrecisionError()));
    return map;
  }

  private static Double present(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Returns why a metric does not exist, by name, for those that do not. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Metric metric : Metric.standard()) {
      MetricValue value = value(metric);
      if (value.value() == null) {
        reasons.put(metric.name(), value.reason());
      }
    }
    return reasons;
  }
}
