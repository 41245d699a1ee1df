package io.github.imbalancedspark.core.optim;

/**
 * The smooth part of an objective at one point.
 *
 * @param value its value
 * @param gradient its gradient
 * @param hessian the diagonal, or the matrix, column-major with the upper triangle filled; {@code
 *     null} when neither was asked for
 * @param sampled the Hessian of a sample of rows; {@code null} when not asked for
 * @param curvature about what the entries of the Hessian's diagonal are: the mean curvature of the
 *     rows, which it is for features of variance one
 */
public record Evaluation(
    double value, double[] gradient, double[] hessian, SampledHessian sampled, double curvature) {

  /** Makes an evaluation without a sample of rows. */
  public Evaluation(double value, double[] gradient, double[] hessian, double curvature) {
    this(value, gradient, hessian, null, curvature);
  }
}
