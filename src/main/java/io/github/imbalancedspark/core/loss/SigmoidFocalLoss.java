package io.github.imbalancedspark.core.loss;

/**
 * The focal loss of Lin et al. (ICCV 2017), as torchvision's {@code sigmoid_focal_loss} has it,
 * times class weights:
 *
 * <pre>ℓ(z, 1) = c₁ α σ(−z)^γ softplus(−z),   ℓ(z, 0) = c₀ (1−α) σ(z)^γ softplus(z)</pre>
 *
 * <p>for y of 0 or 1. Not convex for γ &gt; 0.
 *
 * <p>Its scores are not probabilities. With q = σ(z) and φ(v) = (1−v)^γ − γ (1−v)^(γ−1) v ln v, the
 * posterior odds whose expected loss is smallest at z are (Charoenphakdee et al., CVPR 2021)
 *
 * <pre>[q/φ(q)] / [(1−q)/φ(1−q)] · c₀ (1−α) / (c₁ α)</pre>
 *
 * <p>which grow with z for every γ; {@link #logOdds} is their logarithm.
 */
public final class SigmoidFocalLoss extends ModulatedBce {

  private static final long serialVersionUID = 1L;

  /**
   * Makes a loss.
   *
   * @param alpha α, in (0, 1)
   * @param gamma γ, finite and ≥ 0
   * @param negativeWeight c₀, finite and &gt; 0
   * @param positiveWeight c₁, finite and &gt; 0
   */
  public SigmoidFocalLoss(
      double alpha, double gamma, double negativeWeight, double positiveWeight) {
    super(
        new FocalTerm((1 - alpha) * negativeWeight, 1, gamma),
        new FocalTerm(alpha * positiveWeight, 1, gamma));
  }
}
