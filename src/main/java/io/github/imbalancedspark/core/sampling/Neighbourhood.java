package io.github.imbalancedspark.core.sampling;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Exact nearest neighbours by comparison with every point. The squared distance of two points is
 * the sum of their numeric features' squared differences and, for each categorical feature in which
 * they differ, a penalty (SMOTE-NC's squared median of the deviations).
 *
 * <p>Points are kept in blocks, feature by feature: so the loops over a block's points are
 * vectorised, and a block stays in the processor's cache while many rows are compared with it.
 */
public final class Neighbourhood implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Points in a block: 30 features of them take 60 KB. */
  static final int BLOCK = 256;

  private final int size;
  private final int features;
  private final int numeric;
  private final double penalty;

  /** Block → feature → point; the last block is filled up with infinity, farther than any point. */
  private final double[][][] blocks;

  /**
   * Makes the neighbourhood of some points.
   *
   * @param points one a row: first the numeric features, on comparable scales, then the codes of
   *     the categorical ones; finite, of one length, at least one
   * @param numeric how many features are numeric, at least one
   * @param penalty the squared distance that a differing categorical feature adds
   */
  public Neighbourhood(double[][] points, int numeric, double penalty) {
    this.size = points.length;
    this.features = points[0].length;
    this.numeric = numeric;
    this.penalty = penalty;
    blocks = new double[(size + BLOCK - 1) / BLOCK][features][BLOCK];
    for (double[] column : blocks[blocks.length - 1]) {
      Arrays.fill(column, Double.POSITIVE_INFINITY);
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < features; j++) {
        blocks[i / BLOCK][j][i % BLOCK] = points[i][j];
      }
    }
  }

  /**
   * Returns, for each of some points, the {@code k} points nearest to it, itself not among them,
   * nearest first; of points equally far the one with the smaller number comes first.
   *
   * @param of the numbers of the points; some hundreds at a time are fastest
   * @param k at most the number of points less one
   */
  public int[][] nearest(int[] of, int k) {
    int[][] nearest = new int[of.length][k];
    double[][] farness = new double[of.length][k];
    double[][] rows = new double[of.length][];
    for (int i = 0; i < of.length; i++) {
      Arrays.fill(farness[i], Double.POSITIVE_INFINITY);
      rows[i] = point(of[i]);
    }
    double[] distances = new double[BLOCK];
    for (int block = 0; block < blocks.length; block++) {
      for (int i = 0; i < of.length; i++) {
        distances(block, rows[i], distances);
        keepNearest(block * BLOCK, distances, of[i], nearest[i], farness[i]);
      }
    }
    return nearest;
  }

  private static void keepNearest(
      int first, double[] distances, int self, int[] nearest, double[] farness) {
    double farthest = farness[farness.length - 1];
    for (int p = 0; p < distances.length; p++) {
      if (distances[p] < farthest && first + p != self) {
        insert(nearest, farness, first + p, distances[p]);
        farthest = farness[farness.length - 1];
      }
    }
  }

  private static void insert(int[] nearest, double[] farness, int point, double distance) {
    int at = nearest.length - 1;
    while (at > 0 && farness[at - 1] > distance) {
      farness[at] = farness[at - 1];
      nearest[at] = nearest[at - 1];
      at--;
    }
    farness[at] = distance;
    nearest[at] = point;
  }

  private double[] point(int i) {
    double[] point = new double[features];
    for (int j = 0; j < features; j++) {
      point[j] = blocks[i / BLOCK][j][i % BLOCK];
    }
    return point;
  }

  /** Returns the number of points. */
  public int size() {
    return size;
  }

  /** Returns the number of blocks of {@value #BLOCK} points. */
  int blocks() {
    return blocks.length;
  }

  /**
   * Finds the squared distances of a row from the points of a block; from those that only fill it
   * up, infinity.
   */
  void distances(int block, double[] row, double[] distances) {
    double[][] columns = blocks[block];
    Arrays.fill(distances, 0);
    int j = 0;
    for (; j + 1 < numeric; j += 2) {
      addSquares(columns[j], row[j], columns[j + 1], row[j + 1], distances);
    }
    if (j < numeric) {
      addSquares(columns[j], row[j], distances);
    }
    for (int c = numeric; c < features; c++) {
      addPenalties(columns[c], row[c], distances);
    }
  }

  // Written as sum = sum + …, two features in a loop: with += HotSpot vectorises neither.

  private static void addSquares(
      double[] points, double at, double[] others, double otherAt, double[] sums) {
    for (int p = 0; p < sums.length; p++) {
      double one = points[p] - at;
      double other = others[p] - otherAt;
      sums[p] = sums[p] + one * one + other * other;
    }
  }

  private static void addSquares(double[] points, double at, double[] sums) {
    for (int p = 0; p < sums.length; p++) {
      double difference = points[p] - at;
      sums[p] = sums[p] + difference * difference;
    }
  }

  private void addPenalties(double[] codes, double code, double[] sums) {
    for (int p = 0; p < sums.length; p++) {
      sums[p] = sums[p] + (codes[p] == code ? 0 : penalty);
    }
  }
}
