package io.github.imbalancedspark.core.loss;

/** The logistic function and its relatives, free of overflow and cancellation. */
public final class Logistic {

  private Logistic() {}

  /** Returns softplus(v) = ln(1 + eᵛ), written as max(v, 0) + log1p(e^−|v|). */
  public static double softplus(double v) {
    return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
  }

  /** Returns σ(v) = 1 / (1 + e^−v) to full relative precision on both sides. */
  public static double sigmoid(double v) {
    double tail = Math.exp(-Math.abs(v));
    return (v >= 0 ? 1 : tail) / (1 + tail);
  }
}
