package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.Sampling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sample of rows drawn in proportion to their curvature, each weighing the curvature that it
 * stands for: sums of second derivatives over the sample estimate those over all rows without bias.
 * Rows are drawn by their hashes. Mergeable in any order.
 */
final class RowSample implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SALT = 3;

  private final long mostBytes;
  private final ArrayList<Block> parts = new ArrayList<>();
  private double unit;

  /** Another one for each draw, as by the same one the rows drawn before would all stay. */
  private int salt = SALT + 1;

  private long bytes;

  /**
   * Makes an empty sample.
   *
   * @param unit rows of less curvature stand in for one another, one for several
   * @param mostBytes how large the sample may become; beyond, the unit is raised
   */
  RowSample(double unit, long mostBytes) {
    this.unit = unit;
    this.mostBytes = mostBytes;
  }

  /** Adds some rows of {@code block}, whose {@code curvatures} are overwritten. */
  void add(Block block, double[] curvatures) {
    Sampling.thin(curvatures, block.hashes(), block.rows(), unit, SALT);
    keep(block, curvatures);
    while (bytes > mostBytes) {
      thinOut();
    }
  }

  /** Adds the rows of another sample. */
  void merge(RowSample other) {
    parts.addAll(other.parts);
    bytes += other.bytes;
  }

  private void keep(Block block, double[] curvatures) {
    int[] picked = new int[block.rows()];
    int count = 0;
    for (int i = 0; i < picked.length; i++) {
      if (curvatures[i] > 0) {
        picked[count++] = i;
      }
    }
    if (count > 0) {
      int[] numbers = Arrays.copyOf(picked, count);
      Block part =
          block.select(numbers, Arrays.stream(numbers).mapToDouble(i -> curvatures[i]).toArray());
      parts.add(part);
      bytes += part.bytes();
    }
  }

  private void thinOut() {
    double curvature = parts.stream().flatMapToDouble(p -> Arrays.stream(p.weights())).sum();
    long rows = parts.stream().mapToLong(Block::rows).sum();
    unit = Math.max(2 * unit, curvature / rows);
    salt++;
    List<Block> before = List.copyOf(parts);
    parts.clear();
    bytes = 0;
    for (Block part : before) {
      double[] curvatures = part.weights().clone();
      Sampling.thin(curvatures, part.hashes(), part.rows(), unit, salt);
      keep(part, curvatures);
    }
  }

  /** Returns the rows, weighing their curvatures. */
  List<Block> rows() {
    return parts;
  }
}
