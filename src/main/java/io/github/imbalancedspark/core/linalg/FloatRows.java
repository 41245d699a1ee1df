package io.github.imbalancedspark.core.linalg;

/**
 * Rows for products that need no more than a float's digits, as those of conjugate gradients that
 * are left early: half the memory to read of coefficients and sums, in which sparse rows jump
 * about. Its loops are those of {@link SparseBlock}, as Java has none for both kinds of numbers.
 *
 * @param starts where each row starts in {@code indices} and {@code values}, the first at 0; rows +
 *     1 entries
 * @param indices feature numbers, ascending within a row
 * @param values the value of each, or {@code null} when every one is 1
 * @param weights one a row
 */
public record FloatRows(int[] starts, int[] indices, float[] values, float[] weights) {

  /**
   * Adds Σᵢ wᵢ xᵢ (xᵢᵀβ + β₀) to {@code sum}, and returns Σᵢ wᵢ (xᵢᵀβ + β₀).
   *
   * @param coefficients β
   * @param intercept β₀
   */
  public double addHessianTimes(float[] coefficients, float intercept, float[] sum) {
    float[] slopes = new float[weights.length];
    ReadAhead.bringNear(indices, coefficients.length);
    margins(coefficients, intercept, slopes);
    double total = 0;
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] *= weights[i];
      total += slopes[i];
    }
    addWeighted(slopes, sum);
    return total;
  }

  private void margins(float[] coefficients, float intercept, float[] margins) {
    int k = 0;
    for (int i = 0; i < margins.length; i++) {
      int end = starts[i + 1];
      float margin = intercept;
      if (values == null) {
        for (; k < end; k++) {
          margin += coefficients[indices[k]];
        }
      } else {
        for (; k < end; k++) {
          margin += coefficients[indices[k]] * values[k];
        }
      }
      margins[i] = margin;
    }
  }

  /** Adds Σᵢ wᵢ xᵢ to {@code sum}. */
  public void addWeighted(float[] sum) {
    addWeighted(weights, sum);
  }

  private void addWeighted(float[] factors, float[] sum) {
    int k = 0;
    for (int i = 0; i < factors.length; i++) {
      int end = starts[i + 1];
      float factor = factors[i];
      if (values == null) {
        for (; k < end; k++) {
          sum[indices[k]] += factor;
        }
      } else {
        for (; k < end; k++) {
          sum[indices[k]] += factor * values[k];
        }
      }
    }
  }

  /** Adds Σᵢ wᵢ xᵢⱼ² to each entry j of {@code sum}. */
  public void addSquares(float[] sum) {
    if (values == null) {
      addWeighted(sum);
      return;
    }
    for (int i = 0; i < weights.length; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        sum[indices[k]] += weights[i] * values[k] * values[k];
      }
    }
  }
}
