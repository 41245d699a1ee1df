package io.github.imbalancedspark.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/** Sums over arrays, in several lanes at once: a single lane would wait for every addition. */
public final class Reductions {

  private static final BLAS JAVA_BLAS = JavaBLAS.getInstance();

  private Reductions() {}

  /** Returns Σ aᵢ of the first {@code n} entries. */
  public static double sum(double[] a, int n) {
    double lane0 = 0;
    double lane1 = 0;
    double lane2 = 0;
    double lane3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      lane0 += a[i];
      lane1 += a[i + 1];
      lane2 += a[i + 2];
      lane3 += a[i + 3];
    }
    for (; i < n; i++) {
      lane0 += a[i];
    }
    return (lane0 + lane1) + (lane2 + lane3);
  }

  /** Returns Σ aᵢ bᵢ of the first {@code n} entries. */
  public static double dot(double[] a, double[] b, int n) {
    return JAVA_BLAS.ddot(n, a, 1, b, 1);
  }

  /** Returns Σ aᵢ bᵢ of {@code n} entries, from {@code aFrom} and {@code bFrom} on. */
  public static double dot(double[] a, int aFrom, double[] b, int bFrom, int n) {
    return JAVA_BLAS.ddot(n, a, aFrom, 1, b, bFrom, 1);
  }

  /** Does the same in floats: of ranges so short that their digits are enough. */
  public static double dot(float[] a, float[] b, int from, int n) {
    return JAVA_BLAS.sdot(n, a, from, 1, b, from, 1);
  }
}
