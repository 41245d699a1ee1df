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
  private final boolean ones;
  private final float[] scales;
  private final float[] shifts;
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

    this.ones = rows.stream().allMatch(Block::storesOnes);
    double[] inverseScales = scaling.inverseScales();
    double[] center = scaling.center() == null ? new double[features] : scaling.center();
    double[] origins = new double[features];
    if (!ones) {
      for (int j : storedByAll(rows, features)) {
        origins[j] = center[j];
      }
    }
    this.scales = new float[features];
    this.shifts = new float[features];
    for (int j = 0; j < features; j++) {
      scales[j] = ones ? (float) inverseScales[j] : 1;
      shifts[j] = (float) ((center[j] - origins[j]) * inverseScales[j]);
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
    this.product = new float[added.length];
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

  /** Returns the diagonal. */
  float[] diagonal() {
    float[] diagonal = added.clone();
    float[] squares = sum(FloatRows::addSquares);
    for (int j = 0; j < squares.length; j++) {
      diagonal[j] += scales[j] * scales[j] * squares[j] + shifts[j] * shifts[j];
    }
    float[] means = ones ? squares : sum(FloatRows::addMean);
    for (int j = 0; j < means.length; j++) {
      diagonal[j] -= 2 * shifts[j] * scales[j] * means[j];
    }
    if (diagonal.length > means.length) {
      diagonal[means.length] += 1;
    }
    return diagonal;
  }

  /** Returns H v, in an array that the next product overwrites; as many entries as v has count. */
  float[] times(float[] v) {
    int features = coefficients.length;
    double shift =
        Vectors.inRanges(
            features,
            (from, to) -> {
              for (int j = from; j < to; j++) {
                coefficients[j] = scales[j] * v[j];
              }
              return Reductions.dot(shifts, v, from, to - from);
            });
    double intercept = v.length > features ? v[features] : 0;
    double last = addUp((float) (intercept - shift));
    float shifted = (float) last;
    Vectors.inRanges(
        features,
        (from, to) -> {
          mergeInto(product, from, to);
          for (int j = from; j < to; j++) {
            product[j] = scales[j] * product[j] - shifts[j] * shifted + added[j] * v[j];
          }
          return 0;
        });
    if (v.length > features) {
      product[features] = shifted + added[features] * v[features];
    }
    return product;
  }

  private double addUp(float intercept) {
    double[] totals = new double[PARTS];
    forEachPart((k, part) -> totals[k] += part.addHessianTimes(coefficients, intercept, sums[k]));
    return Arrays.stream(totals).sum();
  }

  /** Returns what {@code add} adds of all rows, in an array that the next sum overwrites. */
  private float[] sum(BiConsumer<FloatRows, float[]> add) {
    forEachPart((k, part) -> add.accept(part, sums[k]));
    mergeInto(coefficients, 0, coefficients.length);
    return coefficients;
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
