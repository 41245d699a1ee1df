package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.Reductions;
import java.util.Arrays;
import java.util.List;

/**
 * The Hessian of an objective in scaled coordinates, estimated from a sample of rows and known by
 * its products with vectors: H v = (1/M) Σ h x̃ (x̃ᵀv) + λ v, in time and memory linear in the
 * sample's values and the features.
 *
 * <p>Systems with it are solved without the intercept: where features are centred at their mean
 * over the sample, as it weighs the rows, the margin at the centre is a system of its own. That
 * leaves conjugate gradients the fewer steps to make.
 *
 * <p>Products are of floats, which are enough for steps that a sample decides, and in a unit, the
 * sample's mean curvature, in which the diagonal of features of variance one is about 1.
 */
public final class SampledHessian {

  /** So many units added are as good as infinitely many. */
  private static final double MOST_ADDED = 1e30;

  private final ScaledSample sample;
  private final double unit;
  private final float[] means;
  private final float[] offsets;
  private final float[] added;
  private final float[] coefficients;
  private final float[] product;

  /**
   * Takes a sample.
   *
   * @param rows that weigh the curvature each stands for
   */
  SampledHessian(Objective objective, List<Block> rows) {
    FeatureScaling scaling = objective.scaling();
    int features = objective.ridge().length;
    this.sample = new ScaledSample(scaling, rows);
    this.unit = sample.rows() > 0 ? sample.weight() / objective.normalizer() : 1;
    this.means = new float[features];
    this.offsets = new float[features];
    if (scaling.fitIntercept()) {
      for (int j = 0; j < features; j++) {
        means[j] = sample.scales()[j] * sample.means()[j];
        offsets[j] = means[j] - sample.centers()[j];
      }
    }
    this.added = new float[scaling.dimension()];
    add(objective.ridge());
    this.coefficients = new float[features];
    this.product = new float[features];
  }

  /** Returns how many rows were drawn. */
  double rows() {
    return sample.rows();
  }

  /** Returns what one is in products and on the diagonal. */
  double unit() {
    return unit;
  }

  /** Adds a diagonal. */
  void add(double[] diagonal) {
    for (int j = 0; j < diagonal.length; j++) {
      added[j] += (float) Math.min(diagonal[j] / unit, MOST_ADDED);
    }
  }

  /**
   * Returns the right-hand side of the system that is left of one in all coordinates when the
   * intercept, the last of them, is eliminated.
   */
  float[] eliminated(float[] rightHandSide) {
    float last = intercept(rightHandSide);
    float[] left = new float[offsets.length];
    for (int j = 0; j < left.length; j++) {
      left[j] = rightHandSide[j] - offsets[j] * last;
    }
    return left;
  }

  /** Returns the solution in all coordinates. */
  float[] completed(float[] solution, float[] rightHandSide) {
    float[] all = Arrays.copyOf(solution, rightHandSide.length);
    if (all.length > solution.length) {
      all[solution.length] =
          intercept(rightHandSide) / (1 + added[solution.length])
              - (float) Vectors.dot(offsets, solution);
    }
    return all;
  }

  private float intercept(float[] vector) {
    return vector.length > offsets.length ? vector[offsets.length] : 0;
  }

  /** Returns the diagonal, the intercept eliminated. */
  float[] diagonal() {
    float[] scales = sample.scales();
    float[] squares = sample.squares();
    float[] diagonal = new float[squares.length];
    for (int j = 0; j < diagonal.length; j++) {
      float variance = scales[j] * scales[j] * squares[j] - means[j] * means[j];
      diagonal[j] = Math.max(0, variance) + added[j];
    }
    return diagonal;
  }

  /** Returns H v, the intercept eliminated, in an array that the next product overwrites. */
  float[] times(float[] v) {
    float[] scales = sample.scales();
    double shift =
        Vectors.inRanges(
            v.length,
            (from, to) -> {
              for (int j = from; j < to; j++) {
                coefficients[j] = scales[j] * v[j];
              }
              return Reductions.dot(means, v, from, to - from);
            });
    float last = (float) sample.sumHessianTimes(coefficients, (float) -shift);
    Vectors.inRanges(
        v.length,
        (from, to) -> {
          sample.takeSum(product, from, to);
          for (int j = from; j < to; j++) {
            product[j] = scales[j] * product[j] - means[j] * last + added[j] * v[j];
          }
          return 0;
        });
    return product;
  }
}
