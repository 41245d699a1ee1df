package io.github.imbalancedspark.core.loss;

/**
 * The weighted focal loss: the class-weighted cross-entropy ℓ̃ of {@link BceWithLogitsLoss},
 * modulated as a whole,
 *
 * <pre>ℓ(z, y) = α (1 − e^−ℓ̃)^γ ℓ̃,   ℓ̃ = c₀ (1−y) softplus(z) + c₁ y softplus(−z)</pre>
 *
 * <p>for y of 0 or 1. γ = 0 is α times the cross-entropy; with c₀ = c₁ = 1 it is, up to its α,
 * {@link SigmoidFocalLoss}. Not convex for γ &gt; 0.
 *
 * <p>Its scores are not probabilities. A row whose posterior odds are o has its smallest expected
 * loss at the margin z with
 *
 * <pre>o = c₀ σ(z) g′(c₀ softplus(z)) / [c₁ σ(−z) g′(c₁ softplus(−z))],   g(ℓ) = (1 − e^−ℓ)^γ ℓ
 * </pre>
 *
 * <p>which {@link #logOdds} inverts. The right-hand side grows with z whatever the class weights as
 * long as γ ≤ {@value #MOST_RECOVERABLE_GAMMA}, and for equal class weights of 1 always. Beyond
 * that several margins can belong to one posterior and there is no recovery.
 */
public final class FocalLoss extends ModulatedBce {

  private static final long serialVersionUID = 1L;
  private static final double MOST_RECOVERABLE_GAMMA = 10;

  private final boolean recoverable;

  /**
   * Makes a loss.
   *
   * @param alpha α, finite and &gt; 0
   * @param gamma γ, finite and ≥ 0
   * @param negativeWeight c₀, finite and &gt; 0
   * @param positiveWeight c₁, finite and &gt; 0
   */
  public FocalLoss(double alpha, double gamma, double negativeWeight, double positiveWeight) {
    super(new FocalTerm(alpha, negativeWeight, gamma), new FocalTerm(alpha, positiveWeight, gamma));
    this.recoverable =
        gamma <= MOST_RECOVERABLE_GAMMA || (negativeWeight == 1 && positiveWeight == 1);
  }

  @Override
  public double logOdds(double margin) {
    return recoverable ? super.logOdds(margin) : Double.NaN;
  }
}
