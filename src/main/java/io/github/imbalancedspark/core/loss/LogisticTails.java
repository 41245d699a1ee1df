package io.github.imbalancedspark.core.loss;

/**
 * The logistic function of many margins at once: σ(z), σ(−z) and ln(1 + e^−|z|) of up to {@value
 * #CAPACITY} margins, each to about 1e-13 relative.
 *
 * <p>Written as short loops without branches or library calls, over arrays indexed by the loop
 * variable alone, which HotSpot turns into vector instructions: several times faster than {@code
 * Math.exp} and {@code Math.log1p} row by row. e^−z is ((e^(−z/256))²)²… by a Taylor polynomial and
 * eight squarings; the logarithm is 2 artanh(s), s = e/(2+e), by its series (s ≤ 1/3). Margins
 * beyond ±{@value #LIMIT} count as that in the tails, where they hold less than 1e-27.
 */
final class LogisticTails {

  static final int CAPACITY = 256;
  private static final double LIMIT = 64;

  /** σ(z). */
  final double[] up = new double[CAPACITY];

  /** σ(−z). */
  final double[] down = new double[CAPACITY];

  /** ln(1 + e^−|z|). */
  final double[] logTail = new double[CAPACITY];

  private final double[] argument = new double[CAPACITY];
  private final double[] ratio = new double[CAPACITY];

  /** Fills the three arrays for the first {@code n} margins. */
  void compute(double[] margins, int n) {
    scale(margins, argument, n);
    polynomialHigh(argument, down, n);
    polynomialLow(argument, down, n);
    square(down, n);
    square(down, n);
    tails(down, up, n);
    ratios(up, down, ratio, n);
    seriesHigh(ratio, logTail, n);
    seriesMiddle(ratio, logTail, n);
    seriesLow(ratio, logTail, n);
  }

  private static void scale(double[] z, double[] r, int n) {
    for (int i = 0; i < n; i++) {
      r[i] = Math.max(Math.min(z[i], LIMIT), -LIMIT) * (-1.0 / 256);
    }
  }

  /** Horner's rule for Σ rᵏ/k!, k from 12 down to 5. */
  private static void polynomialHigh(double[] r, double[] e, int n) {
    for (int i = 0; i < n; i++) {
      double x = r[i];
      double p = 1.0 / 479001600 * x + 1.0 / 39916800;
      p = p * x + 1.0 / 3628800;
      p = p * x + 1.0 / 362880;
      p = p * x + 1.0 / 40320;
      p = p * x + 1.0 / 5040;
      e[i] = p * x + 1.0 / 720;
    }
  }

  /** The rest of it, down to k = 0, and the first two squarings. */
  private static void polynomialLow(double[] r, double[] e, int n) {
    for (int i = 0; i < n; i++) {
      double x = r[i];
      double p = e[i] * x + 1.0 / 120;
      p = p * x + 1.0 / 24;
      p = p * x + 1.0 / 6;
      p = p * x + 0.5;
      p = p * x + 1;
      p = p * x + 1;
      p = p * p;
      e[i] = p * p;
    }
  }

  private static void square(double[] e, int n) {
    for (int i = 0; i < n; i++) {
      double p = e[i];
      p = p * p;
      p = p * p;
      e[i] = p * p;
    }
  }

  private static void tails(double[] down, double[] up, int n) {
    for (int i = 0; i < n; i++) {
      double e = down[i];
      double u = 1 / (1 + e);
      up[i] = u;
      down[i] = e * u;
    }
  }

  /** s = e/(2+e) with e = e^−|z|, from the smaller and the larger tail. */
  private static void ratios(double[] up, double[] down, double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double u = up[i];
      double d = down[i];
      s[i] = Math.min(u, d) / (1 + Math.max(u, d));
    }
  }

  /** Horner's rule for 2 Σ s^(2k+1)/(2k+1), k from 16 down. */
  private static void seriesHigh(double[] s, double[] sum, int n) {
    for (int i = 0; i < n; i++) {
      double q = s[i] * s[i];
      double p = 1.0 / 33 * q + 1.0 / 31;
      p = p * q + 1.0 / 29;
      p = p * q + 1.0 / 27;
      p = p * q + 1.0 / 25;
      p = p * q + 1.0 / 23;
      sum[i] = p * q + 1.0 / 21;
    }
  }

  private static void seriesMiddle(double[] s, double[] sum, int n) {
    for (int i = 0; i < n; i++) {
      double q = s[i] * s[i];
      double p = sum[i] * q + 1.0 / 19;
      p = p * q + 1.0 / 17;
      p = p * q + 1.0 / 15;
      p = p * q + 1.0 / 13;
      sum[i] = p * q + 1.0 / 11;
    }
  }

  private static void seriesLow(double[] s, double[] sum, int n) {
    for (int i = 0; i < n; i++) {
      double x = s[i];
      double q = x * x;
      double p = sum[i] * q + 1.0 / 9;
      p = p * q + 1.0 / 7;
      p = p * q + 1.0 / 5;
      p = p * q + 1.0 / 3;
      p = p * q + 1;
      sum[i] = p * (x + x);
    }
  }
}
