package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.TrainingSummary;
import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.report.Block;
import io.github.imbalancedspark.report.Page;
import io.github.imbalancedspark.report.Table;
import io.github.imbalancedspark.weighting.ClassWeighterModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code train} tells of a training. */
final class TrainingReport {

  private static final String NO_CORRECTION = "none";

  private final String input;
  private final TrainingOutcome outcome;
  private final MetricsReport metrics;

  TrainingReport(String input, TrainingOutcome outcome) {
    this.input = input;
    this.outcome = outcome;
    this.metrics = new MetricsReport(outcome.tested());
  }

  /** Returns metrics.json's entries. */
  Map<String, Object> metrics() {
    TrainingSummary summary = outcome.summary();
    Map<String, Object> entries = metrics.entriesWithReasons();
    entries.put("pos_weight", summary.positiveClassWeight());
    entries.put("odds_factor", outcome.classifier().oddsFactor());
    entries.put("bias_correction", outcome.classifier().getBiasCorrection());
    if (outcome.choice() != null) {
      entries.put("threshold_for", outcome.choice().criterion());
      entries.put("threshold_for_on_validation_rows", outcome.choice().value());
      entries.put("threshold_for_reached", outcome.choice().shortfall() == null);
    }
    if (outcome.validation() != null) {
      entries.put("validation_rows", outcome.validation().rows());
    }
    entries.put("seconds", outcome.seconds());
    entries.put("train_rows", summary.rows());
    entries.put("loss", outcome.classifier().getLoss());
    entries.put("objective", summary.objective());
    entries.put("iterations", summary.totalIterations());
    entries.put("passes", summary.passes());
    entries.put("converged", summary.stopReason().converged());
    entries.put("stop_reason", summary.stopReason().description());
    entries.put("gradient_norm", summary.gradientNorm());
    new EpochReport(outcome.classifier()).addTo(entries);
    if (outcome.calibration() != null) {
      outcome.calibration().addTo(entries);
    }
    return entries;
  }

  Page page() {
    BinaryLabel label = outcome.training().label();
    List<Block> blocks = new ArrayList<>();
    blocks.add(classes());
    blocks.add(balance());
    blocks.add(fit());
    blocks.add(OddsTable.of(outcome.classifier()));
    if (outcome.choice() != null) {
      blocks.add(ThresholdTable.of(outcome.choice(), outcome.tested().metrics()));
    }
    blocks.add(
        metrics.confusion(
            label.negative(),
            label.positive(),
            "Confusion matrix of the test rows",
            outcome.training().weightCol()));
    blocks.add(metrics.table("Metrics of the test rows"));
    if (outcome.calibration() != null) {
      blocks.add(outcome.calibration().table());
    }
    blocks.addAll(new EpochReport(outcome.classifier()).blocks());
    blocks.addAll(metrics.charts());
    blocks.addAll(new TrainingCharts(outcome).all());
    return new Page(
        "Trained on " + input.substring(input.lastIndexOf('/') + 1),
        String.format(
            "%s of %s; positive is '%s' = %s; the metrics are those of %s",
            Numbers.counted(label.rows(), "row"),
            input,
            label.column(),
            label.positive(),
            Numbers.counted(outcome.test().rows(), "test row")),
        metrics.figures(),
        blocks);
  }

  private Table classes() {
    BinaryLabel label = outcome.training().label();
    TrainingSummary summary = outcome.summary();
    List<List<String>> rows =
        List.of(
            classRow(label.negative(), label.negatives(), 0, summary.negativeClassWeight()),
            classRow(label.positive(), label.positives(), 1, summary.positiveClassWeight()));
    List<String> header = new ArrayList<>(List.of("class", "rows", "share"));
    outcome.weighter().ifPresent(weighter -> header.add(outcome.training().strategy()));
    header.add("loss weight");
    return new Table("Classes", header, rows, null);
  }

  private List<String> classRow(String name, long count, double code, double lossWeight) {
    List<String> row =
        new ArrayList<>(
            List.of(
                name,
                Numbers.count(count),
                Numbers.percent((double) count / outcome.training().label().rows())));
    outcome
        .weighter()
        .map(ClassWeighterModel::classWeights)
        .ifPresent(weights -> row.add(Numbers.number(weights.get(code))));
    row.add(Numbers.number(lossWeight));
    return row;
  }

  private String sampling() {
    return outcome.training().sampling().isEmpty()
        ? ""
        : outcome.training().sampling().stream()
            .map(SamplingStep::toString)
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** The classes as each stage leaves them. */
  private Table balance() {
    BinaryLabel label = outcome.training().label();
    TrainingSummary summary = outcome.summary();
    ClassCounts all = new ClassCounts(label.negatives(), label.positives());
    ClassCounts rest = outcome.used().minus(outcome.test());
    List<List<String>> rows = new ArrayList<>();
    rows.add(balanceRow("all rows", all));
    if (!outcome.used().equals(all)) {
      rows.add(balanceRow("skipped for want of a value", all.minus(outcome.used())));
    }
    rows.add(balanceRow("test rows", outcome.test()));
    if (outcome.validation() != null) {
      rows.add(balanceRow("validation rows", outcome.validation()));
    }
    boolean apart = outcome.validation() != null && !outcome.refitted();
    rows.add(
        balanceRow(
            outcome.refitted() ? "refitted on all but test rows" : "training rows",
            apart ? rest.minus(outcome.validation()) : rest));
    if (changesRows()) {
      rows.add(
          balanceRow(
              "after sampling and row weights",
              summary.negativeWeight(),
              summary.positiveWeight()));
    }
    rows.add(
        balanceRow(
            "after class weights, in the loss",
            summary.negativeClassWeight() * summary.negativeWeight(),
            summary.positiveClassWeight() * summary.positiveWeight()));
    return new Table(
        "Class balance, stage by stage",
        List.of("rows", label.negative(), label.positive(), "share of " + label.positive()),
        rows,
        "Numbers of rows down to training; from there on what they weigh.");
  }

  private boolean changesRows() {
    return !outcome.training().sampling().isEmpty()
        || outcome.training().weightCol() != null
        || outcome.weighter().isPresent();
  }

  private static List<String> balanceRow(String stage, ClassCounts counts) {
    return balanceRow(stage, (double) counts.negatives(), (double) counts.positives());
  }

  private static List<String> balanceRow(String stage, double negatives, double positives) {
    return List.of(
        stage,
        Numbers.count(negatives),
        Numbers.count(positives),
        Numbers.percent(positives / (negatives + positives)));
  }

  private Table fit() {
    TrainingSummary summary = outcome.summary();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("training rows", Numbers.count(summary.rows()) + sampling()));
    if (outcome.validation() != null) {
      rows.add(List.of("validation rows", Numbers.count(outcome.validation().rows())));
    }
    rows.add(List.of("test rows", Numbers.count(outcome.test().rows())));
    rows.add(
        List.of(
            "features",
            String.format(
                "%s from %s",
                Numbers.count(outcome.classifier().numFeatures()),
                Numbers.counted(outcome.training().columns().size(), "column"))));
    if (!outcome.classifier().getLoss().equals("bceWithLogits")) {
      rows.add(List.of("loss", loss()));
    }
    if (!outcome.classifier().getBiasCorrection().equals(NO_CORRECTION)) {
      rows.add(List.of("bias correction", outcome.classifier().getBiasCorrection()));
    }
    rows.add(List.of("objective", Numbers.number(summary.objective())));
    rows.add(
        List.of(
            "passes over the data",
            String.format(
                "%s (%s)", summary.passes(), Plural.of(summary.totalIterations(), "iteration"))));
    rows.add(List.of("stopped because", Terms.of(summary.stopReason().description())));
    rows.add(List.of("time", Numbers.seconds(outcome.seconds())));
    return new Table("Fit", List.of(), rows, null);
  }

  private String loss() {
    return String.format(
        "%s, alpha %s, gamma %s; its gradient ends %s long",
        outcome.classifier().getLoss(),
        Numbers.number(outcome.classifier().getFocalAlpha()),
        Numbers.number(outcome.classifier().getFocalGamma()),
        Numbers.number(outcome.summary().gradientNorm()));
  }
}
