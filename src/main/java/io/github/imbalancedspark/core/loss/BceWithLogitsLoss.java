package io.github.imbalancedspark.core.loss;

/**
 * Binary cross-entropy on logits with class weights:
 *
 * <pre>ℓ(z, y) = c₀ (1−y) softplus(z) + c₁ y softplus(−z)</pre>
 *
 * <p>With c₀ = 1 and c₁ = {@code pos_weight} this is PyTorch's {@code BCEWithLogitsLoss}, whose
 * {@code weight} argument is the row weight that callers multiply with. Labels are soft: any y in
 * [0, 1].
 *
 * <p>The slope c₀(1−y)σ(z) − c₁yσ(−z) never subtracts nearly equal numbers for a hard label, so
 * tails keep their relative precision where c₁yσ(z) + … − c₁y would lose it.
 *
 * @param negativeWeight c₀, finite and ≥ 0
 * @param positiveWeight c₁, finite and ≥ 0
 */
public record BceWithLogitsLoss(double negativeWeight, double positiveWeight)
    implements PointwiseLoss {

  public BceWithLogitsLoss {
    requireWeight("negativeWeight", negativeWeight);
    requireWeight("positiveWeight", positiveWeight);
  }

  private static void requireWeight(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and >= 0, but is " + value);
    }
  }

  @Override
  public double value(double margin, double label) {
    return negativeWeight * (1 - label) * Logistic.softplus(margin)
        + positiveWeight * label * Logistic.softplus(-margin);
  }

  @Override
  public double slope(double margin, double label) {
    double tail = Math.exp(-Math.abs(margin));
    double large = 1 / (1 + tail);
    double small = tail * large;
    double up = margin >= 0 ? large : small;
    double down = margin >= 0 ? small : large;
    return negativeWeight * (1 - label) * up - positiveWeight * label * down;
  }

  @Override
  public double curvature(double margin, double label) {
    double tail = Math.exp(-Math.abs(margin));
    double large = 1 / (1 + tail);
    return (positiveWeight * label + negativeWeight * (1 - label)) * (tail * large) * large;
  }

  @Override
  public double logOdds(double margin) {
    return margin + Math.log(negativeWeight / positiveWeight);
  }

  @Override
  public RowsLoss rows() {
    return new BceRows(this);
  }
}
