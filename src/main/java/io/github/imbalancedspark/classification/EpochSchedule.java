package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.weights.PosWeightSchedule;
import io.github.imbalancedspark.internal.Terms;

/** The schedule of c₁ that a set of parameters asks for. */
final class EpochSchedule {

  static final String CONSTANT = "constant";
  static final String PLATEAU = "plateau";
  private static final String LINEAR_DECAY = "linearDecay";

  private EpochSchedule() {}

  static PosWeightSchedule of(FitProblem problem) {
    ImbalancedLogisticRegression params = problem.params();
    double base = problem.classWeights()[1];
    int patience = params.getPatience();
    boolean largerIsBetter = Metric.of(params.getValidationMetric()).isLargerBetter();
    return switch (params.getPosWeightSchedule()) {
      case CONSTANT -> PosWeightSchedule.constant(base, patience, largerIsBetter);
      case LINEAR_DECAY ->
          PosWeightSchedule.linearDecay(base, params.getMaxEpochs(), patience, largerIsBetter);
      case PLATEAU ->
          PosWeightSchedule.plateau(
              base, params.getGrowth(), most(problem, base), patience, largerIsBetter);
      default ->
          throw new IllegalArgumentException(
              "no schedule is called " + params.getPosWeightSchedule());
    };
  }

  private static double most(FitProblem problem, double base) {
    ImbalancedLogisticRegression params = problem.params();
    if (!params.isSet(params.maxPosWeight())) {
      BlockSummary rows = problem.summary();
      return Math.max(base, rows.negativeWeight() / rows.positiveWeight());
    }
    requireRoom(params, base);
    return params.getMaxPosWeight();
  }

  /** Checks that the weight that a plateau starts at is no larger than where it ends. */
  static void requireRoom(ImbalancedLogisticRegression params, double base) {
    if (params.getMaxPosWeight() < base) {
      throw new IllegalArgumentException(
          String.format(
              Terms.of(
                  "maxPosWeight: is %s, below the posWeight %s that the schedule starts at; raise it,"
                      + " or set a smaller posWeight"),
              params.getMaxPosWeight(),
              base));
    }
  }
}
