package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.loss.FocalLoss;
import io.github.imbalancedspark.core.loss.PointwiseLoss;
import io.github.imbalancedspark.core.loss.SigmoidFocalLoss;

/** The values of the parameter {@code loss}. */
enum LossFunction {
  /** {@link BceWithLogitsLoss}. */
  BCE_WITH_LOGITS("bceWithLogits") {
    @Override
    PointwiseLoss make(ImbalancedLogisticRegressionParams params, double c0, double c1) {
      return new BceWithLogitsLoss(c0, c1);
    }
  },
  /** {@link FocalLoss}. */
  FOCAL("focal") {
    @Override
    PointwiseLoss make(ImbalancedLogisticRegressionParams params, double c0, double c1) {
      return new FocalLoss(params.getFocalAlpha(), params.getFocalGamma(), c0, c1);
    }
  },
  /** {@link SigmoidFocalLoss}. */
  SIGMOID_FOCAL("sigmoidFocal") {
    @Override
    PointwiseLoss make(ImbalancedLogisticRegressionParams params, double c0, double c1) {
      return new SigmoidFocalLoss(params.getFocalAlpha(), params.getFocalGamma(), c0, c1);
    }
  };

  private final String paramValue;

  LossFunction(String paramValue) {
    this.paramValue = paramValue;
  }

  /** Returns the loss with class weights c₀ and c₁. */
  abstract PointwiseLoss make(ImbalancedLogisticRegressionParams params, double c0, double c1);

  String paramValue() {
    return paramValue;
  }

  static LossFunction of(String paramValue) {
    for (LossFunction function : values()) {
      if (function.paramValue.equals(paramValue)) {
        return function;
      }
    }
    throw new IllegalArgumentException("no loss is called " + paramValue);
  }
}
