package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.loss.PointwiseLoss;
import java.io.Serializable;

/**
 * Where and how to sum a loss over rows: the margin of row x is intercept + Σⱼ coefficientⱼ (xⱼ −
 * centerⱼ).
 *
 * @param loss the loss of one row
 * @param coefficients one a feature
 * @param intercept the margin at the centre
 * @param center what is subtracted from each feature, or {@code null} for nothing
 * @param hessian which second derivatives are wanted
 * @param curvatureUnit rows of less curvature stand in for one another in second derivatives, one
 *     row of this curvature for several; 0 sums every row
 * @param draw how to draw a sample of rows, or {@code null} where none is wanted
 * @param leverages what turns the slopes into those of the small-sample bias, or {@code null}
 */
public record LossPoint(
    PointwiseLoss loss,
    double[] coefficients,
    double intercept,
    double[] center,
    HessianRequest.Kind hessian,
    double curvatureUnit,
    RowDraw draw,
    Leverages leverages)
    implements Serializable {

  /** Makes a point where the slopes are the loss's own. */
  public LossPoint(
      PointwiseLoss loss,
      double[] coefficients,
      double intercept,
      double[] center,
      HessianRequest.Kind hessian,
      double curvatureUnit) {
    this(loss, coefficients, intercept, center, hessian, curvatureUnit, null, null);
  }

  /** Returns the same point, where no sum's sample of rows is to be larger than that. */
  public LossPoint withSampleBytes(long most) {
    return draw == null ? this : with(new RowDraw(draw.number(), draw.scales(), most));
  }

  LossPoint with(RowDraw newDraw) {
    return new LossPoint(
        loss, coefficients, intercept, center, hessian, curvatureUnit, newDraw, leverages);
  }

  LossPoint with(Leverages newLeverages) {
    return new LossPoint(
        loss, coefficients, intercept, center, hessian, curvatureUnit, draw, newLeverages);
  }
}
