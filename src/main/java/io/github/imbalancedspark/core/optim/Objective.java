package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.loss.PointwiseLoss;

/**
 * The smooth part of the penalised objective in scaled coordinates b̃:
 *
 * <pre>(1/M) Σ w ℓ(z, y) + ½ Σⱼ λⱼ b̃ⱼ²,   z = b̃_d + Σⱼ b̃ⱼ (xⱼ − cⱼ)/sⱼ</pre>
 *
 * The last coordinate, never penalised, is the margin at the centre c; without an intercept it does
 * not exist. Working on centred, scaled features leaves the optimum where it is and makes every
 * solver indifferent to units.
 *
 * <p>It is the arithmetic before and after the sum over the rows: {@link #lossPoint} says what to
 * sum, {@link #evaluation} makes the objective of the sum.
 *
 * @param loss the loss of one row
 * @param scaling how scaled coordinates map to coefficients
 * @param normalizer M &gt; 0
 * @param ridge λⱼ ≥ 0, one a feature, for the scaled coefficient
 */
public record Objective(
    PointwiseLoss loss, FeatureScaling scaling, double normalizer, double[] ridge) {

  /**
   * Returns what to sum over the rows.
   *
   * @param point where, in scaled coordinates
   * @param request which second derivatives are wanted
   * @param curvature about what Σ w d²ℓ/dz² will be, which tells how far rows can be thinned out
   */
  public LossPoint lossPoint(double[] point, HessianRequest request, double curvature) {
    double unit = request.rows() == Long.MAX_VALUE ? 0 : curvature / request.rows();
    double[] coefficients = new double[ridge.length];
    double intercept = scaling.unscale(point, coefficients);
    LossPoint at =
        new LossPoint(loss, coefficients, intercept, scaling.rowCenter(), request.kind(), unit);
    return request.kind() == HessianRequest.Kind.ROWS
        ? at.with(
            new RowDraw(request.draw(), Vectors.floats(scaling.inverseScales()), Long.MAX_VALUE))
        : at;
  }

  /** Returns the objective, given the sum over all rows at the same point. */
  public Evaluation evaluation(double[] point, LossSum sum) {
    double value = sum.value() / normalizer;
    double[] gradient = scaling.gradient(sum.gradient(), normalizer);
    double[] hessian = null;
    int diagonalStride = 0;
    if (sum.matrix() != null) {
      hessian = scaling.hessian(sum.matrix(), normalizer);
      diagonalStride = point.length + 1;
    } else if (sum.diagonal() != null) {
      hessian = scaling.diagonal(sum.diagonal(), sum.curvatureGradient(), normalizer);
      diagonalStride = 1;
    }
    for (int j = 0; j < ridge.length; j++) {
      value += ridge[j] / 2 * point[j] * point[j];
      gradient[j] += ridge[j] * point[j];
      if (hessian != null) {
        hessian[j * diagonalStride] += ridge[j];
      }
    }
    SampledHessian sampled =
        sum.sample() == null ? null : new SampledHessian(this, sum.sample().rows());
    return new Evaluation(value, gradient, hessian, sampled, sum.curvature() / normalizer);
  }
}
