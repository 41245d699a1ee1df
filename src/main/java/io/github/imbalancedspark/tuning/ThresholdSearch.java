package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import io.github.imbalancedspark.internal.Terms;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice of a threshold on scored validation rows.
 *
 * @param params what it is chosen for, and from which columns
 */
record ThresholdSearch(ThresholdTunerParams<?> params) {

  private static final Logger LOG = LoggerFactory.getLogger(ThresholdTuner.class);
  private static final String WHERE = " (on the validation rows)";

  /**
   * Returns the best threshold.
   *
   * @param scored the validation rows with their scores
   * @param rows the validation rows among all, for the number of days
   */
  ThresholdChoice choose(Dataset<Row> scored, HoldOut rows) {
    ThresholdCriterion criterion = ThresholdCriterion.of(params.getCriterion());
    ScoreTally tally =
        BinaryEvaluation.tally(
            scored, columns(scored, criterion.needsCosts()), ScoreCurve.DEFAULT_MAX_BINS);
    double days =
        criterion.needsDays()
            ? rows.days(params.getDayCol(), params.weightColumn()) * params.getDayShare()
            : Double.NaN;
    ThresholdChoice choice = choose(criterion, tally, days);
    if (choice.shortfall() != null) {
      settleFor(choice);
    }
    LOG.info(
        "threshold {} for {}: {} on the validation rows",
        choice.threshold(),
        choice.criterion(),
        choice.value());
    return choice;
  }

  private ScoredColumns columns(Dataset<Row> scored, boolean withCosts) {
    ScoredColumns columns =
        ScoredColumns.of(
            scored.schema(),
            "probabilityCol",
            params.getProbabilityCol(),
            params.getLabelCol(),
            params.weightColumn());
    return withCosts
        ? columns.withCosts(
            scored.schema(), params.getFalsePositiveCostCol(), params.getFalseNegativeCostCol())
        : columns;
  }

  private static ThresholdChoice choose(
      ThresholdCriterion criterion, ScoreTally tally, double days) {
    try {
      return criterion.choose(tally, days);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("criterion: " + e.getMessage() + WHERE, e);
    }
  }

  /** Does what {@code onUnreachable} says with the threshold that comes nearest. */
  private void settleFor(ThresholdChoice nearest) {
    String finding = "criterion: " + nearest.shortfall() + WHERE;
    if (params.getOnUnreachable().equals(TunerParamSet.ERROR)) {
      throw new IllegalArgumentException(
          Terms.of(finding + "; ask for less, or set onUnreachable to nearest"));
    }
    LOG.warn("{}; that threshold is taken", Terms.of(finding));
  }
}
