package io.github.imbalancedspark.core.sampling;

import java.io.Serializable;
import java.util.Arrays;

/**
 * For each point of a neighbourhood, the class a few nearest rows of a whole dataset belong to: the
 * same or another one. Rows are added in any order, and parts of a dataset merged: the result is
 * the same. Of rows equally far those of the same class count as nearer, which takes care of the
 * point itself, a row of the dataset too.
 */
public final class Surroundings implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int rows;
  private final Nearest same;
  private final Nearest other;

  /** The smallest distances of rows from each point, ascending, and apart the largest of them. */
  private record Nearest(double[][] distances, double[] farthest) implements Serializable {

    static Nearest none(int points, int rows) {
      Nearest none = new Nearest(new double[points][rows], new double[points]);
      for (double[] distances : none.distances) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
      }
      Arrays.fill(none.farthest, Double.POSITIVE_INFINITY);
      return none;
    }

    void add(int first, double[] found) {
      int points = Math.min(found.length, farthest.length - first);
      for (int p = 0; p < points; p++) {
        if (found[p] < farthest[first + p]) {
          insert(first + p, found[p]);
        }
      }
    }

    void add(Nearest that) {
      for (int i = 0; i < farthest.length; i++) {
        for (double distance : that.distances[i]) {
          if (distance < farthest[i]) {
            insert(i, distance);
          }
        }
      }
    }

    private void insert(int point, double distance) {
      double[] nearest = distances[point];
      int at = nearest.length - 1;
      while (at > 0 && nearest[at - 1] > distance) {
        nearest[at] = nearest[at - 1];
        at--;
      }
      nearest[at] = distance;
      farthest[point] = nearest[nearest.length - 1];
    }
  }

  /**
   * Makes empty surroundings.
   *
   * @param points the number of points
   * @param rows how many nearest rows to look at, the point itself not counted
   */
  public Surroundings(int points, int rows) {
    this.rows = rows;
    this.same = Nearest.none(points, rows + 1);
    this.other = Nearest.none(points, rows);
  }

  /** Returns how large surroundings of so many points and nearest rows are. */
  public static long bytes(int points, int rows) {
    return 8L * points * (2L * rows + 3); // the distances, and of each class the largest
  }

  /**
   * Adds rows; some tens at a time are fastest.
   *
   * @param isSame for each row whether it is of the points' class
   */
  public void add(Neighbourhood points, double[][] added, boolean[] isSame) {
    double[] distances = new double[Neighbourhood.BLOCK];
    for (int block = 0; block < points.blocks(); block++) {
      for (int i = 0; i < added.length; i++) {
        points.distances(block, added[i], distances);
        (isSame[i] ? same : other).add(block * Neighbourhood.BLOCK, distances);
      }
    }
  }

  /** Adds what another part of the dataset holds. */
  public Surroundings merge(Surroundings that) {
    same.add(that.same);
    other.add(that.other);
    return this;
  }

  /** Returns, for each point, how many of the nearest rows are of another class. */
  public int[] others() {
    int[] others = new int[same.farthest.length];
    for (int i = 0; i < others.length; i++) {
      int alike = 0;
      for (int taken = 0; taken <= rows; taken++) { // one more: the point itself is among them
        int different = taken - alike;
        boolean isOther =
            different < rows && other.distances[i][different] < same.distances[i][alike];
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
