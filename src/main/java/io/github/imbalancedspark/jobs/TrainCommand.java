package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a model to a table, holds rows out to evaluate it, saves model and report. */
@Command(name = "train", description = "Fit a model and evaluate it on held-out rows.")
final class TrainCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

  @Mixin private InputOptions input;
  @Mixin private LabelOptions label;
  @Mixin private WeightColumnOption weight;
  @Mixin private FeatureOptions features;
  @Mixin private SplitOptions split;
  @Mixin private SamplingOptions samplingOptions;
  @Mixin private LearnerOptions learnerOptions;
  @Mixin private WeightingOptions weighting;
  @Mixin private OverwriteOption overwrite;

  @Option(
      names = "--weighting",
      paramLabel = "STRATEGY",
      order = 60,
      description =
          "Weigh rows by class: inverseFrequency, smoothedInverseFrequency, effectiveNumber or"
              + " custom (default: no).")
  private String strategy;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      order = 70,
      description = "Where to save the model, a Spark PipelineModel.")
  private String model;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      order = 71,
      description = "Where to write metrics.json and report.html.")
  private String report;

  @Override
  public Integer call() {
    ImbalancedLogisticRegression learner = learner();
    ClassWeighter weighter = weighter();
    List<SamplingStep> sampling = sampling();
    try (Output modelOutput = overwrite.output("model", model);
        Output reportOutput = overwrite.output("report", report)) {
      requireApart(modelOutput, reportOutput);
      Training training = prepare(learner, weighter, sampling);
      TrainingOutcome outcome = run(training, sampling);
      TrainingReport page = new TrainingReport(input.path(), outcome);
      out().print(page.page().toText());
      out().flush();
      save(outcome, page, modelOutput, reportOutput);
    }
    return 0;
  }

  private ImbalancedLogisticRegression learner() {
    if (split.problem() != null) {
      throw usage(split.problem());
    }
    try {
      return learnerOptions.learner();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  /** Returns the stage that weighs classes, or {@code null}. */
  private ClassWeighter weighter() {
    if (strategy == null) {
      return null;
    }
    try {
      return weighting.weighter(strategy, "--weighting");
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private List<SamplingStep> sampling() {
    try {
      return samplingOptions.steps();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void requireApart(Output modelOutput, Output reportOutput) {
    if (modelOutput != null) {
      modelOutput.requireApartFrom("input", input.path());
    }
    if (reportOutput != null) {
      reportOutput.requireApartFrom("input", input.path());
      if (model != null) {
        reportOutput.requireApartFrom("model", model);
      }
    }
  }

  /** What is about to be fitted, all checked that can be before the work starts. */
  private record Training(
      BinaryLabel label,
      FeatureColumns columns,
      Dataset<Row> rows,
      String labelCol,
      UniqueNames names,
      Pipeline pipeline) {}

  private Training prepare(
      ImbalancedLogisticRegression learner, ClassWeighter weighter, List<SamplingStep> sampling) {
    Dataset<Row> table = input.load(session());
    StructType schema = table.schema();
    ModelFolder.requireFree(schema);
    Columns.require(schema, label.column(), "label");
    weight.requireNumeric(schema);
    List<String> taken = new ArrayList<>(List.of(label.column()));
    if (weight.column() != null) {
      taken.add(weight.column());
    }
    if (split.column() != null) {
      Columns.require(schema, split.column(), "split");
    }
    FeatureColumns columns = features.in(schema, taken, split.column());
    requireInterpolable(columns, sampling);
    LOG.info("reading {}", input.path());
    BinaryLabel binary = label.of(table);
    LOG.info(
        "{} rows: {} of '{}' = {}, {} of {}; {} feature columns",
        binary.rows(),
        binary.positives(),
        label.column(),
        binary.positive(),
        binary.negatives(),
        binary.negative(),
        columns.size());
    if (!columns.unused().isEmpty()) {
      LOG.info(
          "not used, as they are not numeric: {} (name them in --categorical or --ignore)",
          String.join(", ", columns.unused()));
    }
    UniqueNames names = new UniqueNames(schema.fieldNames());
    String labelCol = names.take("label_of_training");
    FeatureStages featureStages = FeatureStages.of(columns, features.missing(), names);
    learner.setLabelCol(labelCol).setFeaturesCol(featureStages.featuresCol());
    if (weight.column() != null) {
      learner.setWeightCol(weight.column());
    }
    List<PipelineStage> stages = new ArrayList<>(featureStages.stages());
    stages.addAll(
        SamplingOptions.stages(sampling, labelCol, featureStages.featuresCol(), split.seed()));
    if (weighter != null) {
      String classWeightCol = names.take("class_weight");
      configure(weighter, binary, labelCol).setOutputCol(classWeightCol);
      stages.add(weighter);
      learner.setWeightCol(classWeightCol);
    }
    stages.add(learner);
    Pipeline pipeline = new Pipeline().setStages(stages.toArray(new PipelineStage[0]));
    return new Training(
        binary, columns, needed(table, columns, binary, labelCol), labelCol, names, pipeline);
  }

  private void requireInterpolable(FeatureColumns columns, List<SamplingStep> sampling) {
    if (!columns.categorical().isEmpty() && sampling.stream().anyMatch(SamplingStep::isSynthetic)) {
      throw usage(
          "--sampling: "
              + sampling.stream().filter(SamplingStep::isSynthetic).findFirst().orElseThrow()
              + " cannot put rows between the categories of --categorical once they are one-hot"
              + " encoded; use over, or make the rows beforehand with `imbalanced resample`");
    }
  }

  private ClassWeighter configure(ClassWeighter weighter, BinaryLabel binary, String labelCol) {
    weighter.setLabelCol(labelCol);
    if (weight.column() != null) {
      weighter.setWeightCol(weight.column());
    }
    if (!weighting.customWeights().isEmpty()) {
      weighter.setCustomWeights(
          CustomWeights.of(
              weighting.customWeights(), List.of(binary.negative(), binary.positive())));
    }
    return weighter;
  }

  /** Returns the columns that training reads, with the label as 0 and 1. */
  private Dataset<Row> needed(
      Dataset<Row> table, FeatureColumns columns, BinaryLabel binary, String labelCol) {
    Set<String> needed = new LinkedHashSet<>(columns.names());
    needed.add(weight.column());
    needed.add(split.column());
    needed.remove(null);
    return table.select(
        Stream.concat(
                needed.stream().map(Columns::named), Stream.of(binary.indicator().as(labelCol)))
            .toArray(Column[]::new));
  }

  private TrainingOutcome run(Training training, List<SamplingStep> sampling) {
    Dataset<Row> rows = training.rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Dataset<Row>> parts = split.split(rows, training.labelCol, training.names);
      long start = System.nanoTime();
      PipelineModel fitted = training.pipeline.fit(parts.get(0));
      double seconds = (System.nanoTime() - start) / 1e9;
      ImbalancedLogisticRegressionModel classifier = classifier(fitted);
      LOG.info("evaluating on held-out rows");
      BinaryMetrics metrics =
          BinaryEvaluation.evaluate(
              fitted.transform(parts.get(1)),
              ModelFolder.PROBABILITY,
              training.labelCol,
              weight.column(),
              classifier.getThreshold());
      return new TrainingOutcome(
          training.label,
          training.columns,
          weight.column(),
          sampling,
          strategy,
          fitted,
          metrics,
          seconds);
    } finally {
      rows.unpersist();
    }
  }

  private static ImbalancedLogisticRegressionModel classifier(PipelineModel fitted) {
    Transformer[] stages = fitted.stages();
    return (ImbalancedLogisticRegressionModel) stages[stages.length - 1];
  }

  private void save(
      TrainingOutcome outcome, TrainingReport page, Output modelOutput, Output reportOutput) {
    if (modelOutput != null) {
      try {
        outcome.fitted().write().save(modelOutput.temporary().toString());
      } catch (IOException e) {
        throw new UncheckedIOException("model: '" + model + "' cannot be written", e);
      }
    }
    if (reportOutput != null) {
      ReportFolder.write(reportOutput, page.metrics(), page.page());
    }
    Output.commitAll(modelOutput, reportOutput);
    if (modelOutput != null) {
      out().println("\nmodel    " + model);
    }
    if (reportOutput != null) {
      out().println("report   " + report + "/report.html");
    }
  }
}
