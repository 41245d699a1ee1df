package io.github.imbalancedspark.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fit to take the times of.
 *
 * @param rows n
 * @param features d
 * @param nonZeros non-zeros a row; 0 for dense rows
 * @param executors executors of one core each
 * @param models K, which differ in their positive weight
 * @param heldOut whether the formula's constants must not know of it
 */
record ScaleSetting(
    long rows, int features, int nonZeros, int executors, int models, boolean heldOut) {

  static final double REG_PARAM = 1e-4;

  /** So many iterations fill the memory of L-BFGS. */
  static final int WIDE_ITERATIONS = 15;

  static final int ITERATIONS = 5;
  static final double NO_TOLERANCE = 1e-15;

  private static final double DENSE_INTERCEPT = -8.6;
  private static final double SPARSE_INTERCEPT = -9;
  private static final double COMMON = 0.3;

  /** Returns all settings with so many executors, all of a size or but a share of it. */
  static List<ScaleSetting> all(int executors, double share) {
    Stream<ScaleSetting> both =
        Stream.of(
            dense(1_000_000, 30, executors, 1, false),
            dense(100_000, 30, executors, 1, false),
            dense(300_000, 100, executors, 1, false),
            dense(1_000_000, 10, executors, 1, false),
            dense(10_000_000, 10, executors, 1, false),
            dense(1_000_000, 30, executors, 4, false),
            sparse(100_000, 1 << 18, executors, false),
            sparse(1_000_000, 1 << 18, executors, false),
            dense(3_000_000, 20, executors, 1, true));
    Stream<ScaleSetting> two =
        Stream.of(
            dense(2_000_000, 40, executors, 2, true),
            sparse(400_000, 1 << 19, executors, true),
            sparse(100_000, 1 << 20, executors, false),
            sparse(100_000, 1 << 22, executors, false),
            sparse(100_000, 1 << 24, executors, true));
    return Stream.concat(both, executors > 1 ? two : Stream.empty())
        .map(s -> s.shrunk(share))
        .toList();
  }

  private static ScaleSetting dense(
      long rows, int features, int executors, int models, boolean heldOut) {
    return new ScaleSetting(rows, features, 0, executors, models, heldOut);
  }

  private static ScaleSetting sparse(long rows, int features, int executors, boolean heldOut) {
    return new ScaleSetting(rows, features, 20, executors, 1, heldOut);
  }

  private ScaleSetting shrunk(double share) {
    int newFeatures = nonZeros > 0 ? (int) (features * share) : features;
    return new ScaleSetting(
        (long) (rows * share), newFeatures, nonZeros, executors, models, heldOut);
  }

  /** Returns whether the fit is there for the size of its vectors, and not run to its end. */
  boolean wide() {
    return features > 1 << 19;
  }

  BenchmarkData data() {
    return new BenchmarkData(
        String.format("scale-%d-%d-%d", rows, features, nonZeros),
        rows,
        features,
        nonZeros,
        nonZeros > 0 ? 0 : COMMON,
        nonZeros > 0 ? SPARSE_INTERCEPT : DENSE_INTERCEPT,
        4);
  }

  double[] posWeights() {
    return IntStream.range(0, models).mapToDouble(k -> 1 << k).toArray();
  }

  String label() {
    return String.format(
        "%s × %s%s",
        Power.of(rows), Power.of(features), nonZeros > 0 ? ", " + nonZeros + " non-zeros" : "");
  }
}
