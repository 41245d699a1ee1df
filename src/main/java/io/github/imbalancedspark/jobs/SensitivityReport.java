package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.Block;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.LineChart;
import io.github.imbalancedspark.report.Page;
import io.github.imbalancedspark.report.Table;
import io.github.imbalancedspark.tuning.Candidate;
import io.github.imbalancedspark.tuning.Sensitivity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** What {@code sensitivity} tells of the candidates and of the one that was chosen. */
final class SensitivityReport {

  private static final String POS_WEIGHT = "pos_weight";

  private final String input;
  private final Training training;
  private final Sensitivity<?> found;
  private final double seconds;
  private final MetricsReport test;

  SensitivityReport(String input, Training training, Sensitivity<?> found, double seconds) {
    this.input = input;
    this.training = training;
    this.found = found;
    this.seconds = seconds;
    this.test = new MetricsReport(found.test().metrics());
  }

  /** Writes the page, metrics.json of the test rows, and the candidates as JSON and CSV. */
  void write(Output place) {
    Map<String, Object> metrics = test.entries();
    metrics.put(POS_WEIGHT, found.test().posWeight());
    metrics.put("seconds", seconds);
    ReportFolder.write(place, metrics, page());
    List<Map<String, Object>> entries = candidates();
    HadoopFiles.write(new Path(place.temporary(), "sensitivity.json"), Json.text(entries));
    HadoopFiles.write(new Path(place.temporary(), "sensitivity.csv"), Csv.text(entries));
  }

  /** Returns an object for each candidate: its metrics on the validation rows. */
  private List<Map<String, Object>> candidates() {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Candidate candidate : found.candidates()) {
      Map<String, Object> entry = MetricsReport.withWholeCounts(candidate.asMap());
      entry.put("chosen", candidate.equals(found.best()));
      entries.add(entry);
    }
    return entries;
  }

  Page page() {
    List<Block> blocks = new ArrayList<>(List.of(table(), curves(), calibration()));
    blocks.add(
        test.confusion(
            training.label().negative(),
            training.label().positive(),
            "Confusion matrix of the test rows, pos_weight " + number(found.test().posWeight()),
            training.weightCol()));
    blocks.add(test.table("Metrics of the test rows"));
    return new Page(
        "Sensitivity to pos_weight: " + input.substring(input.lastIndexOf('/') + 1),
        String.format(
            "%s rows of %s; positive is '%s' = %s; pos_weight %s has the best %s on %s validation"
                + " rows; the figures are its own on %s test rows, which chose nothing",
            Numbers.count(training.label().rows()),
            input,
            training.label().column(),
            training.label().positive(),
            number(found.best().posWeight()),
            found.metric(),
            Numbers.count(found.best().metrics().tally().rows()),
            Numbers.count(found.test().metrics().tally().rows())),
        test.figures(),
        blocks);
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Candidate candidate : found.candidates()) {
      Map<String, Double> values = candidate.asMap();
      List<String> row =
          new ArrayList<>(
              List.of(
                  number(candidate.posWeight())
                      + (candidate.equals(found.best()) ? " (chosen)" : "")));
      for (String name : columns().keySet()) {
        row.add(Numbers.metric(values.get(name)));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of(POS_WEIGHT));
    header.addAll(columns().values());
    return new Table(
        "Candidates on the validation rows",
        header,
        rows,
        String.format(
            "Metrics at the threshold %s. The best threshold is that for %s. Corrected probabilities"
                + " have the population's odds.",
            threshold(), found.criterion()));
  }

  private String threshold() {
    List<Double> thresholds =
        found.candidates().stream().map(c -> c.metrics().threshold()).distinct().toList();
    return thresholds.size() == 1 ? number(thresholds.get(0)) : "that is best for each";
  }

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("roc_auc", "ROC AUC");
    columns.put("average_precision", "average precision");
    columns.put("precision", "precision");
    columns.put("recall", "recall");
    columns.put("f1", "F1");
    columns.put("brier", "Brier score");
    columns.put("corrected_brier", "corrected");
    columns.put("best_threshold", "best threshold");
    columns.put("best_value", "there");
    return columns;
  }

  private LineChart curves() {
    List<Line> lines = new ArrayList<>();
    add(lines, "average precision", Ink.BLUE, "average_precision");
    add(lines, "precision", Ink.ORANGE, "precision");
    add(lines, "recall", Ink.GREEN, "recall");
    add(lines, "F1", Ink.PURPLE, "f1");
    double chosen = found.best().posWeight();
    lines.add(
        Line.straight(
            "chosen: " + number(chosen), Line.Style.DASHED, Ink.CHOICE, chosen, 0, chosen, 1));
    return new LineChart(
        "sensitivity",
        "Metrics by pos_weight",
        axis(),
        Axis.of("metric", "from 0 to 1").between(0, 1),
        lines,
        "On the validation rows, at the threshold " + threshold() + ".");
  }

  private LineChart calibration() {
    List<Line> lines = new ArrayList<>();
    add(lines, "as trained", Ink.ORANGE, "expected_calibration_error");
    add(lines, "corrected", Ink.BLUE, "corrected_expected_calibration_error");
    return new LineChart(
        "calibration-error",
        "Calibration by pos_weight",
        axis(),
        new Axis("expected calibration error", "probability", false, 0.0, null),
        lines,
        "Weights multiply the odds that a model learns; corrected probabilities are divided by"
            + " that factor.");
  }

  private static Axis axis() {
    return Axis.of(POS_WEIGHT, "factor").onLogarithmicScale();
  }

  private void add(List<Line> lines, String label, Ink ink, String name) {
    double[][] points =
        found.candidates().stream()
            .filter(candidate -> candidate.asMap().get(name) != null)
            .map(candidate -> new double[] {candidate.posWeight(), candidate.asMap().get(name)})
            .toArray(double[][]::new);
    if (points.length > 0) {
      lines.add(
          new Line(
              label,
              Line.Style.DOTTED_LINE,
              ink,
              Arrays.stream(points).mapToDouble(p -> p[0]).toArray(),
              Arrays.stream(points).mapToDouble(p -> p[1]).toArray()));
    }
  }

  private static String number(double value) {
    return Numbers.number(value);
  }
}
