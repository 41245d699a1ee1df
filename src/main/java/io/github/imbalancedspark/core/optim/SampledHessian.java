package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The Hessian of an objective in scaled coordinates, estimated from a sample of rows and known by
 * its products with vectors: H v = (1/M) Σ h x̃ (x̃ᵀv) + λ v, in time and memory linear in the
 * sample's values and the features.
 */
public final class SampledHessian {

  /**
   * So many sums are made at once, whatever the number of processors, for the result to be the same
   * on every machine.
   */
  private static final int PARTS = 4;

  private final FeatureScaling scaling;
  private final double normalizer;
  private final int features;
  private final double[] added;
  private final List<List<Block>> parts;
  private final double rows;
  private final double[][] sums;
  private final double[] coefficients;
  private final double[] product;

  /**
   * Takes a sample.
   *
   * @param rows that weigh the curvature each stands for
   */
  SampledHessian(Objective objective, List<Block> rows) {
    this.scaling = objective.scaling();
    this.normalizer = objective.normalizer();
    this.features = objective.ridge().length;
    this.added = Arrays.copyOf(objective.ridge(), scaling.dimension());
    this.rows = rows.stream().mapToDouble(Block::rows).sum();
    this.parts =
        IntStream.range(0, PARTS)
            .mapToObj(k -> rows.subList(k * rows.size() / PARTS, (k + 1) * rows.size() / PARTS))
            .toList();
    this.sums = new double[PARTS][features + 1];
    this.coefficients = new double[features];
    this.product = new double[features + 1];
  }

  /** Returns how many rows were drawn. */
  double rows() {
    return rows;
  }

  /** Adds a diagonal. */
  void add(double[] diagonal) {
    Vectors.addScaled(1, diagonal, added);
  }

  /** Returns the diagonal. */
  double[] diagonal() {
    double[] center = scaling.rowCenter();
    double[] raw = sum((block, sum) -> block.addDiagonal(block.weights(), center, sum)).clone();
    double[] withIntercept = sum((block, sum) -> block.addGradient(block.weights(), center, sum));
    double[] diagonal = scaling.diagonal(raw, withIntercept, normalizer);
    Vectors.addScaled(1, added, diagonal);
    return diagonal;
  }

  /** Returns H v, in an array that the next product overwrites; as many entries as v has count. */
  double[] times(double[] v) {
    double intercept = scaling.unscale(v, coefficients);
    double[] center = scaling.rowCenter();
    addUp(
        (block, sum) -> {
          double[] slopes = new double[block.rows()];
          block.margins(coefficients, intercept, center, slopes);
          for (int i = 0; i < slopes.length; i++) {
            slopes[i] *= block.weights()[i];
          }
          block.addGradient(slopes, center, sum);
        });
    mergeInto(product, features, features + 1);
    double last = product[features];
    for (int from = 0; from < features; from += Vectors.RANGE) {
      int to = Math.min(features, from + Vectors.RANGE);
      mergeInto(product, from, to);
      scaling.scaleGradient(product, from, to, last, normalizer);
      addDiagonalTimes(v, from, to);
    }
    product[features] = last / normalizer;
    addDiagonalTimes(v, features, v.length);
    return product;
  }

  private void addDiagonalTimes(double[] v, int from, int to) {
    for (int j = from; j < to; j++) {
      product[j] += added[j] * v[j];
    }
  }

  /** Returns what {@code add} adds for every block, in an array that the next sum overwrites. */
  private double[] sum(BiConsumer<Block, double[]> add) {
    addUp(add);
    mergeInto(product, 0, product.length);
    return product;
  }

  private void addUp(BiConsumer<Block, double[]> add) {
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            k -> {
              Arrays.fill(sums[k], 0);
              parts.get(k).forEach(block -> add.accept(block, sums[k]));
            });
  }

  private void mergeInto(double[] target, int from, int to) {
    System.arraycopy(sums[0], from, target, from, to - from);
    for (int k = 1; k < PARTS; k++) {
      Vectors.addScaled(1, sums[k], target, from, to);
    }
  }
}
