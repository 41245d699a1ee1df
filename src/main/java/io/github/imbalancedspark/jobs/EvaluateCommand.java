package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.report.Block;
import io.github.imbalancedspark.report.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates scores that a table holds, or those that a model gives its rows. */
@Command(name = "evaluate", description = "Evaluate a scored table, or a model on a table.")
final class EvaluateCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(EvaluateCommand.class);
  private static final double DEFAULT_THRESHOLD = 0.5;

  @Mixin private InputOptions input;
  @Mixin private LabelOptions label;
  @Mixin private WeightColumnOption weight;
  @Mixin private OverwriteOption overwrite;
  @Mixin private TrustedStages trusted;

  @Option(
      names = "--score-col",
      paramLabel = "COLUMN",
      order = 20,
      description = "The score of a scored table (default: probability).")
  private String scoreCol;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      order = 21,
      description = "The model that scores the table, if it is not scored yet.")
  private String model;

  @Option(
      names = "--threshold",
      paramLabel = "NUMBER",
      order = 22,
      description = "Predict positive above it (default: the model's, else 0.5).")
  private Double threshold;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      order = 70,
      description = "Where to write metrics.json, report.html and its charts.")
  private String report;

  /**
   * Rows with their scores.
   *
   * @param table the rows
   * @param model the model that scored them, or {@code null}
   * @param threshold predict positive above it
   */
  private record Scored(Dataset<Row> table, ModelFolder model, double threshold) {}

  @Override
  public Integer call() {
    if (threshold != null && threshold.isNaN()) {
      throw usage("--threshold: is NaN; it must be a number");
    }
    requireOneRoleEach();
    try (Output place = overwrite.output("report", report)) {
      if (place != null) {
        place.requireApartFrom("input", input.path());
      }
      Scored scored = model == null ? scoredTable() : scoredByModel();
      weight.requireNumeric(scored.table.schema());
      Output.beginAll(place);
      LOG.info("reading {}", input.path());
      BinaryLabel binary = label.ofOneClassOrTwo(scored.table);
      LOG.info("evaluating {}", Plural.of(binary.rows(), "row"));
      MetricsReport metrics = new MetricsReport(evaluate(scored, binary));
      Page page = page(metrics, binary);
      out().print(page.toText());
      out().flush();
      if (place != null) {
        place.attempt(() -> ReportFolder.write(place, metrics.entriesWithReasons(), page));
        place.commit();
        out().println("\nreport   " + report + "/report.html");
      }
    }
    return 0;
  }

  private void requireOneRoleEach() {
    try {
      new ColumnRoles()
          .take("--label", label.column())
          .take("--weight-col", weight.column())
          .take("--score-col", scoreCol);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Scored scoredTable() {
    Dataset<Row> table = input.loadRows(session());
    Columns.requireNumeric(table.schema(), scoreName(), "score-col");
    return new Scored(table, null, threshold == null ? DEFAULT_THRESHOLD : threshold);
  }

  private Scored scoredByModel() {
    if (report != null) {
      Output.at("report", report, true).requireApartFrom("model", model);
    }
    ModelFolder loaded = ModelFolder.load(session(), model, trusted);
    Dataset<Row> table =
        input.loadRows(
            session(),
            input.isLibsvm() ? loaded.libsvmOptions() : Map.of(),
            loaded::withTextsAsText);
    Columns.require(table.schema(), label.column(), "label");
    return new Scored(
        loaded.transform(table),
        loaded,
        threshold == null ? loaded.classifier().getThreshold() : threshold);
  }

  private static void warnOfOtherClass(ModelFolder model, BinaryLabel binary) {
    String learnt = model.classifier().getLabelCol();
    if (learnt.startsWith(binary.column() + " = ") && !learnt.equals(binary.question())) {
      LOG.warn(
          "--positive-label: the model's scores are those of {}, and are evaluated as those of {}",
          learnt,
          binary.question());
    }
  }

  private void warnOfOtherThreshold(Scored scored) {
    if (threshold != null || scoreCol != null || !hasPredictions(scored.table.schema())) {
      return;
    }
    long others = scored.table.filter(predictsOtherwise(scored.threshold)).count();
    if (others > 0) {
      LOG.warn(
          "--threshold: in {}, column '{}' is not what the scores predict at {}: another threshold"
              + " made it; metrics are those at {}: give the other one for its own",
          Plural.of(others, "row"),
          ModelFolder.PREDICTION,
          scored.threshold,
          scored.threshold);
    }
  }

  private static boolean hasPredictions(StructType schema) {
    return Columns.has(schema, ModelFolder.PREDICTION)
        && schema.apply(ModelFolder.PREDICTION).dataType() instanceof NumericType;
  }

  private Column predictsOtherwise(double threshold) {
    return Columns.named(ModelFolder.PREDICTION)
        .equalTo(1)
        .notEqual(Columns.named(scoreName()).gt(threshold));
  }

  private Evaluated evaluate(Scored scored, BinaryLabel binary) {
    if (scored.model != null) {
      warnOfOtherClass(scored.model, binary);
      return scored.model.evaluate(
          scored.table, binary.indicator(), label.column(), weight.column(), scored.threshold);
    }
    warnOfOtherThreshold(scored);
    List<Column> read = new ArrayList<>();
    read.add(Columns.named(scoreName()));
    read.add(binary.indicator().as(label.column()));
    if (weight.column() != null) {
      read.add(Columns.named(weight.column()));
    }
    Dataset<Row> rows = scored.table.select(read.toArray(new Column[0]));
    BinaryMetrics metrics =
        BinaryEvaluation.evaluate(
            rows, scoreName(), label.column(), weight.column(), scored.threshold);
    if (threshold == null && !metrics.tally().hasProbabilities()) {
      LOG.warn(
          "--score-col: column '{}' ranges from {} to {}, so it holds no probabilities, but what is"
              + " above {} counts as predicted positive; say where with --threshold (log-odds: 0)",
          scoreName(),
          metrics.tally().lowest(),
          metrics.tally().highest(),
          scored.threshold);
    }
    return Evaluated.of(metrics);
  }

  private String scoreName() {
    return scoreCol == null ? ModelFolder.PROBABILITY : scoreCol;
  }

  private Page page(MetricsReport metrics, BinaryLabel binary) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        metrics.confusion(
            binary.negative(), binary.positive(), "Confusion matrix", weight.column()));
    blocks.add(metrics.table("Metrics"));
    blocks.addAll(metrics.charts());
    return new Page(
        "Evaluated on " + input.path().substring(input.path().lastIndexOf('/') + 1),
        String.format(
            "%s of %s, %s of them positive ('%s' = %s)",
            Numbers.counted(binary.rows(), "row"),
            input.path(),
            Numbers.percent((double) binary.positives() / binary.rows()),
            label.column(),
            binary.positive()),
        metrics.figures(),
        blocks);
  }
}
