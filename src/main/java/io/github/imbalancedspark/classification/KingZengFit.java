package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.Information;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.StopReason;

/**
 * A maximum likelihood fit, and two more passes that take its first-order bias out (King and Zeng,
 * Political Analysis 9, 2001): one for the exact Hessian, one for the leverages.
 */
final class KingZengFit implements Fit {

  private final FitProblem problem;
  private final Fit likelihood;
  private Information information;
  private double[] corrected;

  KingZengFit(FitProblem problem, Fit likelihood) {
    this.problem = problem;
    this.likelihood = likelihood;
  }

  @Override
  public boolean stopped() {
    return corrected != null;
  }

  @Override
  public LossPoint ask() {
    if (!likelihood.stopped()) {
      return likelihood.ask();
    }
    return information == null
        ? problem.crossEntropy().lossPoint(likelihood.result().point(), HessianRequest.EXACT, 0)
        : information.biasPoint();
  }

  @Override
  public void tell(LossSum sum) {
    if (!likelihood.stopped()) {
      likelihood.tell(sum);
      requireEstimate();
    } else if (information == null) {
      Objective objective = problem.crossEntropy();
      information = new Information(objective, likelihood.result().point(), sum);
    } else {
      corrected = likelihood.result().point().clone();
      double[] bias = information.solve(information.biasScore(sum));
      for (int j = 0; j < bias.length; j++) {
        corrected[j] -= bias[j];
      }
    }
  }

  private void requireEstimate() {
    if (likelihood.stopped() && likelihood.result().stopReason() == StopReason.SEPARATED) {
      throw new IllegalArgumentException(
          "biasCorrection: kingZeng corrects the maximum likelihood estimate, and there is none, as"
              + " the classes are separable; use firth");
    }
  }

  @Override
  public FitResult result() {
    FitResult result = likelihood.result();
    return new FitResult(
        corrected,
        result.posWeight(),
        result.objectiveHistory(),
        result.gradientNorm(),
        result.epochs(),
        result.passes() + 2,
        result.stopReason());
  }
}
