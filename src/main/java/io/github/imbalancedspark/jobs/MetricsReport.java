package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ConfusionMatrix;
import io.github.imbalancedspark.core.metrics.Interval;
import io.github.imbalancedspark.core.metrics.Metric;
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

  /** What the metrics are called, in order, by their names. */
  private static final Map<String, String> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("roc_auc", "ROC AUC");
    TITLES.put("average_precision", "average precision");
    TITLES.put("precision", "precision");
    TITLES.put("recall", "recall");
    TITLES.put("f1", "F1");
    TITLES.put("mcc", "Matthews correlation");
    TITLES.put("accuracy", "accuracy");
    TITLES.put("balanced_accuracy", "balanced accuracy");
    TITLES.put("geometric_mean", "geometric mean");
    TITLES.put("brier", "Brier score");
    TITLES.put("log_loss", "log loss");
  }

  /** How many of them stand on top of the page. */
  private static final int HEADLINES = 5;

  private static final String PRECISION = "precision";
  private static final String POPULATION_PRECISION = "population_precision";

  /** What correcting probabilities changes: not the order of the rows. */
  private static final List<String> CALIBRATION =
      List.of("brier", "log_loss", "expected_calibration_error");

  /** Whole numbers, whatever the rows weigh. */
  private static final Set<String> COUNTS = Set.of("rows", "positives");

  /** The draws of the intervals are the same each time. */
  private static final long SEED = 1;

  private final Evaluated evaluated;
  private final BinaryMetrics metrics;
  private final Map<String, Interval> intervals;

  MetricsReport(Evaluated evaluated) {
    this.evaluated = evaluated;
    this.metrics = evaluated.metrics();
    List<String> names = new ArrayList<>(TITLES.keySet());
    if (evaluated.populationRate() != null) {
      names.add(populationPrecision());
    }
    this.intervals =
        new PoissonBootstrap(metrics).intervals(names, PoissonBootstrap.REPLICATES, SEED);
  }

  /** Returns the name of precision in the population. */
  private String populationPrecision() {
    return "precision@prevalence=" + evaluated.populationRate();
  }

  /**
   * Returns metrics.json's entries: those below, and name_reason for a metric that does not exist.
   */
  Map<String, Object> entriesWithReasons() {
    Map<String, Object> entries = entries();
    metrics.reasons().forEach((name, reason) -> entries.put(name + "_reason", reason));
    return entries;
  }

  /**
   * Returns the metrics, flat, {@code null} for one that does not exist; name_low and name_high are
   * the ends of a metric's interval. The names are the same for any rows.
   */
  Map<String, Object> entries() {
    Map<String, Object> entries = withWholeCounts(metrics.asMap());
    Map<String, Double> corrected =
        evaluated.corrected() == null ? Map.of() : evaluated.corrected().asMap();
    CALIBRATION.forEach(name -> entries.put("corrected_" + name, corrected.get(name)));
    TITLES.keySet().forEach(name -> putInterval(entries, name, name));
    if (evaluated.populationRate() != null) {
      String name = populationPrecision();
      entries.put("population_rate", evaluated.populationRate());
      entries.put(POPULATION_PRECISION, metrics.value(Metric.of(name)).value());
      putInterval(entries, POPULATION_PRECISION, name);
    }
    return entries;
  }

  private void putInterval(Map<String, Object> entries, String key, String name) {
    Interval interval = intervals.get(name);
    entries.put(key + "_low", interval == null ? null : interval.low());
    entries.put(key + "_high", interval == null ? null : interval.high());
  }

  /** Returns metrics by name, of which numbers of rows are whole numbers. */
  static Map<String, Object> withWholeCounts(Map<String, Double> metrics) {
    Map<String, Object> entries = new LinkedHashMap<>(metrics);
    COUNTS.forEach(name -> entries.computeIfPresent(name, (n, v) -> ((Double) v).longValue()));
    return entries;
  }

  List<Figure> figures() {
    Map<String, Double> values = metrics.asMap();
    return TITLES.keySet().stream()
        .limit(HEADLINES)
        .map(
            name ->
                new Figure(
                    TITLES.get(name),
                    isZeroOverZero(name) ? "0 / 0" : Numbers.metric(values.get(name))))
        .toList();
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
            "Predicted %s where the %s is above %s%s.",
            positive,
            metrics.tally().hasProbabilities() ? "probability" : "score",
            Numbers.number(metrics.threshold()),
            weightCol == null ? "" : "; rows count by column '" + weightCol + "'"));
  }

  Table table(String title) {
    Map<String, Double> values = metrics.asMap();
    List<List<String>> rows = new ArrayList<>();
    TITLES.forEach(
        (name, label) -> {
          rows.add(List.of(label, Numbers.metric(values.get(name)), interval(name)));
          if (name.equals(PRECISION) && evaluated.populationRate() != null) {
            rows.add(populationRow());
          }
        });
    return new Table(title, List.of("metric", "value", "95% interval"), rows, note());
  }

  private List<String> populationRow() {
    String name = populationPrecision();
    return List.of(
        "precision in the population",
        Numbers.metric(metrics.value(Metric.of(name)).value()),
        interval(name));
  }

  private String note() {
    String note = "Intervals: Poisson bootstrap of the evaluated rows.";
    return evaluated.populationRate() == null
        ? note
        : note
            + String.format(
                " Of these rows %s%% are positive, of the population %s%%: precision there follows"
                    + " from recall and false positive rate; average precision, F1 and the others"
                    + " are those of these rows.",
                Numbers.number(100 * metrics.confusion().positives() / metrics.confusion().total()),
                Numbers.number(100 * evaluated.populationRate()));
  }

  /** Returns a metric's interval, or why there is none. */
  private String interval(String name) {
    String reason = metrics.value(Metric.of(name)).reason();
    if (reason != null) {
      return reason.substring(name.length() + 1);
    }
    if (isZeroOverZero(name)) {
      return "0 / 0: nothing is predicted positive";
    }
    Interval interval = intervals.get(name);
    return interval == null
        ? "–"
        : Numbers.metric(interval.low()) + " – " + Numbers.metric(interval.high());
  }

  /** Returns whether a metric counts as 0 for want of anything to divide by. */
  private boolean isZeroOverZero(String name) {
    return (name.startsWith(PRECISION) || name.equals("mcc"))
        && metrics.confusion().tp() + metrics.confusion().fp() == 0;
  }

  List<Chart> charts() {
    return new EvaluationCharts(evaluated).all();
  }
}
