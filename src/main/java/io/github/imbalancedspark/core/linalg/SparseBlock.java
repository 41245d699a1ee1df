package io.github.imbalancedspark.core.linalg;

/**
 * A block that keeps only the non-zero features, row by row.
 *
 * @param rows number of rows
 * @param features number of features d
 * @param starts where each row starts in {@code indices} and {@code values}; rows + 1 entries
 * @param indices feature numbers in [0, d), ascending within a row
 * @param values the value of each
 * @param labels one label a row
 * @param weights one weight a row, or {@code null} when every row weighs 1
 */
public record SparseBlock(
    int rows,
    int features,
    int[] starts,
    int[] indices,
    double[] values,
    double[] labels,
    double[] weights)
    implements Block {

  @Override
  public void margins(double[] coefficients, double intercept, double[] center, double[] margins) {
    requireNoCenter(center);
    for (int i = 0; i < rows; i++) {
      double margin = intercept;
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        margin += coefficients[indices[k]] * values[k];
      }
      margins[i] = margin;
    }
  }

  @Override
  public void addGradient(double[] slopes, double[] center, double[] gradient) {
    requireNoCenter(center);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double slope = slopes[i];
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        gradient[indices[k]] += slope * values[k];
      }
      sum += slope;
    }
    gradient[features] += sum;
  }

  @Override
  public void addHessian(double[] curvatures, double[] center, double[] hessian) {
    requireNoCenter(center);
    int size = features + 1;
    int last = features * size;
    for (int i = 0; i < rows; i++) {
      double curvature = curvatures[i];
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        double scaled = curvature * values[k];
        int column = indices[k] * size;
        for (int m = starts[i]; m <= k; m++) {
          hessian[column + indices[m]] += scaled * values[m];
        }
        hessian[last + indices[k]] += scaled;
      }
      hessian[last + features] += curvature;
    }
  }

  @Override
  public void addMoments(Moments moments) {
    for (int i = 0; i < rows; i++) {
      double weight = weights == null ? 1 : weights[i];
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        moments.add(indices[k], values[k], weight);
      }
    }
  }

  private static void requireNoCenter(double[] center) {
    if (center != null) {
      throw new IllegalArgumentException("a sparse block has no room for a centre");
    }
  }
}
