package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.tuning.ThresholdTuner;
import io.github.imbalancedspark.tuning.TunedModel;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a model to a table, holds rows out to evaluate it, saves model and report. */
@Command(name = "train", description = "Fit a model and evaluate it on test rows.")
final class TrainCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

  @Mixin private TrainingOptions options;
  @Mixin private ChoiceOptions choice;
  @Mixin private EpochOptions epochs;
  @Mixin private CalibrationOptions calibration;
  @Mixin private ResultOptions places;

  @Option(
      names = "--day-col",
      paramLabel = "COLUMN",
      order = 55,
      description =
          "Tells days apart, for --threshold-for alerts_per_day<=100: as many alerts, on the mean"
              + " over days, as that; no feature.")
  private String dayCol;

  @Option(
      names = "--on-unreachable",
      paramLabel = "REACTION",
      order = 56,
      description =
          "If no threshold keeps the criterion's bound: error (default), or nearest, to warn and"
              + " take the one that comes nearest.")
  private String onUnreachable;

  @Override
  public Integer call() {
    TrainingOptions.Recipe recipe = options.recipe(dayCol);
    ThresholdTuner<PipelineModel> tuner = tuner();
    configureChoices(recipe, tuner != null);
    try (ResultOptions.Results results = places.open(options.inputPath())) {
      Training training = options.prepare(session(), recipe, dayCol);
      results.begin();
      TrainingOutcome outcome = run(training, recipe.learner(), tuner);
      TrainingReport page = new TrainingReport(options.inputPath(), outcome);
      out().print(page.page().toText());
      out().flush();
      results.save(
          outcome.fitted(), place -> ReportFolder.write(place, page.metrics(), page.page()), out());
    }
    return 0;
  }

  /** Returns the stage that chooses the threshold, or {@code null} if it is given. */
  private ThresholdTuner<PipelineModel> tuner() {
    String problem = choice.problem();
    if (problem != null) {
      throw usage(problem);
    }
    if (choice.criterion() == null) {
      return null;
    }
    ThresholdCriterion criterion = ThresholdCriterion.of(choice.criterion());
    if (criterion.needsDays() && dayCol == null) {
      throw usage("--threshold-for: alerts_per_day needs to tell days apart; give --day-col too");
    }
    ThresholdTuner<PipelineModel> tuner =
        new ThresholdTuner<PipelineModel>().setCriterion(criterion.name()).setRefit(choice.refit());
    if (dayCol != null) {
      tuner.setDayCol(dayCol).setDayShare(options.split().shareBeforeTest());
    }
    try {
      StageParams.set(tuner, "onUnreachable", onUnreachable, "--on-unreachable");
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    return tuner;
  }

  private void configureChoices(TrainingOptions.Recipe recipe, boolean choosesThreshold) {
    try {
      epochs.configure(recipe.learner(), choosesThreshold, !recipe.sampling().isEmpty());
      LearnerOptions.requireConsistent(
          recipe.learner(), epochs.validates(), recipe.weighter() != null);
      calibration.configure(choosesThreshold || epochs.validates());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private TrainingOutcome run(
      Training training,
      ImbalancedLogisticRegression learner,
      ThresholdTuner<PipelineModel> tuner) {
    Dataset<Row> rows = training.rows().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Dataset<Row>> parts =
          options
              .split()
              .split(
                  rows,
                  training.labelCol(),
                  training.names(),
                  tuner != null || epochs.validates() || calibration.isAsked());
      long start = System.nanoTime();
      TunedModel<PipelineModel> tuned =
          tuner == null
              ? new TunedModel<>(fit(training, learner, parts), null)
              : choose(training, tuner, parts);
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.info("evaluating on test rows");
      return outcome(training, tuned, parts, seconds);
    } finally {
      rows.unpersist();
    }
  }

  private TrainingOutcome outcome(
      Training training,
      TunedModel<PipelineModel> tuned,
      List<Dataset<Row>> parts,
      double seconds) {
    ModelFolder model = ModelFolder.of(tuned.model());
    Dataset<Row> scored = model.transform(parts.get(parts.size() - 1));
    return new TrainingOutcome(
        training,
        training.used(),
        FeatureNames.of(
            scored.schema().apply(model.classifier().getFeaturesCol()), training.columns()),
        tuned,
        tuned.choice() != null && choice.refit(),
        parts.size() > 2 ? ClassCounts.of(parts.get(1), training.labelCol()) : null,
        model.evaluate(
            scored,
            Columns.named(training.labelCol()),
            training.labelCol(),
            training.weightCol(),
            model.classifier().getThreshold()),
        calibration.isAsked()
            ? CalibrationReport.of(calibration.method(), scored, training, model.classifier())
            : null,
        seconds);
  }

  /**
   * Fits to the first part; if epochs are chosen among or probabilities learnt, on the second. What
   * features are made by is learnt from the first part even then.
   */
  private PipelineModel fit(
      Training training, ImbalancedLogisticRegression learner, List<Dataset<Row>> parts) {
    if (!epochs.validates()) {
      PipelineModel fitted = training.pipeline().fit(parts.get(0));
      return calibration.isAsked()
          ? calibration.calibrated(fitted, parts.get(1), training)
          : fitted;
    }
    String indicatorCol = training.names().take("chooses_the_epoch");
    learner.setValidationIndicatorCol(indicatorCol);
    PipelineModel before = Pipelines.withoutLast(training.pipeline()).fit(parts.get(0));
    return Pipelines.joined(
        parts.get(0),
        before,
        learner.fit(before.transform(EpochOptions.mark(parts, indicatorCol))));
  }

  /** Fits to the first part and chooses the threshold on the second. */
  private static TunedModel<PipelineModel> choose(
      Training training, ThresholdTuner<PipelineModel> tuner, List<Dataset<Row>> parts) {
    String validation = training.names().take("validation");
    tuner
        .setEstimator(training.pipeline())
        .setLabelCol(training.labelCol())
        .setValidationIndicatorCol(validation);
    if (training.weightCol() != null) {
      tuner.setWeightCol(training.weightCol());
    }
    return tuner.tune(
        parts
            .get(0)
            .withColumn(validation, functions.lit(false))
            .unionByName(parts.get(1).withColumn(validation, functions.lit(true))));
  }
}
