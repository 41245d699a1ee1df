package io.github.imbalancedspark.core.sampling;

import java.io.Serializable;
import java.util.Arrays;

/**
 * For each point of a neighbourhood, the class a few nearest rows of a whole dataset belong to: the
 * same or another one. Rows are added one by one, in any order, and parts of a dataset merged: the
 * result is the same. Of rows equally far those of the same class count as nearer, which takes care
 * of the point itself, a row of the dataset too.
 */
public final class Surroundings implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int rows;
  private final double[][] same;
  private final double[][] other;

  /**
   * Makes empty surroundings.
   *
   * @param points the number of points
   * @param rows how many nearest rows to look at, the point itself not counted
   */
  public Surroundings(int points, int rows) {
    this.rows = rows;
    this.same = new double[points][rows + 1];
    this.other = new double[points][rows];
    for (int i = 0; i < points; i++) {
      Arrays.fill(same[i], Double.POSITIVE_INFINITY);
      Arrays.fill(other[i], Double.POSITIVE_INFINITY);
    }
  }

  /** Adds a row. */
  public void add(Neighbourhood points, double[] row, boolean isSame) {
    for (int i = 0; i < same.length; i++) {
      double[] nearest = isSame ? same[i] : other[i];
      double farthest = nearest[nearest.length - 1];
      double distance = points.distance(points.point(i), row, farthest);
      if (distance < farthest) {
        insert(nearest, distance);
      }
    }
  }

  /** Adds what another part of the dataset holds. */
  public Surroundings merge(Surroundings that) {
    for (int i = 0; i < same.length; i++) {
      merge(same[i], that.same[i]);
      merge(other[i], that.other[i]);
    }
    return this;
  }

  private static void merge(double[] nearest, double[] more) {
    for (double distance : more) {
      if (distance < nearest[nearest.length - 1]) {
        insert(nearest, distance);
      }
    }
  }

  private static void insert(double[] nearest, double distance) {
    int at = nearest.length - 1;
    while (at > 0 && nearest[at - 1] > distance) {
      nearest[at] = nearest[at - 1];
      at--;
    }
    nearest[at] = distance;
  }

  /** Returns, for each point, how many of the nearest rows are of another class. */
  public int[] others() {
    int[] others = new int[same.length];
    for (int i = 0; i < others.length; i++) {
      int alike = 0;
      for (int taken = 0; taken <= rows; taken++) { // one more: the point itself is among them
        int different = taken - alike;
        boolean isOther = different < rows && other[i][different] < same[i][alike];
        if (isOther) {
          others[i]++;
        } else {
          alike++;
        }
      }
    }
    return others;
  }
}
