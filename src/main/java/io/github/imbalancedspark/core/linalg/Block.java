package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;

/**
 * Some rows of the training data: features, label and weight of each. Blocks are immutable; callers
 * must not write into the arrays they are given.
 *
 * <p>The kernels see every feature shifted by a centre c: x̂ᵢⱼ = xᵢⱼ − cⱼ. A centre of {@code null}
 * is zero, and the only one that {@link SparseBlock} takes. Subtracting inside the kernel, entry by
 * entry, keeps the digits that Σ s·x − c·Σ s would cancel when a feature's mean is large beside its
 * spread.
 */
public sealed interface Block extends Serializable permits DenseBlock, SparseBlock {

  /** Returns the number of rows. */
  int rows();

  /** Returns the number of features d. */
  int features();

  /** Returns the labels, one a row. */
  double[] labels();

  /** Returns the row weights, or {@code null} when every row weighs 1. */
  double[] weights();

  /** Writes intercept + Σⱼ βⱼ x̂ᵢⱼ into {@code margins[i]} for each row i. */
  void margins(double[] coefficients, double intercept, double[] center, double[] margins);

  /**
   * Adds Σᵢ sᵢ x̂ᵢⱼ to {@code gradient[j]} for each feature j, and Σᵢ sᵢ to {@code gradient[d]}.
   */
  void addGradient(double[] slopes, double[] center, double[] gradient);

  /**
   * Adds Σᵢ hᵢ x̃ᵢ x̃ᵢᵀ, where x̃ᵢ is x̂ᵢ followed by a one for the intercept, to the upper
   * triangle of {@code hessian}, a column-major matrix of d+1 rows and columns. All hᵢ are ≥ 0.
   */
  void addHessian(double[] curvatures, double[] center, double[] hessian);

  /** Adds each feature's weighted moments to {@code moments}. */
  void addMoments(Moments moments);
}
