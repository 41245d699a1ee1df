package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.core.loss.PointwiseLoss;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.OddsFactors;
import io.github.imbalancedspark.internal.EngineCalls;
import java.io.Serializable;

/**
 * From a model's odds to the population's.
 *
 * @param factor k, by which the model's odds are larger
 * @param exact whether k holds for every row
 * @param refusal why the population's odds cannot be told, or {@code null}
 */
record OddsCorrection(double factor, boolean exact, String refusal) implements Serializable {

  /** That of a model whose odds are the population's. */
  static final OddsCorrection NONE = new OddsCorrection(1, true, null);

  static OddsCorrection of(OddsFactors odds, StopReason stopReason, PointwiseLoss loss) {
    String refusal = null;
    if (!stopReason.converged()) {
      refusal = refusal(stopReason);
    } else if (Double.isNaN(loss.logOdds(0))) {
      refusal =
          "under this loss several margins can belong to one posterior, so there is no way back from"
              + " margins to odds; set focalGamma to 10 or less";
    }
    return new OddsCorrection(odds.product(), odds.exact(), refusal);
  }

  private static String refusal(StopReason stopReason) {
    return "the fit did not converge, so its probabilities are not those of its rows: "
        + stopReason.advice();
  }

  /**
   * Returns the map from margins to the population's probabilities: those of the odds at which the
   * loss is smallest there, over k less what the loss's own class weights are of it.
   *
   * @param classWeights [c₀, c₁], those of {@code loss}
   */
  EngineCalls.OfNumber probability(PointwiseLoss loss, double[] classWeights) {
    double shift = Math.log(classWeights[1] / classWeights[0]) - Math.log(factor);
    return margin -> Logistic.sigmoid(loss.logOdds(margin) + shift);
  }
}
