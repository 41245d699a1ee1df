package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.Epoch;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.Block;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.LineChart;
import io.github.imbalancedspark.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a training by epochs tells. */
final class EpochReport {

  private final ImbalancedLogisticRegressionModel classifier;
  private final List<Epoch> epochs;

  EpochReport(ImbalancedLogisticRegressionModel classifier) {
    this.classifier = classifier;
    this.epochs = classifier.summary().epochs();
  }

  /** Returns a table and curves; none for a training that was not by epochs. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    if (!epochs.isEmpty()) {
      blocks.add(table());
      blocks.add(
          chart(
              "epoch_pos_weight", "pos_weight by epoch", "pos_weight", "factor", Epoch::posWeight));
      blocks.add(
          chart("epoch_objective", "Objective by epoch", "objective", "value", Epoch::objective));
      if (validated()) {
        blocks.add(chart("epoch_metric", "Validation by epoch", metric(), "value", Epoch::metric));
      }
    }
    return blocks;
  }

  /** Adds to metrics.json's entries. */
  void addTo(Map<String, Object> entries) {
    if (!epochs.isEmpty()) {
      entries.put("epochs", epochs.size());
      entries.put("kept_epoch", kept().epoch());
      if (validated()) {
        entries.put("validation_metric", metric());
        entries.put("validation_value", kept().metric());
      }
    }
  }

  private String metric() {
    return classifier.getValidationMetric();
  }

  private boolean validated() {
    return !Double.isNaN(epochs.get(0).metric());
  }

  private Epoch kept() {
    return epochs.get(classifier.summary().totalIterations() - 1);
  }

  private Table table() {
    List<String> header = new ArrayList<>(List.of("epoch", "pos_weight", "objective"));
    if (validated()) {
      header.add(metric());
    }
    header.add("seconds");
    return new Table(
        "Epochs",
        header,
        epochs.stream().map(this::row).toList(),
        String.format(
            "The model is that of epoch %s%s.",
            kept().epoch(), validated() ? ", the best on the validation rows" : ""));
  }

  private List<String> row(Epoch epoch) {
    List<String> row =
        new ArrayList<>(
            List.of(
                String.valueOf(epoch.epoch()),
                Numbers.number(epoch.posWeight()),
                Numbers.number(epoch.objective())));
    if (validated()) {
      row.add(Numbers.metric(epoch.metric()));
    }
    row.add(Numbers.number(Math.round(epoch.seconds() * 100) / 100.0));
    return row;
  }

  private LineChart chart(
      String file, String title, String name, String unit, ToDoubleFunction<Epoch> value) {
    double[] x = epochs.stream().mapToDouble(Epoch::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    return new LineChart(
        file,
        title,
        Axis.of("Epoch", "number"),
        withRoom(Axis.of(name, unit), y),
        List.of(
            new Line(name, Line.Style.DOTTED_LINE, Ink.BLUE, x, y),
            Line.dot("kept", Ink.CHOICE, kept().epoch(), value.applyAsDouble(kept()))),
        null);
  }

  /** Leaves room for whole dots at both ends. */
  private static Axis withRoom(Axis axis, double[] values) {
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    double room = 0.05 * (most > least ? most - least : Math.max(Math.abs(most), 1e-9));
    return axis.between(least - room, most + room);
  }
}
