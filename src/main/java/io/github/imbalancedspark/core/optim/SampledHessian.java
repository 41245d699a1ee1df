package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.FloatRows;
import io.github.imbalancedspark.core.linalg.Reductions;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The Hessian of an objective in scaled coordinates, estimated from a sample of rows and known by
 * its products with vectors: H v = (1/M) Σ h x̃ (x̃ᵀv) + λ v, in time and memory linear in the
 * sample's values and the features.
 *
 * <p>Systems with it are solved without the intercept, which is eliminated: of features centred at
 * their mean over the sample, as it weighs the rows, their margins' coefficient is a system of its
 * own. That leaves conjugate gradients the fewer steps to make.
 *
 * <p>Products are of floats, which are enough for steps that a sample decides, and in a unit, the
 * sample's mean curvature, in which the entries for features of variance one are about 1. Scaled
 * features of N rows of equal weight are no larger than √N: a float holds them.
 */
public final class SampledHessian {

  /**
   * So many sums are made at once, whatever the number of processors, for the result to be the same
   * on every machine.
   */
  private static final int PARTS = 4;

  /** So many units added are as good as infinitely many. */
  private static final double MOST_ADDED = 1e30;

  private final double unit;
  private final float[] scales;
  private final float[] means;
  private final float[] squares;
  private final float[] offsets;
  private final float[] added;
  private final List<List<FloatRows>> parts;
  private final double rows;
  private final float[][] sums;
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
    double curvature = 0;
    double count = 0;
    for (Block block : rows) {
      curvature += Reductions.sum(block.weights(), block.rows());
      count += block.rows();
    }
    this.rows = count;
    this.unit = count > 0 ? curvature / objective.normalizer() : 1;
    this.added = new float[scaling.dimension()];
    add(objective.ridge());

    boolean ones = rows.stream().allMatch(Block::storesOnes);
    double[] inverseScales = scaling.inverseScales();
    double[] center = scaling.center() == null ? new double[features] : scaling.center();
    double[] origins = new double[features];
    if (!ones) {
      for (int j : storedByAll(rows, features)) {
        origins[j] = center[j];
      }
    }
    this.scales = new float[features];
    for (int j = 0; j < features; j++) {
      scales[j] = ones ? (float) inverseScales[j] : 1;
    }
    double total = curvature;
    this.parts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(
                k ->
                    rows.subList(k * rows.size() / PARTS, (k + 1) * rows.size() / PARTS).stream()
                        .map(
                            block ->
                                block.inFloats(
                                    origins, ones ? null : inverseScales, weights(block, total)))
                        .toList())
            .toList();
    this.sums = new float[PARTS][features];
    this.coefficients = new float[features];
    this.product = new float[features];

    this.squares = sum(FloatRows::addSquares);
    this.means = new float[features];
    this.offsets = new float[features];
    if (scaling.fitIntercept()) {
      float[] unscaled = ones ? squares : sum(FloatRows::addMean);
      for (int j = 0; j < features; j++) {
        means[j] = scales[j] * unscaled[j];
        offsets[j] = (float) (means[j] - (center[j] - origins[j]) * inverseScales[j]);
      }
    }
  }

  /**
   * Returns the features that every row has a value of: they may be far from zero, where a float
   * would not tell one value from another, and are centred as they are read. Others are not, as a
   * row of theirs is at zero.
   */
  private static int[] storedByAll(List<Block> rows, int features) {
    int[] stored = IntStream.range(0, features).toArray();
    for (Block block : rows) {
      for (int i = 0; i < block.rows() && stored.length > 0; i++) {
        stored = block.stored(i, stored);
      }
    }
    return stored;
  }

  private static float[] weights(Block block, double total) {
    float[] weights = new float[block.rows()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (block.weights()[i] / total);
    }
    return weights;
  }

  /** Returns how many rows were drawn. */
  double rows() {
    return rows;
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
    float[] diagonal = new float[squares.length];
    for (int j = 0; j < diagonal.length; j++) {
      float square = scales[j] * scales[j] * squares[j];
      diagonal[j] = Math.max(0, square - means[j] * means[j]) + added[j];
    }
    return diagonal;
  }

  /** Returns H v, the intercept eliminated, in an array that the next product overwrites. */
  float[] times(float[] v) {
    double shift =
        Vectors.inRanges(
            v.length,
            (from, to) -> {
              for (int j = from; j < to; j++) {
                coefficients[j] = scales[j] * v[j];
              }
              return Reductions.dot(means, v, from, to - from);
            });
    float last = (float) addUp((float) -shift);
    Vectors.inRanges(
        v.length,
        (from, to) -> {
          mergeInto(product, from, to);
          for (int j = from; j < to; j++) {
            product[j] = scales[j] * product[j] - means[j] * last + added[j] * v[j];
          }
          return 0;
        });
    return product;
  }

  private double addUp(float intercept) {
    double[] totals = new double[PARTS];
    forEachPart((k, part) -> totals[k] += part.addHessianTimes(coefficients, intercept, sums[k]));
    return Arrays.stream(totals).sum();
  }

  /** Returns what {@code add} adds of all rows. */
  private float[] sum(BiConsumer<FloatRows, float[]> add) {
    forEachPart((k, part) -> add.accept(part, sums[k]));
    float[] sum = new float[coefficients.length];
    mergeInto(sum, 0, sum.length);
    return sum;
  }

  private void forEachPart(BiConsumer<Integer, FloatRows> add) {
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            k -> {
              Arrays.fill(sums[k], 0);
              parts.get(k).forEach(part -> add.accept(k, part));
            });
  }

  private void mergeInto(float[] target, int from, int to) {
    System.arraycopy(sums[0], from, target, from, to - from);
    for (int k = 1; k < PARTS; k++) {
      float[] sum = sums[k];
      for (int j = from; j < to; j++) {
        target[j] += sum[j];
      }
    }
  }
}
