package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.Sampling;
import io.github.imbalancedspark.core.linalg.SymmetricSum;
import io.github.imbalancedspark.core.loss.PointwiseLoss.RowsLoss;
import java.io.Serializable;

/**
 * The gradient aggregator: Σ w ℓ over blocks of rows at one point, with its gradient and, when
 * asked, its second derivatives in coefficients and intercept. Mergeable in any order.
 */
public final class LossSum implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int THINNING_SALT = 2;

  private final transient LossPoint at;
  private final transient RowsLoss rowsLoss;
  private final double[] gradient;
  private final double[] diagonal;
  private final double[] curvatureGradient;
  private final SymmetricSum matrix;
  private final RowSample sample;
  private double value;
  private double curvature;
  private transient double[] margins;
  private transient double[] slopes;
  private transient double[] curvatures;

  /** Makes an empty sum at a point. */
  public LossSum(LossPoint at) {
    this.at = at;
    this.rowsLoss = at.loss().rows();
    int size = at.coefficients().length + 1;
    this.gradient = new double[size];
    this.diagonal = at.hessian() == HessianRequest.Kind.DIAGONAL ? new double[size] : null;
    this.curvatureGradient = diagonal == null ? null : new double[size];
    this.matrix = at.hessian() == HessianRequest.Kind.MATRIX ? new SymmetricSum(size) : null;
    this.sample = at.hessian() == HessianRequest.Kind.ROWS ? new RowSample(at) : null;
  }

  /** Returns about how many bytes a sum at {@code at} takes, without a sample of rows. */
  public static long bytes(LossPoint at) {
    long size = at.coefficients().length + 1L;
    long entries =
        switch (at.hessian()) {
          case NONE, ROWS -> size;
          case DIAGONAL -> 3 * size;
          case MATRIX -> size + size * (size + 1) / 2;
        };
    return Double.BYTES * entries;
  }

  /** Returns the finished sum over {@code blocks} at {@code at}. */
  public static LossSum of(LossPoint at, Iterable<? extends Block> blocks) {
    LossSum sum = new LossSum(at);
    blocks.forEach(sum::add);
    return sum.finish();
  }

  /** Adds every row of {@code block}. */
  public void add(Block block) {
    int rows = block.rows();
    if (margins == null || margins.length < rows) {
      margins = new double[rows];
      slopes = new double[rows];
      curvatures = new double[rows];
    }
    block.margins(at.coefficients(), at.intercept(), at.center(), margins);
    value += rowsLoss.evaluate(margins, block.labels(), block.weights(), rows, slopes, curvatures);
    if (at.leverages() != null) {
      at.leverages().apply(block, at.center(), margins, curvatures, slopes);
    }
    block.addGradient(slopes, at.center(), gradient);
    for (int i = 0; i < rows; i++) {
      curvature += curvatures[i];
    }
    if (diagonal != null) {
      block.addDiagonal(curvatures, at.center(), diagonal);
      block.addGradient(curvatures, at.center(), curvatureGradient);
    } else if (matrix != null) {
      if (at.curvatureUnit() > 0) {
        Sampling.thin(curvatures, block.hashes(), rows, at.curvatureUnit(), THINNING_SALT);
      }
      block.addHessian(curvatures, at.center(), matrix);
    } else if (sample != null) {
      sample.add(block, curvatures);
    }
  }

  /** Says that all blocks have been added: to be called before the sum is merged, sent or read. */
  public LossSum finish() {
    if (matrix != null) {
      matrix.flush();
    }
    return this;
  }

  /** Adds all that {@code other}, which is finished, has summed. */
  public LossSum merge(LossSum other) {
    value += other.value;
    curvature += other.curvature;
    addAll(other.gradient, gradient);
    if (diagonal != null) {
      addAll(other.diagonal, diagonal);
      addAll(other.curvatureGradient, curvatureGradient);
    }
    if (matrix != null) {
      matrix.merge(other.matrix);
    }
    if (sample != null) {
      sample.merge(other.sample);
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

  /** Returns Σ w d²ℓ/dz². */
  public double curvature() {
    return curvature;
  }

  /** Returns the gradient: one entry a coefficient, then the intercept. */
  public double[] gradient() {
    return gradient;
  }

  /** Returns the Hessian's diagonal; {@code null} when not asked for. */
  public double[] diagonal() {
    return diagonal;
  }

  /**
   * Returns the Hessian's column of the intercept, Σ w d²ℓ/dz² x; {@code null} when the diagonal
   * was not asked for.
   */
  public double[] curvatureGradient() {
    return curvatureGradient;
  }

  /** Returns rows that weigh the curvature they stand for; {@code null} when not asked for. */
  RowSample sample() {
    return sample;
  }

  /** Returns the Hessian; {@code null} when not asked for. */
  public SymmetricSum matrix() {
    return matrix;
  }
}
