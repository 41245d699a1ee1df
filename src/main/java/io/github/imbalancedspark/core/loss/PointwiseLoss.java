package io.github.imbalancedspark.core.loss;

import java.io.Serializable;

/**
 * The loss of one row, before its row weight, as a function of the margin z (the logit) and the
 * label y: value, first and second derivative in z. Implementations are finite for every finite
 * margin.
 */
public interface PointwiseLoss extends Serializable {

  /** Returns ℓ(z, y). */
  double value(double margin, double label);

  /** Returns dℓ/dz. */
  double slope(double margin, double label);

  /** Returns d²ℓ/dz². */
  double curvature(double margin, double label);
}
