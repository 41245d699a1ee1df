package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Reductions;
import java.util.stream.IntStream;

/** Arithmetic on plain vectors. */
final class Vectors {

  /**
   * Several steps over vectors of many features are taken together, for ranges of so many entries,
   * which a core's cache holds from one step to the next.
   */
  private static final int RANGE = 2048;

  /** A step over the entries from one to another, exclusive. */
  @FunctionalInterface
  interface Step {
    /** Takes the step, and returns its part of a sum. */
    double take(int from, int to);
  }

  private Vectors() {}

  /**
   * Takes a step over all of so many entries, range by range on all processors, and returns the sum
   * of what it returns, the same whatever their number.
   */
  static double inRanges(int size, Step step) {
    double[] sums =
        IntStream.range(0, (size + RANGE - 1) / RANGE)
            .parallel()
            .mapToDouble(k -> step.take(k * RANGE, Math.min(size, (k + 1) * RANGE)))
            .toArray();
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  static double dot(double[] a, double[] b) {
    return Reductions.dot(a, b, a.length);
  }

  static double dot(float[] a, float[] b) {
    return inRanges(a.length, (from, to) -> Reductions.dot(a, b, from, to - from));
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  static double[] negated(double[] a) {
    return combination(-1, a, 0, a);
  }

  static double[] difference(double[] a, double[] b) {
    return combination(1, a, -1, b);
  }

  /** Returns p·a + q·b. */
  static double[] combination(double p, double[] a, double q, double[] b) {
    double[] result = new double[a.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = p * a[j] + q * b[j];
    }
    return result;
  }

  /** Adds factor·vector to target. */
  static void addScaled(double factor, double[] vector, double[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] += factor * vector[j];
    }
  }

  /** Writes the products of entries to {@code target}, as many as it has. */
  static void multiply(double[] a, double[] b, double[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] = a[j] * b[j];
    }
  }

  /** Returns the entries to a float's digits. */
  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }
}
