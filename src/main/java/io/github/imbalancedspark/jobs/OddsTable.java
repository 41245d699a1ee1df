package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.weights.OddsFactors;
import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The ledger of a fit: by what the odds of the positive class were multiplied. */
final class OddsTable {

  private OddsTable() {}

  /** Returns the table of a model that was fitted in this session. */
  static Table of(ImbalancedLogisticRegressionModel model) {
    OddsFactors odds = model.summary().odds();
    List<List<String>> rows = new ArrayList<>();
    odds.factors().stream()
        .filter(factor -> factor.value() != 1)
        .forEach(factor -> rows.add(row(Terms.of(factor.cause()), factor.value(), factor.exact())));
    rows.add(row("together", odds.product(), odds.exact()));
    return new Table(
        "Odds of the positive class, multiplied by",
        List.of(),
        rows,
        model
                .correctionRefusal()
                .map(refusal -> "There are no corrected probabilities: " + Terms.of(refusal) + ".")
                .orElse("A corrected probability is that of the odds divided by this.")
            + population(model));
  }

  private static String population(ImbalancedLogisticRegressionModel model) {
    if (!model.isSet(model.populationRate())) {
      return "";
    }
    double negatives = model.summary().negativeWeight();
    double positives = model.summary().positiveWeight();
    return String.format(
        " Positive are %s%% of the population, and %s of the rows trained on.",
        Numbers.number(100 * model.getPopulationRate()),
        Numbers.percent(positives / (negatives + positives)));
  }

  private static List<String> row(String cause, double factor, boolean exact) {
    return List.of(cause, Numbers.number(factor) + (exact ? "" : ", approximately"));
  }
}
