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
 * @param withHessian whether second derivatives are wanted
 */
public record LossPoint(
    PointwiseLoss loss,
    double[] coefficients,
    double intercept,
    double[] center,
    boolean withHessian)
    implements Serializable {}
