package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.report.Page;
import io.github.imbalancedspark.report.Table;
import io.github.imbalancedspark.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a table with fewer, repeated or synthetic rows of its classes. */
@Command(
    name = "resample",
    description = {
      "Change how many rows of each class a table has.",
      "Steps that make synthetic rows put them between real ones: --features are interpolated,"
          + " --categorical are the neighbours' most frequent, other columns are copied, and the new"
          + " column of --synthetic-col says which rows they are. Real rows stay as they are."
    })
final class ResampleCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(ResampleCommand.class);

  @Mixin private InputOptions input;
  @Mixin private FeatureOptions features;
  @Mixin private SamplingOptions samplingOptions;
  @Mixin private OutputOptions outputOptions;
  @Mixin private OverwriteOption overwrite;

  @SetsParameters("labelCol")
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      order = 10,
      description = "The label, with two values (default: label).")
  private String label;

  @Option(
      names = "--key-col",
      paramLabel = "COLUMN",
      order = 56,
      description = "Identifies a row; its hash decides about it (default: all columns).")
  private String keyCol;

  @Option(
      names = "--synthetic-col",
      paramLabel = "COLUMN",
      order = 56,
      description = "The new column that says which rows are synthetic (default: synthetic).")
  private String syntheticCol;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "42",
      order = 57,
      description = "Decides which rows are chosen (default: 42).")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      order = 70,
      description = "Where to write the resampled table.")
  private String output;

  @Override
  public Integer call() {
    List<SamplingStep> steps = steps();
    try (Output place = overwrite.output("output", output)) {
      place.requireApartFrom("input", input.path());
      Dataset<Row> table = input.loadRows(session(), Map.of(), features::withTextsAsText);
      if (keyCol != null) {
        Columns.require(table.schema(), keyCol, "key-col");
      }
      outputOptions.requireWritable(table.schema());
      Output.beginAll(place);
      LOG.info("reading {}", input.path());
      ClassNumbers classes = ClassNumbers.of(table, label);
      if (!classes.key().isEmpty()) {
        LOG.info("classes by number: {}", classes.key());
      }
      outputOptions.write(classes.dropNumbers(resample(classes, steps)), place);
      out().print(page(outputOptions.read(session(), place)).toText());
      place.commit();
      out().println("\noutput   " + output);
    }
    return 0;
  }

  private List<SamplingStep> steps() {
    try {
      List<SamplingStep> steps = samplingOptions.steps();
      if (steps.isEmpty()) {
        throw usage("--sampling: is missing; give the steps, as in under:0.1");
      }
      features.requireOneRole(new ColumnRoles().take("--label", label));
      return steps;
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Dataset<Row> resample(ClassNumbers classes, List<SamplingStep> steps) {
    Dataset<Row> rows = classes.table();
    SyntheticTable synthetic = null;
    if (steps.stream().anyMatch(SamplingStep::isSynthetic)) {
      Columns.requireNew(rows.schema(), markCol(), "synthetic-col");
      synthetic = new SyntheticTable(columns(classes), features.missing());
      rows = rows.withColumn(markCol(), functions.lit(false));
    }
    for (SamplingStep step : steps) {
      rows =
          step.isSynthetic()
              ? synthetic.resample(rows, markCol(), name -> sampler(step, classes, name))
              : sampler(step, classes, null).resample(rows);
    }
    return rows;
  }

  private String markCol() {
    return syntheticCol == null ? "synthetic" : syntheticCol;
  }

  private FeatureColumns columns(ClassNumbers classes) {
    List<String> taken = new ArrayList<>(List.of(label, classes.column()));
    FeatureColumns columns = features.in(classes.table().schema(), taken, keyCol);
    LOG.info(
        "synthetic rows lie between real ones in {}: {}",
        Plural.of(columns.size(), "feature column"),
        String.join(", ", columns.names()));
    if (features.missing().imputes()) {
      LOG.info(
          "for them a missing value counts as the {}; real rows keep it, missing",
          features.missing().strategy());
    }
    return columns;
  }

  private Sampler<?> sampler(SamplingStep step, ClassNumbers classes, String featuresCol) {
    Sampler<?> sampler = samplingOptions.sampler(step, classes.column(), featuresCol, seed);
    return keyCol == null ? sampler : sampler.setKeyCol(keyCol);
  }

  private Page page(Dataset<Row> written) {
    List<Row> counts =
        written.groupBy(Columns.named(label).as("class")).count().orderBy("class").collectAsList();
    long rows = counts.stream().mapToLong(row -> row.getLong(1)).sum();
    List<List<String>> cells =
        counts.stream()
            .map(
                row ->
                    List.of(
                        LabelValue.textOf(row.get(0)),
                        Numbers.count(row.getLong(1)),
                        Numbers.percent((double) row.getLong(1) / rows)))
            .toList();
    return new Page(
        "Resampled " + input.path().substring(input.path().lastIndexOf('/') + 1),
        Numbers.counted(rows, "row") + " written",
        List.of(),
        List.of(new Table("Classes", List.of("class", "rows", "share"), cells, null)));
  }
}
