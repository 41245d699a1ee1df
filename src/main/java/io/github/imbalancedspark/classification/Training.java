package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.weights.OddsFactors.Factor;
import io.github.imbalancedspark.internal.OddsLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains variants of one estimator, which read the same columns, in shared passes over the rows.
 */
final class Training {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  /** Each tally may take {@link ScoreCurve#DEFAULT_MAX_BINS}, be the fit one of many or alone. */
  private static final int FITS_AT_ONCE = 4;

  private Training() {}

  static List<ImbalancedLogisticRegressionModel> run(
      Dataset<?> dataset, List<ImbalancedLogisticRegression> variants) {
    long start = System.nanoTime();
    ImbalancedLogisticRegression reader = variants.get(0);
    List<List<Factor>> ledgers = ledgers(dataset.schema(), variants);
    try (TrainingRows rows = TrainingRows.read(dataset, reader)) {
      BlockSummary summary = rows.training().summary();
      logSummary(summary);
      variants.forEach(variant -> RowChecks.requireLabels(summary, variant));
      variants.forEach(variant -> RowChecks.requireCountableLabels(summary, variant));
      variants.forEach(variant -> RowChecks.requireFewFeatures(summary, variant));
      List<FitProblem> problems =
          variants.stream()
              .map(
                  variant ->
                      new FitProblem(
                          variant, summary, variants.size(), VariantName.of(variant, variants)))
              .toList();
      for (int k = 0; k < problems.size(); k++) {
        checkOdds(problems.get(k), ledgers.get(k));
      }
      boolean weightsByStage = TrainingRows.areWeightsByStage(dataset, reader);
      problems.forEach(problem -> ParamChecks.requireUnweightedClasses(problem, weightsByStage));
      List<Fit> fits = fits(problems, rows);
      runToTheEnd(fits, rows);
      double seconds = (System.nanoTime() - start) / 1e9;
      return IntStream.range(0, fits.size())
          .mapToObj(k -> fits.get(k).result().model(problems.get(k), ledgers.get(k), seconds))
          .toList();
    }
  }

  /** Returns what each variant takes of the ledger, which it warns of once. */
  private static List<List<Factor>> ledgers(
      StructType schema, List<ImbalancedLogisticRegression> variants) {
    Map<Boolean, List<Factor>> byKnowledge = new HashMap<>();
    return variants.stream()
        .map(
            variant ->
                byKnowledge.computeIfAbsent(
                    variant.isSet(variant.populationRate()),
                    areKnown ->
                        OddsLedger.factors(
                            schema, variant.getLabelCol(), variant.weightColumn(), areKnown)))
        .toList();
  }

  private static void logSummary(BlockSummary summary) {
    LOG.info(
        "read {} of {}; weight of the classes: {} negative, {} positive",
        Plural.of(summary.rows(), "row"),
        Plural.of(summary.features(), "feature"),
        summary.negativeWeight(),
        summary.positiveWeight());
  }

  private static void checkOdds(FitProblem problem, List<Factor> ledger) {
    FitOdds.check(
        FitOdds.of(problem.params(), problem.summary(), ledger, problem.classWeights()),
        problem.params());
  }

  private static List<Fit> fits(List<FitProblem> problems, TrainingRows rows) {
    List<Block> sketch =
        Sketch.helps(rows.training().summary())
                && problems.stream().anyMatch(FitProblem::startsFromSketch)
            ? rows.training().sketch(Sketch.of(rows.training().summary()))
            : List.of();
    List<Fit> fits = new ArrayList<>();
    for (FitProblem problem : problems) {
      fits.add(fit(problem, sketch, rows.validation() != null));
    }
    return fits;
  }

  private static Fit fit(FitProblem problem, List<Block> sketch, boolean validated) {
    if (problem.byEpochs()) {
      return new EpochFit(problem, validated);
    }
    return switch (problem.params().getBiasCorrection()) {
      case "firth" -> new FirthFit(problem);
      case "kingZeng" -> new KingZengFit(problem, new LogisticFit(problem, sketch));
      default -> new LogisticFit(problem, sketch);
    };
  }

  private static void runToTheEnd(List<Fit> fits, TrainingRows rows) {
    List<Fit> active = fits;
    while (!active.isEmpty()) {
      List<LossSum> sums = rows.training().sum(active.stream().map(Fit::ask).toList());
      for (int k = 0; k < sums.size(); k++) {
        active.get(k).tell(sums.get(k));
      }
      validate(active.stream().filter(fit -> fit.scoring() != null).toList(), rows.validation());
      active = active.stream().filter(fit -> !fit.stopped()).toList();
    }
  }

  private static void validate(List<Fit> fits, TrainingBlocks validation) {
    for (int from = 0; from < fits.size(); from += FITS_AT_ONCE) {
      List<Fit> some = fits.subList(from, Math.min(fits.size(), from + FITS_AT_ONCE));
      List<ScoreTally> tallies = validation.tally(some.stream().map(Fit::scoring).toList());
      for (int k = 0; k < tallies.size(); k++) {
        some.get(k).tell(tallies.get(k));
      }
    }
  }
}
