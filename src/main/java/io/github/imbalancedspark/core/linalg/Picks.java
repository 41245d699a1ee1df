package io.github.imbalancedspark.core.linalg;

/** Entries of an array by their numbers. */
final class Picks {

  private Picks() {}

  static double[] of(double[] values, int[] numbers) {
    double[] picked = new double[numbers.length];
    for (int k = 0; k < picked.length; k++) {
      picked[k] = values[numbers[k]];
    }
    return picked;
  }

  static int[] of(int[] values, int[] numbers) {
    int[] picked = new int[numbers.length];
    for (int k = 0; k < picked.length; k++) {
      picked[k] = values[numbers[k]];
    }
    return picked;
  }
}
