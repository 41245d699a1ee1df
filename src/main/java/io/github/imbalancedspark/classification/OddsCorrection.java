package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.OddsFactors;
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

  static OddsCorrection of(OddsFactors odds, StopReason stopReason) {
    return new OddsCorrection(
        odds.product(), odds.exact(), stopReason.converged() ? null : refusal(stopReason));
  }

  private static String refusal(StopReason stopReason) {
    return "the fit did not converge, so its probabilities are not those of its rows: "
        + stopReason.advice();
  }

  /** Returns the population's probability at a margin z: that of the odds e^z / k. */
  double probability(double margin) {
    return Logistic.sigmoid(margin - Math.log(factor));
  }
}
