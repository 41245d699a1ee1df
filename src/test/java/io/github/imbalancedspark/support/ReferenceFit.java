package io.github.imbalancedspark.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;

/** The fits of {@code golden/logistic_fits.json}. */
public final class ReferenceFit {

  private ReferenceFit() {}

  /** Returns the estimator whose objective is that of {@code fit}, set to find its very minimum. */
  public static ImbalancedLogisticRegression estimator(JsonNode fit) {
    return set(new ImbalancedLogisticRegression(), fit);
  }

  /** Sets {@code estimator} to that, and returns it. */
  public static ImbalancedLogisticRegression set(
      ImbalancedLogisticRegression estimator, JsonNode fit) {
    estimator
        .setPosWeight(fit.get("pos_weight").asDouble())
        .setRegParam(fit.get("reg_lambda").asDouble())
        .setStandardization(fit.get("standardized").asBoolean())
        .setReduction("mean")
        .setTol(1e-13);
    return isWeighted(fit) ? estimator.setWeightCol("weight") : estimator;
  }

  /** Returns whether the rows of {@code fit} carry weights. */
  public static boolean isWeighted(JsonNode fit) {
    return !fit.get("weights").isNull();
  }
}
