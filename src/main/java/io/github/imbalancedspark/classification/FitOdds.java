package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.weights.OddsFactors;
import io.github.imbalancedspark.core.weights.OddsFactors.Factor;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a fit's rows and class weights do to the odds, and what is said when that is too much. */
final class FitOdds {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  private FitOdds() {}

  /**
   * Returns the factors of one fit: those of the ledger, what else lies between {@code
   * populationRate} and the rows if that is set, and the class weights'.
   *
   * @param ledger by what stages multiplied the odds
   * @param classWeights [c₀, c₁]
   */
  static OddsFactors of(
      ImbalancedLogisticRegression params,
      BlockSummary summary,
      List<Factor> ledger,
      double[] classWeights) {
    double odds = summary.positiveWeight() / summary.negativeWeight();
    List<Factor> factors = new ArrayList<>(ledger);
    if (params.isSet(params.populationRate())) {
      double rate = params.getPopulationRate();
      double known = new OddsFactors(ledger, 1).product();
      double unknown = odds / (rate / (1 - rate)) / known;
      factors.add(new Factor(params.populationRate().name(), unknown, true));
    }
    double balance = new OddsFactors(factors, 1).product() / odds;
    factors.add(new Factor(causeOfClassWeights(params), classWeights[1] / classWeights[0], true));
    return new OddsFactors(factors, balance);
  }

  private static String causeOfClassWeights(ImbalancedLogisticRegression params) {
    if (params.isSet(params.posWeight())) {
      return params.posWeight().name();
    }
    return (params.getAutoPosWeight() ? params.autoPosWeight() : params.classWeights()).name();
  }

  /**
   * Does what {@code onDoubleCorrection} says if one imbalance was corrected twice.
   *
   * @throws IllegalArgumentException if that is {@code error}
   */
  static void check(OddsFactors odds, ImbalancedLogisticRegression params) {
    String reaction = params.getOnDoubleCorrection();
    if (!odds.correctTwice() || reaction.equals(LogisticParamSet.IGNORE)) {
      return;
    }
    String message =
        Terms.of(
            "the same imbalance is corrected twice: "
                + odds.description()
                + "; leave one of them out, or set onDoubleCorrection to ignore");
    if (reaction.equals(LogisticParamSet.ERROR)) {
      throw new IllegalArgumentException("onDoubleCorrection: " + message);
    }
    LOG.warn("{}: {}", params.uid(), message);
  }
}
