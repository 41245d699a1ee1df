package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.Sampling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sample of rows, each weighing the curvature that it stands for: sums of second derivatives over
 * the sample estimate those over all rows without bias. Rows are drawn by their hashes. Mergeable
 * in any order.
 *
 * <p>A row is drawn with a probability in proportion to its share in the Hessian's trace, h‖x̃‖² of
 * features of variance one, which keeps the estimate's variance least (Drineas, Kannan and Mahoney
 * 2006; Xu, Yang, Roosta-Khorasani, Ré and Mahoney 2016), mixed with one in proportion to h alone,
 * which keeps rows of short x̃ from weighing much.
 */
final class RowSample implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SALT = 3;

  /** More often than this no sample is thinned out: each time doubles the unit at least. */
  private static final int SALTS_A_DRAW = 1024;

  /** Share of the probability that does not look at how long the row is. */
  private static final double EVEN = 0.2;

  /**
   * Rows of a smaller probability are not measured: most rows are such, and what the few of them
   * that are drawn weigh makes little difference.
   */
  private static final double LEAST_MEASURED = 0.2;

  private final transient RowDraw draw;
  private final transient double[] center;
  private final ArrayList<Block> parts = new ArrayList<>();
  private double unit;

  /** Another one each time, as by the same one the rows drawn before would all stay. */
  private int salt;

  private long bytes;

  /**
   * Makes an empty sample.
   *
   * @param at where; rows of less than its unit of curvature stand in for one another, one for
   *     several, and the unit is raised where the sample would become too large
   */
  RowSample(LossPoint at) {
    this.draw = at.draw();
    this.center = at.center();
    this.unit = at.curvatureUnit();
    this.salt = firstSalt();
  }

  private int firstSalt() {
    return SALT + SALTS_A_DRAW * draw.number();
  }

  /** Adds some rows of {@code block}, whose {@code curvatures} are overwritten. */
  void add(Block block, double[] curvatures) {
    keep(block, thinned(block, curvatures, firstSalt()));
    while (bytes > draw.mostBytes()) {
      thinOut();
    }
  }

  private double[] thinned(Block block, double[] curvatures, int by) {
    for (int i = 0; i < block.rows(); i++) {
      double probability = curvatures[i] / unit;
      if (probability > LEAST_MEASURED) {
        probability *= EVEN + (1 - EVEN) * relativeLength(block, i);
      }
      curvatures[i] = Sampling.drawn(curvatures[i], probability, block.hashes()[i], by);
    }
    return curvatures;
  }

  /** Returns ‖x̃‖² over what it is on average, with a one for the intercept. */
  private double relativeLength(Block block, int row) {
    return (1 + block.squaredNorm(row, draw.scales(), center)) / (1.0 + block.features());
  }

  /** Adds the rows of another sample. */
  void merge(RowSample other) {
    parts.addAll(other.parts);
    bytes += other.bytes;
  }

  private void keep(Block block, double[] curvatures) {
    int[] picked = new int[block.rows()];
    double[] weights = new double[block.rows()];
    int count = 0;
    for (int i = 0; i < picked.length; i++) {
      if (curvatures[i] > 0) {
        picked[count] = i;
        weights[count] = curvatures[i];
        count++;
      }
    }
    if (count > 0) {
      Block part = block.select(Arrays.copyOf(picked, count), Arrays.copyOf(weights, count));
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
      keep(part, thinned(part, part.weights().clone(), salt));
    }
  }

  /** Returns the rows, weighing their curvatures. */
  List<Block> rows() {
    return parts;
  }
}
