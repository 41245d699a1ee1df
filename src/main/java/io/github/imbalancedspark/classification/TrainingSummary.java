package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.OddsFactors;
import java.util.List;

/**
 * What a fit saw and did. Kept with the fitted model in memory, not saved with it.
 *
 * @param rows number of training rows
 * @param negativeWeight Σw(1−y): the rows of class 0, by weight
 * @param positiveWeight Σwy: the rows of class 1, by weight
 * @param negativeClassWeight the factor c₀ of the negative class's loss
 * @param positiveClassWeight the factor c₁ of the positive class's loss, posWeight
 * @param odds by what the stages before the fit and its class weights multiplied the odds
 * @param objectiveHistory the objective at the start and after each iteration
 * @param passes passes over the cached rows, beside the one that read them
 * @param stopReason why the solver stopped
 * @param seconds wall-clock time of the fit
 */
public record TrainingSummary(
    long rows,
    double negativeWeight,
    double positiveWeight,
    double negativeClassWeight,
    double positiveClassWeight,
    OddsFactors odds,
    List<Double> objectiveHistory,
    int passes,
    StopReason stopReason,
    double seconds) {

  public TrainingSummary {
    objectiveHistory = List.copyOf(objectiveHistory);
  }

  /** Returns the number of accepted steps. */
  public int totalIterations() {
    return objectiveHistory.size() - 1;
  }

  /** Returns the objective at the solution. */
  public double objective() {
    return objectiveHistory.get(objectiveHistory.size() - 1);
  }
}
