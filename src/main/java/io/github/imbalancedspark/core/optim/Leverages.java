package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.loss.Logistic;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What makes the small-sample bias of a logistic fit of rows: q = x̃ᵀ H⁻¹ x̃, where x̃ is a row
 * with a one for the intercept and H the Hessian of Σ w ℓ. As H⁻¹ = V Vᵀ, q is the sum of the
 * squared margins of the row along the columns of V.
 *
 * @param coefficients the columns of V, one entry a feature
 * @param intercepts the intercepts of the columns
 */
record Leverages(double[][] coefficients, double[] intercepts) implements Serializable {

  /**
   * Turns the slopes of the rows into w σ(1−σ) q (σ − ½), whose sum over the rows with their
   * features is H times the bias (McCullagh and Nelder 1989, section 15.2).
   *
   * @param margins z of each row
   * @param curvatures w σ(1−σ) of each row
   * @param slopes to be written
   */
  void apply(Block block, double[] center, double[] margins, double[] curvatures, double[] slopes) {
    int rows = block.rows();
    double[] along = new double[rows];
    Arrays.fill(slopes, 0, rows, 0);
    for (int k = 0; k < intercepts.length; k++) {
      block.margins(coefficients[k], intercepts[k], center, along);
      for (int i = 0; i < rows; i++) {
        slopes[i] += along[i] * along[i];
      }
    }
    for (int i = 0; i < rows; i++) {
      slopes[i] *= curvatures[i] * (Logistic.sigmoid(margins[i]) - 0.5);
    }
  }
}
