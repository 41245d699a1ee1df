package io.github.imbalancedspark.core.optim;

/**
 * The objective at one point.
 *
 * @param value its value
 * @param gradient its gradient
 * @param hessian its Hessian, column-major with the upper triangle filled, or {@code null} when not
 *     asked for
 */
public record Evaluation(double value, double[] gradient, double[] hessian) {}
