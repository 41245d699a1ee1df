package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /** More features than this are not listed. */
  private static final int MOST_LISTED = 100;

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

  @SetsParameters("strategy")
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
   * @param dayCol a further column that is needed and no feature, or {@code null}
   * @throws ParameterException if they cannot be right, whatever the table
   */
  Recipe recipe(String dayCol) {
    return orUsage(
        () -> {
          split.requireUsable();
          features.requireOneRole(
              new ColumnRoles()
                  .take("--label", label.column())
                  .take("--weight-col", weight.column())
                  .take("--day-col", dayCol));
          Recipe recipe =
              new Recipe(
                  learnerOptions.learner(),
                  strategy == null ? null : weighting.weighter(strategy, "--weighting"),
                  samplingOptions.steps());
          requireInterpolable(recipe.sampling());
          return recipe;
        });
  }

  private void requireInterpolable(List<SamplingStep> sampling) {
    sampling.stream()
        .filter(step -> step.isSynthetic() && features.hasCategories())
        .findFirst()
        .ifPresent(
            step -> {
              throw new IllegalArgumentException(
                  "--sampling: "
                      + step
                      + " cannot put rows between the categories of --categorical once they are"
                      + " one-hot encoded; use over, or make the rows beforehand with `imbalanced"
                      + " resample`");
            });
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
    Dataset<Row> table = input.loadRows(session, Map.of(), features::withTextsAsText);
    StructType schema = table.schema();
    FeatureColumns columns = columns(schema, other);
    LOG.info("reading {}", input.path());
    BinaryLabel binary = label.of(table);
    log(binary, columns);
    ValueChecks.require(table, weight.column(), columns.unused());
    UniqueNames names = new UniqueNames(schema.fieldNames());
    String labelCol = names.take(binary.question());
    FeatureStages featureStages = FeatureStages.of(columns, features.missing(), names);
    Pipeline pipeline = pipeline(recipe, binary, featureStages, labelCol, names);
    return new Training(
        binary,
        columns,
        featureStages.check(needed(table, columns, binary, labelCol, other)),
        labelCol,
        weight.column(),
        recipe.sampling(),
        strategy,
        names,
        pipeline);
  }

  private FeatureColumns columns(StructType schema, String other) {
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
    return features.in(schema, taken, split.column());
  }

  private void log(BinaryLabel binary, FeatureColumns columns) {
    LOG.info(
        "{}: {} of '{}' = {}, {} of {}; {}",
        Plural.of(binary.rows(), "row"),
        binary.positives(),
        label.column(),
        binary.positive(),
        binary.negatives(),
        binary.negative(),
        Plural.of(columns.size(), "feature column"));
    LOG.info("features: {}", listed(columns.names()));
    if (!columns.unused().isEmpty()) {
      LOG.info(
          "not used, as they are not numeric: {} (name them in --categorical or --ignore)",
          String.join(", ", columns.unused()));
    }
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED))
            + " and "
            + (names.size() - MOST_LISTED)
            + " more";
  }

  private Pipeline pipeline(
      Recipe recipe,
      BinaryLabel binary,
      FeatureStages featureStages,
      String labelCol,
      UniqueNames names) {
    ImbalancedLogisticRegression learner = recipe.learner();
    learner.setLabelCol(labelCol).setFeaturesCol(featureStages.featuresCol());
    if (weight.column() != null) {
      learner.setWeightCol(weight.column());
    }
    List<PipelineStage> stages = new ArrayList<>(featureStages.stages());
    stages.addAll(
        samplingOptions.stages(
            recipe.sampling(), labelCol, featureStages.featuresCol(), split.seed()));
    if (recipe.weighter() != null) {
      String classWeightCol = names.take("class_weight");
      configure(recipe.weighter(), binary, labelCol).setOutputCol(classWeightCol);
      Terms.call(recipe.weighter().uid(), "--weighting " + strategy);
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
