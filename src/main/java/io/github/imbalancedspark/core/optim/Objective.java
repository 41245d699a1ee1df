package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.loss.PointwiseLoss;
import java.util.function.Function;

/**
 * The penalised objective in scaled coordinates b̃:
 *
 * <pre>(1/M) Σ w ℓ(z, y) + ½ Σⱼ λⱼ b̃ⱼ²,   z = b̃_d + Σⱼ b̃ⱼ (xⱼ − cⱼ)/sⱼ</pre>
 *
 * The last coordinate, never penalised, is the margin at the centre c; without an intercept it does
 * not exist. Working on centred, scaled features leaves the optimum where it is and makes every
 * solver indifferent to units. It is plain arithmetic around {@code sum}, which knows how to run
 * over the rows, here or on a cluster.
 */
public final class Objective {

  private final Function<LossPoint, LossSum> sum;
  private final PointwiseLoss loss;
  private final FeatureScaling scaling;
  private final double normalizer;
  private final double[] ridge;

  /**
   * Makes an objective.
   *
   * @param sum sums the loss over all rows at a point
   * @param loss the loss of one row
   * @param scaling how scaled coordinates map to coefficients
   * @param normalizer M > 0
   * @param ridge λⱼ ≥ 0, one a feature, for the scaled coefficient
   */
  public Objective(
      Function<LossPoint, LossSum> sum,
      PointwiseLoss loss,
      FeatureScaling scaling,
      double normalizer,
      double[] ridge) {
    this.sum = sum;
    this.loss = loss;
    this.scaling = scaling;
    this.normalizer = normalizer;
    this.ridge = ridge;
  }

  /** Returns value, gradient and, when asked, Hessian at {@code point}. */
  public Evaluation evaluate(double[] point, boolean withHessian) {
    LossSum total = sum.apply(scaling.lossPoint(loss, point, withHessian));
    double value = total.value() / normalizer;
    double[] gradient = scaling.gradient(total.gradient(), normalizer);
    double[] hessian = withHessian ? scaling.hessian(total.hessian(), normalizer) : null;
    for (int j = 0; j < ridge.length; j++) {
      value += ridge[j] / 2 * point[j] * point[j];
      gradient[j] += ridge[j] * point[j];
      if (withHessian) {
        hessian[j * point.length + j] += ridge[j];
      }
    }
    return new Evaluation(value, gradient, hessian);
  }
}
