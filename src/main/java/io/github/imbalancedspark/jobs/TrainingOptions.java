package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A table, its label and features, which rows are held out, and what is fitted to the others. */
final class TrainingOptions {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingOptions.class);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private InputOptions input;
  @Mixin private LabelOptions label;
  @Mixin private WeightColumnOption weight;
  @Mixin private FeatureOptions features;
  @Mixin private SplitOptions split;
  @Mixin private SamplingOptions samplingOptions;
  @Mixin private LearnerOptions learnerOptions;
  @Mixin private WeightingOptions weighting;

  @Option(
      names = "--weighting",
      paramLabel = "STRATEGY",
      order = 60,
      description =
          "Weigh rows by class: inverseFrequency, smoothedInverseFrequency, effectiveNumber or"
              + " custom (default: no).")
  private String strategy;

  /**
   * What the options ask for.
   *
   * @param learner the learner, without its columns
   * @param weighter the stage that weighs classes, or {@code null}
   * @param sampling how the training rows are resampled
   */
  record Recipe(
      ImbalancedLogisticRegression learner, ClassWeighter weighter, List<SamplingStep> sampling) {}

  String inputPath() {
    return input.path();
  }

  SplitOptions split() {
    return split;
  }

  /**
   * Returns what the options ask for.
   *
   * @throws ParameterException if they cannot be right, whatever the table
   */
  Recipe recipe() {
    if (split.problem() != null) {
      throw new ParameterException(command.commandLine(), split.problem());
    }
    return new Recipe(
        orUsage(learnerOptions::learner),
        orUsage(() -> strategy == null ? null : weighting.weighter(strategy, "--weighting")),
        orUsage(samplingOptions::steps));
  }

  private <T> T orUsage(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  /**
   * Looks at the table and lays out the work.
   *
   * @param other a further column that is needed and no feature, or {@code null}
   */
  Training prepare(SparkSession session, Recipe recipe, String other) {
    Dataset<Row> table = input.load(session);
    StructType schema = table.schema();
    FeatureColumns columns = columns(schema, recipe, other);
    LOG.info("reading {}", input.path());
    BinaryLabel binary = label.of(table);
    log(binary, columns);
    ValueChecks.require(table, weight.column(), columns.unused());
    UniqueNames names = new UniqueNames(schema.fieldNames());
    String labelCol = names.take("label_of_training");
    Pipeline pipeline = pipeline(recipe, binary, columns, labelCol, names);
    return new Training(
        binary,
        columns,
        needed(table, columns, binary, labelCol, other),
        labelCol,
        weight.column(),
        recipe.sampling(),
        strategy,
        names,
        pipeline);
  }

  private FeatureColumns columns(StructType schema, Recipe recipe, String other) {
    ModelFolder.requireFree(schema);
    Columns.require(schema, label.column(), "label");
    weight.requireNumeric(schema);
    List<String> taken = new ArrayList<>(List.of(label.column()));
    if (weight.column() != null) {
      taken.add(weight.column());
    }
    if (other != null) {
      taken.add(other);
    }
    if (split.column() != null) {
      Columns.require(schema, split.column(), "split");
    }
    FeatureColumns columns = features.in(schema, taken, split.column());
    requireInterpolable(columns, recipe.sampling());
    return columns;
  }

  private void requireInterpolable(FeatureColumns columns, List<SamplingStep> sampling) {
    if (!columns.categorical().isEmpty() && sampling.stream().anyMatch(SamplingStep::isSynthetic)) {
      throw new ParameterException(
          command.commandLine(),
          "--sampling: "
              + sampling.stream().filter(SamplingStep::isSynthetic).findFirst().orElseThrow()
              + " cannot put rows between the categories of --categorical once they are one-hot"
              + " encoded; use over, or make the rows beforehand with `imbalanced resample`");
    }
  }

  private void log(BinaryLabel binary, FeatureColumns columns) {
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
  }

  private Pipeline pipeline(
      Recipe recipe,
      BinaryLabel binary,
      FeatureColumns columns,
      String labelCol,
      UniqueNames names) {
    FeatureStages featureStages = FeatureStages.of(columns, features.missing(), names);
    ImbalancedLogisticRegression learner = recipe.learner();
    learner.setLabelCol(labelCol).setFeaturesCol(featureStages.featuresCol());
    if (weight.column() != null) {
      learner.setWeightCol(weight.column());
    }
    List<PipelineStage> stages = new ArrayList<>(featureStages.stages());
    stages.addAll(
        SamplingOptions.stages(
            recipe.sampling(), labelCol, featureStages.featuresCol(), split.seed()));
    if (recipe.weighter() != null) {
      String classWeightCol = names.take("class_weight");
      configure(recipe.weighter(), binary, labelCol).setOutputCol(classWeightCol);
      stages.add(recipe.weighter());
      learner.setWeightCol(classWeightCol);
    }
    stages.add(learner);
    return new Pipeline().setStages(stages.toArray(new PipelineStage[0]));
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

  /** Returns a column; the weight column with what its odds ledger says of the label as 0 and 1. */
  private Column withLedger(String name, StructType schema, BinaryLabel binary, String labelCol) {
    Column column = Columns.named(name);
    return name.equals(weight.column())
        ? column.as(name, binary.ledger(schema.apply(name), labelCol))
        : column;
  }

  /** Returns the columns that training reads, with the label as 0 and 1, and their odds ledger. */
  private Dataset<Row> needed(
      Dataset<Row> table,
      FeatureColumns columns,
      BinaryLabel binary,
      String labelCol,
      String other) {
    StructType schema = table.schema();
    Set<String> needed = new LinkedHashSet<>(columns.names());
    needed.add(weight.column());
    needed.add(split.column());
    needed.add(other);
    needed.remove(null);
    Column indicator =
        binary.indicator().as(labelCol, binary.ledger(schema.apply(binary.column()), labelCol));
    return table.select(
        Stream.concat(
                needed.stream().map(name -> withLedger(name, schema, binary, labelCol)),
                Stream.of(indicator))
            .toArray(Column[]::new));
  }
}
