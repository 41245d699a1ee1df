package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.linalg.Rounding;
import io.github.imbalancedspark.core.sampling.Neighbourhood;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where rows lie for the search of neighbours: first the numeric features, each over its scale,
 * then the categorical codes.
 *
 * @param featuresCol the features column, for messages
 * @param scales for each numeric feature what it is divided by; 0 for a constant one, left out
 * @param numeric the numbers of the numeric features
 * @param categorical the numbers of the categorical features
 */
record FeatureSpace(String featuresCol, double[] scales, int[] numeric, int[] categorical)
    implements Serializable {

  /**
   * Makes the space of features with these standard deviations, rounded so that of rows equally far
   * the same one is nearer in whatever order the deviations were summed.
   *
   * @param standardize whether to divide by them
   * @throws IllegalArgumentException if a deviation is not finite, or the categories are not right
   */
  static FeatureSpace of(
      String featuresCol, double[] deviations, int[] categorical, boolean standardize) {
    int size = deviations.length;
    for (int j = 0; j < size; j++) {
      if (!Double.isFinite(deviations[j])) {
        throw new IllegalArgumentException(
            String.format(
                "featuresCol: column '%s' holds NaN, infinite or far too large values in feature %d;"
                    + " impute them or drop the rows",
                featuresCol, j));
      }
    }
    for (int j : categorical) {
      if (j < 0 || j >= size) {
        throw new IllegalArgumentException(
            String.format(
                "categoricalFeatures: holds %d, but column '%s' has the features 0 to %d",
                j, featuresCol, size - 1));
      }
    }
    int[] numeric =
        IntStream.range(0, size)
            .filter(j -> Arrays.stream(categorical).noneMatch(c -> c == j))
            .toArray();
    if (numeric.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              "categoricalFeatures: names all %d features of column '%s'; there is nothing between"
                  + " categories: repeat rows by over-sampling instead",
              size, featuresCol));
    }
    double[] scales =
        Arrays.stream(numeric)
            .mapToDouble(j -> standardize ? Rounding.ofSum(deviations[j]) : 1)
            .toArray();
    return new FeatureSpace(featuresCol, scales, numeric, categorical);
  }

  /** Returns where a row lies. */
  double[] place(double[] features) {
    double[] point = new double[numeric.length + categorical.length];
    for (int k = 0; k < numeric.length; k++) {
      point[k] = scales[k] > 0 ? features[numeric[k]] / scales[k] : 0;
    }
    for (int k = 0; k < categorical.length; k++) {
      point[numeric.length + k] = features[categorical[k]];
    }
    return point;
  }

  /**
   * Returns the neighbourhood of points of one class, where a differing category is as far as the
   * median of the numeric features' deviations in that class.
   */
  Neighbourhood neighbourhood(double[][] points) {
    double median = categorical.length == 0 ? 0 : medianDeviation(points);
    return new Neighbourhood(points, numeric.length, median * median);
  }

  private double medianDeviation(double[][] points) {
    double[] deviations =
        IntStream.range(0, numeric.length)
            .mapToDouble(j -> deviation(points, j))
            .sorted()
            .toArray();
    int middle = deviations.length / 2;
    return deviations.length % 2 == 1
        ? deviations[middle]
        : (deviations[middle - 1] + deviations[middle]) / 2;
  }

  private static double deviation(double[][] points, int j) {
    double mean = Arrays.stream(points).mapToDouble(p -> p[j]).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(points)
            .mapToDouble(p -> (p[j] - mean) * (p[j] - mean))
            .average()
            .orElseThrow());
  }

  /** Returns for each feature of a row whether it is categorical. */
  boolean[] isCategorical() {
    boolean[] is = new boolean[numeric.length + categorical.length];
    for (int j : categorical) {
      is[j] = true;
    }
    return is;
  }
}
