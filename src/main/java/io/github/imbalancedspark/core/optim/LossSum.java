package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.loss.PointwiseLoss;
import java.io.Serializable;

/**
 * The gradient aggregator: Σ w ℓ over blocks of rows at one point, with its gradient and, when
 * asked, its Hessian in coefficients and intercept. Mergeable in any order.
 */
public final class LossSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private final transient LossPoint at;
  private final double[] gradient;
  private final double[] hessian;
  private double value;
  private transient double[] margins;
  private transient double[] slopes;

  /** Makes an empty sum at a point. */
  public LossSum(LossPoint at) {
    this.at = at;
    int size = at.coefficients().length + 1;
    this.gradient = new double[size];
    this.hessian = at.withHessian() ? new double[size * size] : null;
  }

  /** Adds every row of {@code block}. */
  public LossSum add(Block block) {
    int rows = block.rows();
    if (margins == null || margins.length < rows) {
      margins = new double[rows];
      slopes = new double[rows];
    }
    block.margins(at.coefficients(), at.intercept(), at.center(), margins);
    PointwiseLoss loss = at.loss();
    double[] labels = block.labels();
    double[] weights = block.weights();
    for (int i = 0; i < rows; i++) {
      double weight = weights == null ? 1 : weights[i];
      value += weight * loss.value(margins[i], labels[i]);
      slopes[i] = weight * loss.slope(margins[i], labels[i]);
    }
    block.addGradient(slopes, at.center(), gradient);
    if (hessian != null) {
      for (int i = 0; i < rows; i++) {
        double weight = weights == null ? 1 : weights[i];
        margins[i] = weight * loss.curvature(margins[i], labels[i]);
      }
      block.addHessian(margins, at.center(), hessian);
    }
    return this;
  }

  /** Adds all that {@code other} has summed. */
  public LossSum merge(LossSum other) {
    value += other.value;
    addAll(other.gradient, gradient);
    if (hessian != null) {
      addAll(other.hessian, hessian);
    }
    return this;
  }

  private static void addAll(double[] from, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += from[j];
    }
  }

  /** Returns Σ w ℓ. */
  public double value() {
    return value;
  }

  /** Returns the gradient: one entry a coefficient, then the intercept. */
  public double[] gradient() {
    return gradient;
  }

  /** Returns the Hessian, column-major, upper triangle; {@code null} when not asked for. */
  public double[] hessian() {
    return hessian;
  }
}
