package io.github.imbalancedspark.core.loss;

import java.io.Serializable;

/**
 * The modulated cross-entropy of one class, as a function of the margin m towards the other:
 *
 * <pre>A g(ℓ),   g(ℓ) = (1 − e^−ℓ)^γ ℓ,   ℓ = s softplus(m)</pre>
 *
 * <p>m is z for a negative row and −z for a positive one.
 *
 * @param factor A, finite and &gt; 0
 * @param scale s, finite and &gt; 0
 * @param gamma γ, finite and ≥ 0
 */
record FocalTerm(double factor, double scale, double gamma) implements Serializable {

  /** Below this ℓ, digits of 1 − e^−ℓ underflow, and its logarithm is ln s + m. */
  private static final double EASY = 1e-290;

  FocalTerm {
    if (!(factor > 0) || !(factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the factor of a focal loss must be finite and > 0, but is " + factor);
    }
    if (!(scale > 0) || !(scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the class weight of a focal loss must be finite and > 0, but is " + scale);
    }
    if (!(gamma >= 0) || !(gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gamma must be finite and >= 0, but is " + gamma);
    }
  }

  /** Returns the term at m. */
  Point at(double m) {
    double tail = Math.exp(-Math.abs(m));
    double large = 1 / (1 + tail);
    double small = tail * large;
    double up = m >= 0 ? large : small;
    double down = m >= 0 ? small : large;
    double loss = scale * (Math.max(m, 0) + Math.log1p(tail));
    double easiness = scale == 1 ? down : Math.exp(-loss);
    double hardness = scale == 1 ? up : -Math.expm1(-loss);
    return new Point(
        this, loss, scale * up, down, easiness, hardness, factor * Math.pow(hardness, gamma));
  }

  /** Returns the natural logarithm of the slope at m, also where that underflows. */
  double logSlope(double m) {
    Point point = at(m);
    double logHardness = point.loss < EASY ? Math.log(scale) + m : Math.log(point.hardness);
    return Math.log(factor * scale)
        + gamma * logHardness
        + Math.log(point.modulation())
        - Logistic.softplus(-m);
  }

  /**
   * The term at one m: with u = 1 − e^−ℓ, v = e^−ℓ,
   *
   * <pre>
   * g′ = u^γ (1 + γ v ℓ/u)
   * g″ = γ u^(γ−1) v (2 − ℓ + (γ−1) v ℓ/u)
   * </pre>
   *
   * g′ &gt; 0 always; g″ is negative for large ℓ, where the term is not convex. ℓ/u and ℓ′/u are
   * bounded, where u^(γ−1) is not, and 1 and σ(−m) where both sides vanish.
   *
   * @param term the term
   * @param loss ℓ
   * @param lossSlope ℓ′ = s σ(m)
   * @param down σ(−m) = ℓ″/ℓ′
   * @param easiness v
   * @param hardness u, as −expm1(−ℓ)
   * @param power A u^γ
   */
  record Point(
      FocalTerm term,
      double loss,
      double lossSlope,
      double down,
      double easiness,
      double hardness,
      double power) {

    double value() {
      return power * loss;
    }

    /** Returns the derivative in m, ≥ 0. */
    double slope() {
      return power * modulation() * lossSlope;
    }

    /** Returns the second derivative in m. */
    double curvature() {
      return inner() + outer();
    }

    /** Returns the second derivative in m without the part where g is concave: ≥ 0. */
    double convexCurvature() {
      return inner() + Math.max(0, outer());
    }

    private double modulation() {
      return 1 + term.gamma * easiness * lossOverHardness();
    }

    private double lossOverHardness() {
      return hardness > 0 ? loss / hardness : 1;
    }

    /** A g′ ℓ″. */
    private double inner() {
      return slope() * down;
    }

    /** A g″ ℓ′². */
    private double outer() {
      double ratio = hardness > 0 ? lossSlope / hardness : 1;
      double concavity = 2 - loss + (term.gamma - 1) * easiness * lossOverHardness();
      return power * term.gamma * easiness * concavity * ratio * lossSlope;
    }
  }
}
