package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;

/**
 * Some rows of the training data: features, label and weight of each. Blocks are immutable; callers
 * must not write into the arrays they are given.
 *
 * <p>The kernels see every feature shifted by a centre c: x̂ᵢⱼ = xᵢⱼ − cⱼ. A centre of {@code null}
 * is zero, and the only one that {@link SparseBlock} takes.
 */
public sealed interface Block extends Serializable permits DenseBlock, SparseBlock {

  /** What an array takes beside its entries. */
  int ARRAY_BYTES = 16;

  /** Returns the number of rows. */
  int rows();

  /** Returns the number of features d. */
  int features();

  /** Returns how many feature values are stored. */
  long storedValues();

  /** Returns how many of them are the row's. */
  int storedValues(int row);

  /** Returns about how many bytes of memory the block takes. */
  long bytes();

  /** Returns the labels, one a row. */
  double[] labels();

  /** Returns the row weights, or {@code null} when every row weighs 1. */
  double[] weights();

  /**
   * Returns a hash of each row's label and features, whatever block and place the row is in: what
   * samples are drawn by.
   */
  int[] hashes();

  /** Writes intercept + Σⱼ βⱼ x̂ᵢⱼ into {@code margins[i]} for each row i. */
  void margins(double[] coefficients, double intercept, double[] center, double[] margins);

  /**
   * Adds Σᵢ sᵢ x̂ᵢⱼ to {@code gradient[j]} for each feature j, and Σᵢ sᵢ to {@code gradient[d]}.
   */
  void addGradient(double[] slopes, double[] center, double[] gradient);

  /**
   * Adds Σᵢ hᵢ x̃ᵢ x̃ᵢᵀ, where x̃ᵢ is x̂ᵢ followed by a one for the intercept, to {@code hessian};
   * rows with hᵢ = 0 cost nothing.
   */
  void addHessian(double[] curvatures, double[] center, SymmetricSum hessian);

  /**
   * Adds Σᵢ hᵢ x̂ᵢⱼ² to {@code diagonal[j]} for each feature j, and Σᵢ hᵢ to {@code diagonal[d]}.
   */
  void addDiagonal(double[] curvatures, double[] center, double[] diagonal);

  /** Returns Σⱼ (sⱼ x̂ᵢⱼ)² of a row i. */
  double squaredNorm(int row, float[] scales, double[] center);

  /** Adds each feature's weighted moments to {@code moments}. */
  void addMoments(Moments moments);

  /** Returns whether every value stored is a 1. */
  boolean storesOnes();

  /** Returns those of the features {@code among}, ascending, of which the row stores a value. */
  int[] stored(int row, int[] among);

  /**
   * Returns the rows with the values stored as floats, each less its feature's origin and times its
   * scale; as they are where the scales are {@code null}, which is for blocks of ones.
   */
  FloatRows inFloats(double[] origins, double[] scales, float[] weights);

  /** Returns the rows of these numbers, weighing {@code weights}, as a block of their own. */
  Block select(int[] rowNumbers, double[] weights);
}
