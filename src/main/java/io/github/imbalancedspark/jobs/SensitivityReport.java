package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
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
import org.apache.spark.ml.PipelineModel;

/** What {@code sensitivity} tells of the candidates and of the one that was chosen. */
final class SensitivityReport {

  private static final String POS_WEIGHT = "pos_weight";
  private static final String BEST_THRESHOLD = "best_threshold";

  private final String input;
  private final Training training;
  private final Sensitivity<PipelineModel> found;
  private final double seconds;
  private final MetricsReport test;

  SensitivityReport(
      String input, Training training, Sensitivity<PipelineModel> found, double seconds) {
    this.input = input;
    this.training = training;
    this.found = found;
    this.seconds = seconds;
    this.test = new MetricsReport(tested());
  }

  private Evaluated tested() {
    ImbalancedLogisticRegressionModel model = ModelFolder.classifier(found.model());
    return new Evaluated(
        found.test().metrics(),
        model.oddsFactor() == 1 ? null : found.test().corrected(),
        null,
        ModelFolder.populationRate(model));
  }

  /** Writes the page, metrics.json of the test rows, and the candidates as JSON and CSV. */
  void write(Output place) {
    Map<String, Object> metrics = test.entriesWithReasons();
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
    blocks.addAll(test.charts());
    return new Page(
        "Sensitivity to pos_weight: " + input.substring(input.lastIndexOf('/') + 1),
        String.format(
            "%s of %s; positive is '%s' = %s; pos_weight %s has the best %s on %s; the figures are"
                + " its own on %s, which chose nothing",
            Numbers.counted(training.label().rows(), "row"),
            input,
            training.label().column(),
            training.label().positive(),
            number(found.best().posWeight()),
            found.metric(),
            Numbers.counted(found.best().metrics().tally().rows(), "validation row"),
            Numbers.counted(found.test().metrics().tally().rows(), "test row")),
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
        Double value = values.get(name);
        boolean exact = value != null && name.equals(BEST_THRESHOLD); // often close to 1
        row.add(exact ? number(value) : Numbers.metric(value));
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
            "Precision, recall and F1 at the threshold %s; the best threshold is the candidate's best"
                + " for %s. Corrected: of probabilities whose odds are divided by what pos_weight"
                + " multiplied them by.",
            threshold(), found.criterion()));
  }

  private String threshold() {
    List<Double> thresholds =
        found.candidates().stream().map(c -> c.metrics().threshold()).distinct().toList();
    return thresholds.size() == 1 ? number(thresholds.get(0)) : "that is best for each";
  }

  private Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("roc_auc", "ROC AUC");
    columns.put("average_precision", "average precision");
    columns.put("precision", "precision");
    columns.put("recall", "recall");
    columns.put("f1", "F1");
    columns.put("brier", "Brier");
    columns.put("corrected_brier", "Brier, corrected");
    columns.put(BEST_THRESHOLD, "best threshold");
    columns.put("best_value", found.criterion() + " there");
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
        Axis.of("Metric", "from 0 to 1").between(0, 1),
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
        new Axis("Expected calibration error", "probability", false, 0.0, null),
        lines,
        "Weights multiply the odds that a model learns; corrected probabilities are divided by"
            + " that factor.");
  }

  private static Axis axis() {
    return Axis.of(POS_WEIGHT, "factor, log scale").onLogarithmicScale();
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
