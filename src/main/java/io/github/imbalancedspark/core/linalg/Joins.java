package io.github.imbalancedspark.core.linalg;

import java.util.List;
import java.util.function.Function;

/** Arrays of several parts, one behind the other. */
final class Joins {

  private Joins() {}

  static <T> double[] of(List<T> parts, Function<T, double[]> arrayOf) {
    List<double[]> arrays = parts.stream().map(arrayOf).toList();
    double[] joined = new double[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (double[] array : arrays) {
      System.arraycopy(array, 0, joined, at, array.length);
      at += array.length;
    }
    return joined;
  }

  static <T> int[] ofInts(List<T> parts, Function<T, int[]> arrayOf) {
    List<int[]> arrays = parts.stream().map(arrayOf).toList();
    int[] joined = new int[arrays.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (int[] array : arrays) {
      System.arraycopy(array, 0, joined, at, array.length);
      at += array.length;
    }
    return joined;
  }
}
