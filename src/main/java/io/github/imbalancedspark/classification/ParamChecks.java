package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.internal.Terms;

/** Which parameters go together. */
final class ParamChecks {

  private ParamChecks() {}

  /**
   * Checks combinations of parameters.
   *
   * @throws IllegalArgumentException if one contradicts another
   */
  static void requireConsistent(ImbalancedLogisticRegression params) {
    String solver = params.getSolver();
    require(
        !params.hasLasso() || solver.equals("auto") || solver.equals("owlqn"),
        "solver: "
            + solver
            + Terms.of(" cannot minimise an L1 penalty (elasticNetParam is ")
            + params.getElasticNetParam()
            + "); use owlqn or auto");
    require(
        LossFunction.of(params.getLoss()) != LossFunction.SIGMOID_FOCAL
            || params.getFocalAlpha() < 1,
        "focalAlpha: is "
            + params.getFocalAlpha()
            + ", which leaves the negatives of sigmoidFocal without a loss; choose one below 1");
    require(
        params.isSet(params.initialCoefficients()) || params.getInitialIntercept() == 0,
        "initialIntercept: is "
            + params.getInitialIntercept()
            + Terms.of(", and there are no initialCoefficients to start at; set both, or neither"));
    params.getThreshold(); // refuses thresholds that contradict it
    requireConsistentEpochs(params);
    if (correctsBias(params)) {
      requireLikelihood(params);
    }
  }

  static boolean correctsBias(ImbalancedLogisticRegression params) {
    return !params.getBiasCorrection().equals("none");
  }

  /** The bias is known of the maximum likelihood estimate, and of nothing else. */
  private static void requireLikelihood(ImbalancedLogisticRegression params) {
    String correction = "biasCorrection: " + params.getBiasCorrection();
    require(
        params.getRegParam() == 0,
        correction
            + Terms.of(" is for fits without a penalty, and regParam is ")
            + params.getRegParam()
            + "; set it to 0");
    require(
        LossFunction.of(params.getLoss()) == LossFunction.BCE_WITH_LOGITS
            && !params.isSet(params.maxEpochs()),
        correction
            + " is for bceWithLogits, run until it converges: take no other loss, and no"
            + " epochs");
    requireAlikeClasses(params);
  }

  /**
   * Requires that classes weigh the same.
   *
   * @param weightsByStage whether a weighting stage wrote the weight column
   */
  static void requireUnweightedClasses(FitProblem problem, boolean weightsByStage) {
    double[] weights = problem.classWeights();
    requireAlikeClasses(problem.params(), weights[0] == 1 && weights[1] == 1 && !weightsByStage);
  }

  /** Requires what {@link #requireUnweightedClasses} does, as far as parameters alone tell. */
  private static void requireAlikeClasses(ImbalancedLogisticRegression params) {
    boolean given = params.isSet(params.classWeights());
    boolean positiveAlike =
        params.isSet(params.posWeight())
            ? params.getPosWeight() == 1
            : params.getAutoPosWeight() || !given || params.getClassWeights()[1] == 1;
    requireAlikeClasses(params, positiveAlike && (!given || params.getClassWeights()[0] == 1));
  }

  private static void requireAlikeClasses(ImbalancedLogisticRegression params, boolean alike) {
    require(
        !correctsBias(params) || alike,
        "biasCorrection: "
            + params.getBiasCorrection()
            + Terms.of(
                " is for classes that weigh the same; leave class weights and posWeight out, and let"
                    + " populationRate correct the odds"));
  }

  private static void requireConsistentEpochs(ImbalancedLogisticRegression params) {
    boolean byEpochs = params.isSet(params.maxEpochs());
    String validationCol = params.validationIndicatorColumn();
    String schedule = params.getPosWeightSchedule();
    String metric = Metric.of(params.getValidationMetric()).name();
    require(
        byEpochs || schedule.equals(EpochSchedule.CONSTANT),
        "posWeightSchedule: "
            + schedule
            + Terms.of(" changes from epoch to epoch; set maxEpochs too"));
    require(
        byEpochs || validationCol == null,
        "validationIndicatorCol: validation rows (column '"
            + validationCol
            + Terms.of("') choose the best epoch; set maxEpochs too, or filter them out"));
    require(
        validationCol != null || !schedule.equals(EpochSchedule.PLATEAU),
        "posWeightSchedule: "
            + schedule
            + Terms.of(" follows the validation metric; set validationIndicatorCol too"));
    if (schedule.equals(EpochSchedule.PLATEAU)
        && params.isSet(params.posWeight())
        && params.isSet(params.maxPosWeight())) {
      EpochSchedule.requireRoom(params, params.getPosWeight());
    }
    require(
        validationCol == null || !metric.equals("expected_cost"),
        "validationMetric: "
            + metric
            + " needs the costs of each row, which training does not read; name the costs, as in"
            + " expected_cost@fp=1,fn=50");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
