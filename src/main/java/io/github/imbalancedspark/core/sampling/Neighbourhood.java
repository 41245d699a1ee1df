package io.github.imbalancedspark.core.sampling;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Exact nearest neighbours by comparison with every point. The squared distance of two points is
 * the sum of their numeric features' squared differences and, for each categorical feature in which
 * they differ, a penalty (SMOTE-NC's squared median of the deviations).
 */
public final class Neighbourhood implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How many features are added up before a point too far away is given up. */
  private static final int STRIDE = 8;

  private final double[][] points;
  private final int numeric;
  private final double penalty;

  /**
   * Makes the neighbourhood of some points.
   *
   * @param points one a row: first the numeric features, on comparable scales, then the codes of
   *     the categorical ones
   * @param numeric how many features are numeric
   * @param penalty the squared distance that a differing categorical feature adds
   */
  public Neighbourhood(double[][] points, int numeric, double penalty) {
    this.points = points;
    this.numeric = numeric;
    this.penalty = penalty;
  }

  /**
   * Returns the {@code k} points nearest to point {@code i}, itself not among them, nearest first;
   * of points equally far the one with the smaller number comes first.
   *
   * @param k at most the number of points less one
   */
  public int[] nearest(int i, int k) {
    int[] nearest = new int[k];
    double[] distances = new double[k];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int j = 0; j < points.length; j++) {
      if (j == i) {
        continue;
      }
      double distance = distance(points[i], points[j], distances[k - 1]);
      if (distance < distances[k - 1]) {
        insert(nearest, distances, j, distance);
      }
    }
    return nearest;
  }

  private static void insert(int[] nearest, double[] distances, int j, double distance) {
    int at = nearest.length - 1;
    while (at > 0 && distances[at - 1] > distance) {
      distances[at] = distances[at - 1];
      nearest[at] = nearest[at - 1];
      at--;
    }
    distances[at] = distance;
    nearest[at] = j;
  }

  /** Returns point {@code i}. */
  public double[] point(int i) {
    return points[i];
  }

  /** Returns the number of points. */
  public int size() {
    return points.length;
  }

  /**
   * Returns the squared distance of two points, or anything larger than {@code most} if it is
   * larger than that.
   */
  public double distance(double[] a, double[] b, double most) {
    double sum = 0;
    int j = 0;
    while (j < numeric && sum <= most) {
      int end = Math.min(numeric, j + STRIDE);
      for (; j < end; j++) {
        double difference = a[j] - b[j];
        sum += difference * difference;
      }
    }
    for (int c = numeric; c < a.length; c++) {
      sum += a[c] == b[c] ? 0 : penalty;
    }
    return sum;
  }
}
