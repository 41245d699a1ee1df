package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.BarChart;
import io.github.imbalancedspark.report.Block;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Figure;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Page;
import io.github.imbalancedspark.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/**
 * What {@code sensitivity --compare} tells of the remedies, side by side.
 *
 * @param input the table's path
 * @param training what was fitted
 * @param metric the metric that chose on validation rows
 * @param results one a remedy
 */
record ComparisonReport(
    String input, Training training, String metric, List<RemedyResult> results) {

  private static final double ROOM_FOR_NUMBERS = 1.18;

  /**
   * Returns the best result on validation rows, of those whose thresholds keep their bound.
   *
   * @throws IllegalArgumentException if none does
   */
  RemedyResult best() {
    Comparator<RemedyResult> byMetric = Comparator.comparingDouble(RemedyResult::chosenBy);
    return results.stream()
        .filter(RemedyResult::serves)
        .max(Metric.of(metric).isLargerBetter() ? byMetric : byMetric.reversed())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "--threshold-for: no remedy serves; with %s, %s (on the validation rows)",
                        results.get(0).remedy().title(), results.get(0).shortfall())));
  }

  /** Returns the file's entries, one object a remedy. */
  List<Map<String, Object>> entries() {
    return results.stream().map(result -> result.entries(metric)).toList();
  }

  /** Writes the page, metrics.json of the best on test rows, and all as JSON and CSV. */
  void write(Output place) {
    Map<String, Object> metrics = new MetricsReport(best().tested()).entriesWithReasons();
    metrics.put("remedy", best().remedy().title());
    ReportFolder.write(place, metrics, page());
    HadoopFiles.write(new Path(place.temporary(), "comparison.json"), Json.text(entries()));
    HadoopFiles.write(new Path(place.temporary(), "comparison.csv"), Csv.text(entries()));
  }

  Page page() {
    RemedyResult best = best();
    BinaryLabel label = training.label();
    List<Block> blocks = new ArrayList<>(List.of(metrics(), calibration(), precision()));
    double largest =
        results.stream().mapToDouble(RemedyResult::predictedOverActual).max().orElseThrow();
    Axis ratio =
        Axis.of("Sum of probabilities over positives", "ratio; 1 is right")
            .between(0, ROOM_FOR_NUMBERS * largest);
    blocks.add(
        chart(
            "calibration",
            "Predicted over actual, as trained",
            ratio,
            RemedyResult::predictedOverActual));
    if (results.stream().anyMatch(result -> result.correctedOverActual() != null)) {
      blocks.add(
          chart(
              "calibration-corrected",
              "Predicted over actual, corrected",
              ratio,
              RemedyResult::correctedOverActual));
    }
    blocks.add(times());
    return new Page(
        "Remedies for imbalance: " + input.substring(input.lastIndexOf('/') + 1),
        String.format(
            "%s of %s; positive is '%s' = %s; the same %s and learner for each;"
                + " %s has the best %s on validation rows",
            Numbers.counted(label.rows(), "row"),
            input,
            label.column(),
            label.positive(),
            Numbers.counted(results.get(0).model().summary().rows(), "training row"),
            best.remedy().title(),
            metric),
        List.of(
            new Figure("best on validation rows", best.remedy().title()),
            new Figure(metric + " on validation rows", Numbers.metric(best.chosenBy())),
            new Figure(metric + " on test rows", Numbers.metric(best.test().get(metric)))),
        blocks);
  }

  private Chart precision() {
    return chart(
        "remedies",
        "Average precision by remedy",
        Axis.of("Average precision of the test rows", "from 0 to 1").between(0, ROOM_FOR_NUMBERS),
        result -> result.test().asMap().get("average_precision"));
  }

  private Table metrics() {
    return new Table(
        "Remedies",
        List.of(
            "remedy",
            metric + ", validation rows",
            metric + ", test rows",
            "ROC AUC",
            "F1",
            "precision",
            "recall",
            "threshold"),
        rows(
            result -> {
              Map<String, Double> test = result.test().asMap();
              return List.of(
                  Numbers.metric(result.chosenBy()),
                  Numbers.metric(result.test().get(metric)),
                  Numbers.metric(test.get("roc_auc")),
                  Numbers.metric(test.get("f1")),
                  Numbers.metric(test.get("precision")),
                  Numbers.metric(test.get("recall")),
                  Numbers.number(result.test().threshold())
                      + (result.serves() ? "" : " (bound missed)"));
            }),
        "Validation rows chose each threshold and the best remedy, of those that keep the bound if"
            + " there is one; the other figures are of test rows, which chose nothing.");
  }

  private Table calibration() {
    return new Table(
        "Calibration on the test rows, as trained and with corrected odds",
        List.of(
            "remedy",
            "odds multiplied by",
            "predicted / actual",
            "corrected",
            "log loss",
            "log loss, corrected",
            "Brier",
            "Brier, corrected"),
        rows(
            result ->
                List.of(
                    Numbers.number(result.model().oddsFactor())
                        + (result.model().hasExactOddsFactor() ? "" : " ~"),
                    ratio(result.predictedOverActual()),
                    ratio(result.correctedOverActual()),
                    Numbers.metric(result.test().asMap().get("log_loss")),
                    corrected(result, "log_loss"),
                    Numbers.metric(result.test().asMap().get("brier")),
                    corrected(result, "brier"))),
        "Corrected: of probabilities whose odds are divided by what the remedy multiplied them by."
            + " Predicted / actual is the sum of the probabilities over the number of positives; ~ marks a"
            + " factor that is approximate, as rows are synthetic or weights differ in a class.");
  }

  private static String ratio(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String corrected(RemedyResult result, String name) {
    return Numbers.metric(result.corrected() == null ? null : result.corrected().asMap().get(name));
  }

  private Table times() {
    return new Table(
        "Fits",
        List.of("remedy", "training rows", "passes", "time"),
        rows(
            result ->
                List.of(
                    Numbers.count(result.model().summary().rows()),
                    Integer.toString(result.model().summary().passes()),
                    Numbers.seconds(result.seconds()))),
        null);
  }

  private List<List<String>> rows(Function<RemedyResult, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    for (RemedyResult result : results) {
      List<String> row = new ArrayList<>(List.of(result.remedy().title()));
      row.addAll(cells.apply(result));
      rows.add(row);
    }
    return rows;
  }

  private Chart chart(
      String file, String title, Axis values, Function<RemedyResult, Double> value) {
    return new BarChart(
        file,
        title,
        Axis.of("Remedy", "each alone"),
        values,
        results.stream()
            .filter(result -> value.apply(result) != null)
            .map(result -> new BarChart.Bar(result.remedy().title(), value.apply(result)))
            .toList(),
        Ink.BLUE,
        null);
  }
}
