package io.github.imbalancedspark.core.optim;

/**
 * The smooth part of an objective at one point.
 *
 * @param value its value
 * @param gradient its gradient
 * @param hessian what was asked for: {@code null}, the diagonal, or the matrix, column-major with
 *     the upper triangle filled
 * @param curvature about what the entries of the Hessian's diagonal are: the mean curvature of the
 *     rows, which it is for features of variance one
 */
public record Evaluation(double value, double[] gradient, double[] hessian, double curvature) {}
