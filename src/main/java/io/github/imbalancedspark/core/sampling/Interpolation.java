package io.github.imbalancedspark.core.sampling;

import java.util.random.RandomGenerator;

/** SMOTE's arithmetic: a synthetic row between two real ones. */
public final class Interpolation {

  private Interpolation() {}

  /**
   * Returns a point on the segment from {@code base} to one of its neighbours, chosen at random, at
   * a random share of the way in [0, 1). A categorical feature gets the value that most of the
   * neighbours have; of equally frequent ones, the one that comes first among them.
   *
   * @param neighbours nearest first
   * @param categorical for each feature whether it is
   */
  public static double[] between(
      double[] base, double[][] neighbours, boolean[] categorical, RandomGenerator random) {
    double[] towards = neighbours[random.nextInt(neighbours.length)];
    double step = random.nextDouble();
    double[] point = new double[base.length];
    for (int j = 0; j < point.length; j++) {
      point[j] =
          categorical[j] ? mostFrequent(neighbours, j) : base[j] + step * (towards[j] - base[j]);
    }
    return point;
  }

  private static double mostFrequent(double[][] neighbours, int feature) {
    double best = Double.NaN;
    int most = 0;
    for (double[] candidate : neighbours) {
      int count = 0;
      for (double[] neighbour : neighbours) {
        count += neighbour[feature] == candidate[feature] ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate[feature];
      }
    }
    return best;
  }
}
