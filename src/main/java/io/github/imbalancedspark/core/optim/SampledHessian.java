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
  private final double[] ridge;
  private final List<List<Block>> parts;
  private final double[][] sums;
  private final double rows;

  /**
   * Takes a sample.
   *
   * @param rows that weigh the curvature each stands for
   */
  SampledHessian(Objective objective, List<Block> rows) {
    this.scaling = objective.scaling();
    this.normalizer = objective.normalizer();
    this.ridge = objective.ridge();
    this.rows = rows.stream().mapToDouble(Block::rows).sum();
    this.parts =
        IntStream.range(0, PARTS)
            .mapToObj(k -> rows.subList(k * rows.size() / PARTS, (k + 1) * rows.size() / PARTS))
            .toList();
    this.sums = new double[PARTS][ridge.length + 1];
  }

  /** Returns how many rows were drawn. */
  double rows() {
    return rows;
  }

  /** Returns the diagonal. */
  double[] diagonal() {
    double[] center = scaling.rowCenter();
    double[] raw = sum((block, sum) -> block.addDiagonal(block.weights(), center, sum)).clone();
    double[] withIntercept = sum((block, sum) -> block.addGradient(block.weights(), center, sum));
    double[] diagonal = scaling.diagonal(raw, withIntercept, normalizer);
    for (int j = 0; j < ridge.length; j++) {
      diagonal[j] += ridge[j];
    }
    return diagonal;
  }

  /** Returns H v. */
  double[] times(double[] v) {
    double[] coefficients = scaling.coefficients(v);
    double intercept = scaling.rowIntercept(v);
    double[] center = scaling.rowCenter();
    double[] product =
        scaling.gradient(
            sum(
                (block, sum) -> {
                  double[] slopes = new double[block.rows()];
                  block.margins(coefficients, intercept, center, slopes);
                  for (int i = 0; i < slopes.length; i++) {
                    slopes[i] *= block.weights()[i];
                  }
                  block.addGradient(slopes, center, sum);
                }),
            normalizer);
    for (int j = 0; j < ridge.length; j++) {
      product[j] += ridge[j] * v[j];
    }
    return product;
  }

  /** Returns what {@code add} adds for every block, in an array that the next sum overwrites. */
  private double[] sum(BiConsumer<Block, double[]> add) {
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            k -> {
              Arrays.fill(sums[k], 0);
              parts.get(k).forEach(block -> add.accept(block, sums[k]));
            });
    for (int k = 1; k < PARTS; k++) {
      Vectors.addScaled(1, sums[k], sums[0]);
    }
    return sums[0];
  }
}
