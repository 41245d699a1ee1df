package io.github.imbalancedspark.support;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Blocks of random sparse rows, whose labels follow a logistic model of their features. */
public final class SparseRows {

  private static final int BLOCK_ROWS = 500;

  private SparseRows() {}

  /**
   * Returns rows of {@code nonZeros} features at most, the first ones being the most frequent, with
   * weights between ½ and 1½.
   */
  public static List<Block> logistic(
      int rows, int features, int nonZeros, double intercept, Random random) {
    double[] coefficients = random.doubles(features, -1.5, 1.5).toArray();
    SparseBlockBuilder builder = new SparseBlockBuilder(features, Integer.MAX_VALUE, true);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int[] indices =
          random
              .doubles(nonZeros)
              .mapToInt(u -> (int) (features * u * u))
              .sorted()
              .distinct()
              .toArray();
      double[] values = random.doubles(indices.length, 0.5, 1.5).toArray();
      double margin = intercept;
      for (int k = 0; k < indices.length; k++) {
        margin += coefficients[indices[k]] * values[k];
      }
      double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
      add(builder, label, 0.5 + random.nextDouble(), indices, values);
      if (i % BLOCK_ROWS == BLOCK_ROWS - 1) {
        blocks.add(builder.take());
      }
    }
    return blocks;
  }

  /** Adds a row to {@code builder}. */
  public static void add(
      SparseBlockBuilder builder, double label, double weight, int[] indices, double[] values) {
    int at = builder.startRow(label, weight, indices.length);
    System.arraycopy(indices, 0, builder.indices(), at, indices.length);
    System.arraycopy(values, 0, builder.values(), at, indices.length);
    builder.endRow(indices.length);
  }
}
