package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Reductions;

/** Arithmetic on plain vectors. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    return Reductions.dot(a, b, a.length);
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
}
