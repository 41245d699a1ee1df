package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ConfusionMatrix;
import io.github.imbalancedspark.core.metrics.Interval;
import io.github.imbalancedspark.core.metrics.PoissonBootstrap;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Figure;
import io.github.imbalancedspark.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The metrics of scored rows as figures, tables and JSON. */
final class MetricsReport {

  private static final Map<String, String> HEADLINES =
      ordered(
          "roc_auc", "ROC AUC",
          "average_precision", "average precision",
          "precision", "precision",
          "recall", "recall",
          "f1", "F1");

  private static final Map<String, String> OTHERS =
      ordered(
          "mcc", "Matthews correlation",
          "accuracy", "accuracy",
          "balanced_accuracy", "balanced accuracy",
          "geometric_mean", "geometric mean",
          "brier", "Brier score",
          "log_loss", "log loss");

  /** Whole numbers, whatever the rows weigh. */
  private static final Set<String> COUNTS = Set.of("rows", "positives");

  /** The draws of the intervals are the same each time. */
  private static final long SEED = 1;

  private final BinaryMetrics metrics;
  private final Map<String, Interval> intervals;

  MetricsReport(BinaryMetrics metrics) {
    this.metrics = metrics;
    List<String> names = new ArrayList<>(HEADLINES.keySet());
    names.addAll(OTHERS.keySet());
    this.intervals =
        new PoissonBootstrap(metrics).intervals(names, PoissonBootstrap.REPLICATES, SEED);
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /**
   * Returns metrics.json's entries: flat, {@code null} for a metric that does not exist; name_low
   * and name_high are the ends of a metric's interval.
   */
  Map<String, Object> entries() {
    Map<String, Object> entries = withWholeCounts(metrics.asMap());
    intervals.forEach(
        (name, interval) -> {
          entries.put(name + "_low", interval.low());
          entries.put(name + "_high", interval.high());
        });
    return entries;
  }

  /** Returns metrics by name, of which numbers of rows are whole numbers. */
  static Map<String, Object> withWholeCounts(Map<String, Double> metrics) {
    Map<String, Object> entries = new LinkedHashMap<>(metrics);
    COUNTS.forEach(name -> entries.computeIfPresent(name, (n, v) -> ((Double) v).longValue()));
    return entries;
  }

  List<Figure> figures() {
    Map<String, Double> values = metrics.asMap();
    List<Figure> figures = new ArrayList<>();
    HEADLINES.forEach(
        (name, label) -> figures.add(new Figure(label, Numbers.metric(values.get(name)))));
    return figures;
  }

  /** Returns the confusion matrix, whose classes are called by the label's values. */
  Table confusion(String negative, String positive, String title, String weightCol) {
    ConfusionMatrix confusion = metrics.confusion();
    return new Table(
        title,
        List.of("", "predicted " + positive, "predicted " + negative),
        List.of(
            List.of(
                "actual " + positive, Numbers.count(confusion.tp()), Numbers.count(confusion.fn())),
            List.of(
                "actual " + negative,
                Numbers.count(confusion.fp()),
                Numbers.count(confusion.tn()))),
        String.format(
            "Predicted %s where the probability is above %s%s.",
            positive,
            Numbers.number(metrics.threshold()),
            weightCol == null ? "" : "; rows count by column '" + weightCol + "'"));
  }

  Table table(String title) {
    Map<String, Double> values = metrics.asMap();
    List<List<String>> rows = new ArrayList<>();
    HEADLINES.forEach((name, label) -> rows.add(row(label, name, values.get(name))));
    OTHERS.forEach((name, label) -> rows.add(row(label, name, values.get(name))));
    return new Table(title, List.of("metric", "value", "95% interval"), rows, note());
  }

  private String note() {
    String intervals = "Intervals: Poisson bootstrap of the evaluated rows.";
    return whyNot() == null ? intervals : intervals + " " + whyNot();
  }

  /** Says why metrics do not exist, or returns {@code null} if all do. */
  private String whyNot() {
    Map<String, String> reasons = metrics.reasons();
    reasons.keySet().removeIf(name -> !HEADLINES.containsKey(name) && !OTHERS.containsKey(name));
    return reasons.isEmpty() ? null : String.join("; ", reasons.values()) + ".";
  }

  private List<String> row(String label, String name, Double value) {
    Interval interval = intervals.get(name);
    return List.of(
        label,
        Numbers.metric(value),
        interval == null
            ? "–"
            : Numbers.metric(interval.low()) + " – " + Numbers.metric(interval.high()));
  }

  List<Chart> charts() {
    return new EvaluationCharts(metrics).all();
  }
}
