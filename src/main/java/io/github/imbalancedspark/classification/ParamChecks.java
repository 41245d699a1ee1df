package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.metrics.Metric;

/** Which parameters go together. */
final class ParamChecks {

  private ParamChecks() {}

  /**
   * Checks combinations of parameters.
   *
   * @throws IllegalArgumentException if one contradicts another
   */
  static void requireConsistent(ImbalancedLogisticRegression params) {
    require(
        !params.hasLasso()
            || params.getSolver().equals("auto")
            || params.getSolver().equals("owlqn"),
        "solver: %s cannot minimise an L1 penalty (elasticNetParam is %s); use owlqn or auto",
        params.getSolver(),
        params.getElasticNetParam());
    require(
        LossFunction.of(params.getLoss()) != LossFunction.SIGMOID_FOCAL
            || params.getFocalAlpha() < 1,
        "focalAlpha: is %s, which leaves the negatives of sigmoidFocal without a loss; choose one"
            + " below 1",
        params.getFocalAlpha());
    boolean byEpochs = params.isSet(params.maxEpochs());
    boolean validated = params.validationIndicatorColumn() != null;
    boolean constant = params.getPosWeightSchedule().equals(EpochSchedule.CONSTANT);
    require(
        byEpochs || constant,
        "posWeightSchedule: %s changes from epoch to epoch; set maxEpochs too",
        params.getPosWeightSchedule());
    require(
        byEpochs || !validated,
        "validationIndicatorCol: validation rows (column '%s') choose the best epoch; set maxEpochs"
            + " too, or filter them out",
        params.validationIndicatorColumn());
    require(
        validated || !params.getPosWeightSchedule().equals(EpochSchedule.PLATEAU),
        "posWeightSchedule: %s follows the validation metric; set validationIndicatorCol too",
        params.getPosWeightSchedule());
    require(
        !validated || !Metric.of(params.getValidationMetric()).name().equals("expected_cost"),
        "validationMetric: %s needs the costs of each row, which training does not read; name the"
            + " costs, as in expected_cost@fp=1,fn=50",
        params.getValidationMetric());
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }
}
