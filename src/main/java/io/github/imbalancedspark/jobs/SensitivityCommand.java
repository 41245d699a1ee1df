package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.tuning.PosWeightSensitivity;
import io.github.imbalancedspark.tuning.Sensitivity;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a model for each of several values of pos_weight, and shows what difference it makes. */
@Command(
    name = "sensitivity",
    description = "Fit a model for each of several pos_weights, and draw what difference it makes.")
final class SensitivityCommand extends SparkCommand {

  private static final Logger LOG = LoggerFactory.getLogger(SensitivityCommand.class);

  @Mixin private TrainingOptions options;
  @Mixin private ChoiceOptions choice;
  @Mixin private ResultOptions places;

  @Option(
      names = "--candidates",
      paramLabel = "NUMBERS",
      split = ",",
      hideParamSyntax = true,
      order = 38,
      description =
          "The values of pos_weight, comma-separated (default: 1,5,10,50,100,200 and negatives /"
              + " positives).")
  private double[] candidates;

  @SetsParameters("metricName")
  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = "average_precision",
      order = 39,
      description = "Which is best, on the validation rows (default: average_precision).")
  private String metric;

  @Option(
      names = "--compare",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      order = 37,
      description =
          "Compare remedies in place of pos_weights: nothing, class weights, pos_weight, under-, over-"
              + " and weighted sampling, SMOTE and the focal loss.")
  private boolean compare;

  @Override
  public Integer call() {
    TrainingOptions.Recipe recipe = options.recipe(null);
    requireUsable(recipe);
    try (ResultOptions.Results results = places.open(options.inputPath())) {
      Training training = options.prepare(session(), recipe, null);
      results.begin();
      if (compare) {
        ComparisonRun run =
            new ComparisonRun(
                options.inputPath(), training, options.split(), metric, choice.criterion());
        ComparisonReport report = run.report(recipe.learner());
        out().print(report.page().toText());
        out().flush();
        results.save(report.best().fitted(), report::write, out());
        return 0;
      }
      PosWeightSensitivity<PipelineModel> analysis =
          configure(new PosWeightSensitivity<>(training.pipeline()))
              .setWeightCol(training.weightCol());
      long start = System.nanoTime();
      Sensitivity<PipelineModel> found = run(training, analysis);
      double seconds = (System.nanoTime() - start) / 1e9;
      SensitivityReport report =
          new SensitivityReport(options.inputPath(), training, found, seconds);
      out().print(report.page().toText());
      out().flush();
      results.save(found.model(), report::write, out());
    }
    return 0;
  }

  private void requireUsable(TrainingOptions.Recipe recipe) {
    String problem = choice.problem();
    if (problem != null) {
      throw usage(problem);
    }
    if (choice.criterion() != null && ThresholdCriterion.of(choice.criterion()).needsDays()) {
      throw usage(
          "--threshold-for: days are told apart by train only, with --day-col; choose another"
              + " criterion");
    }
    try {
      Metric.of(metric);
    } catch (IllegalArgumentException e) {
      throw usage("--metric: " + e.getMessage());
    }
    if (compare) {
      requireNoRemedy(recipe);
    }
    try {
      configure(new PosWeightSensitivity<>(recipe.learner()));
      LearnerOptions.requireConsistent(recipe.learner(), false, true);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (recipe.learner().isSet(recipe.learner().posWeight())
        || recipe.learner().isSet(recipe.learner().autoPosWeight())) {
      LOG.info("--pos-weight is not used: it is what varies here, through --candidates");
    }
  }

  private void requireNoRemedy(TrainingOptions.Recipe recipe) {
    ImbalancedLogisticRegression learner = recipe.learner();
    boolean remedied =
        recipe.weighter() != null
            || !recipe.sampling().isEmpty()
            || Stream.of(
                    "posWeight",
                    "autoPosWeight",
                    "classWeights",
                    "loss",
                    "maxEpochs",
                    "biasCorrection")
                .anyMatch(name -> learner.isSet(learner.getParam(name)));
    if (remedied || candidates != null || choice.refit()) {
      throw usage(
          "--compare tries each remedy by itself: leave out --weighting, --sampling, --pos-weight,"
              + " --class-weights, --loss, --bias-correction, --candidates and --refit");
    }
    if (learner.isSet(learner.threshold())) {
      throw usage("--compare chooses the threshold of each remedy: leave out --threshold");
    }
    if (learner.isSet(learner.populationRate())) {
      throw usage(
          "--compare measures calibration on rows of the table: leave out --population-rate");
    }
  }

  private <M extends Model<M>> PosWeightSensitivity<M> configure(PosWeightSensitivity<M> analysis) {
    if (candidates != null) {
      analysis.setCandidates(candidates).setWithRatio(false);
    }
    if (choice.criterion() != null) {
      analysis.setThresholdFor(choice.criterion());
    }
    return analysis.setMetricName(metric).setRefit(choice.refit());
  }

  private Sensitivity<PipelineModel> run(
      Training training, PosWeightSensitivity<PipelineModel> analysis) {
    Dataset<Row> rows = training.rows().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Dataset<Row>> parts =
          options.split().split(rows, training.labelCol(), training.names(), true);
      return analysis.run(parts.get(0), parts.get(1), parts.get(2));
    } finally {
      rows.unpersist();
    }
  }
}
