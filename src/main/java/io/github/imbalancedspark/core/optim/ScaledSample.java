package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.FloatRows;
import io.github.imbalancedspark.core.linalg.Reductions;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * A sample of rows in floats, and sums over it. Values are of scaled features, but for rows of ones
 * only, which have none: there a one stands for the feature's {@link #scales scale}. Scaled
 * features of N rows of equal weight are no larger than √N: a float holds them.
 */
final class ScaledSample {

  /**
   * So many sums are made at once, whatever the number of processors, for the result to be the same
   * on every machine.
   */
  private static final int PARTS = 4;

  private final double rows;
  private final double weight;
  private final boolean ones;
  private final float[] scales;
  private final float[] centers;
  private final List<List<FloatRows>> parts;
  private final float[][] sums;
  private final float[] means;

  /** Takes rows that have weights. */
  ScaledSample(FeatureScaling scaling, List<Block> blocks) {
    this.rows = blocks.stream().mapToDouble(Block::rows).sum();
    this.weight = blocks.stream().mapToDouble(b -> Reductions.sum(b.weights(), b.rows())).sum();
    this.ones = blocks.stream().allMatch(Block::storesOnes);
    double[] inverseScales = scaling.inverseScales();
    int features = inverseScales.length;
    double[] center = scaling.center() == null ? new double[features] : scaling.center();
    double[] origins = new double[features];
    if (!ones) {
      for (int j : storedByAll(blocks, features)) {
        origins[j] = center[j];
      }
    }
    this.scales = Vectors.floats(inverseScales);
    if (!ones) {
      Arrays.fill(scales, 1);
    }
    this.centers = new float[features];
    for (int j = 0; j < features; j++) {
      centers[j] = (float) ((center[j] - origins[j]) * inverseScales[j]);
    }
    this.parts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(k -> blocks.subList(part(blocks, k), part(blocks, k + 1)))
            .map(part -> inFloats(part, origins, ones ? null : inverseScales))
            .toList();
    this.sums = new float[PARTS][features];
    this.means = sum(FloatRows::addWeighted);
  }

  private static int part(List<Block> blocks, int number) {
    return number * blocks.size() / PARTS;
  }

  /**
   * Returns the features that every row has a value of: they may be far from zero, where a float
   * would not tell one value from another, and are centred as they are read. Others are not, as a
   * row of theirs is at zero.
   */
  private static int[] storedByAll(List<Block> blocks, int features) {
    int[] stored = IntStream.range(0, features).toArray();
    for (Block block : blocks) {
      for (int i = 0; i < block.rows() && stored.length > 0; i++) {
        stored = block.stored(i, stored);
      }
    }
    return stored;
  }

  private List<FloatRows> inFloats(List<Block> blocks, double[] origins, double[] factors) {
    return blocks.stream()
        .map(block -> block.inFloats(origins, factors, shares(block.weights())))
        .toList();
  }

  private float[] shares(double[] weights) {
    float[] shares = new float[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (weights[i] / weight);
    }
    return shares;
  }

  /** Returns how many rows there are. */
  double rows() {
    return rows;
  }

  /** Returns what they weigh together; below, each row weighs its share in it. */
  double weight() {
    return weight;
  }

  /** Returns what values are multiplied by to be those of scaled features. */
  float[] scales() {
    return scales;
  }

  /** Returns what is then still to be subtracted from them. */
  float[] centers() {
    return centers;
  }

  /** Returns the means of values. */
  float[] means() {
    return means;
  }

  /** Returns the means of squared values. */
  float[] squares() {
    return ones ? means : sum(FloatRows::addSquares);
  }

  private float[] sum(BiConsumer<FloatRows, float[]> add) {
    forEachPart((k, part) -> add.accept(part, sums[k]));
    float[] sum = new float[scales.length];
    takeSum(sum, 0, sum.length);
    return sum;
  }

  /**
   * Sums up w x (xᵀβ + β₀) of the values x, for {@link #takeSum}, and returns the sum of w (xᵀβ +
   * β₀).
   */
  double sumHessianTimes(float[] coefficients, float intercept) {
    double[] totals = new double[PARTS];
    forEachPart((k, part) -> totals[k] += part.addHessianTimes(coefficients, intercept, sums[k]));
    return Arrays.stream(totals).sum();
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

  /** Writes the last sum's entries from one to another, exclusive. */
  void takeSum(float[] target, int from, int to) {
    System.arraycopy(sums[0], from, target, from, to - from);
    for (int k = 1; k < PARTS; k++) {
      float[] sum = sums[k];
      for (int j = from; j < to; j++) {
        target[j] += sum[j];
      }
    }
  }
}
