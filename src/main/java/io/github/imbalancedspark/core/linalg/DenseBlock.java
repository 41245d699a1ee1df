package io.github.imbalancedspark.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/**
 * A block whose features lie column by column, so that each kernel runs along one feature's values
 * in memory order.
 *
 * @param rows number of rows
 * @param features number of features d
 * @param values the features, column-major: {@code values[j * rows + i]} is row i of feature j
 * @param labels one label a row
 * @param weights one weight a row, or {@code null} when every row weighs 1
 */
public record DenseBlock(int rows, int features, double[] values, double[] labels, double[] weights)
    implements Block {

  private static final BLAS JAVA_BLAS = JavaBLAS.getInstance();

  /** Side of the square tiles in which rows are turned into columns, to stay in the first cache. */
  private static final int TILE = 16;

  /** Makes a block of the first {@code rows} rows of a row-major matrix. */
  public static DenseBlock ofRowMajor(
      int rows, int features, double[] rowMajor, double[] labels, double[] weights) {
    double[] values = new double[rows * features];
    for (int rowTile = 0; rowTile < rows; rowTile += TILE) {
      int rowEnd = Math.min(rowTile + TILE, rows);
      for (int tile = 0; tile < features; tile += TILE) {
        int end = Math.min(tile + TILE, features);
        for (int j = tile; j < end; j++) {
          for (int i = rowTile; i < rowEnd; i++) {
            values[j * rows + i] = rowMajor[i * features + j];
          }
        }
      }
    }
    return new DenseBlock(rows, features, values, labels, weights);
  }

  @Override
  public void margins(double[] coefficients, double intercept, double[] center, double[] margins) {
    for (int i = 0; i < rows; i++) {
      margins[i] = intercept;
    }
    for (int j = 0; j < features; j++) {
      double coefficient = coefficients[j];
      if (coefficient != 0) {
        double shift = center == null ? 0 : center[j];
        int column = j * rows;
        for (int i = 0; i < rows; i++) {
          margins[i] += coefficient * (values[column + i] - shift);
        }
      }
    }
  }

  @Override
  public void addGradient(double[] slopes, double[] center, double[] gradient) {
    for (int j = 0; j < features; j++) {
      gradient[j] += shiftedDot(slopes, j * rows, center == null ? 0 : center[j]);
    }
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += slopes[i];
    }
    gradient[features] += sum;
  }

  /**
   * Returns Σᵢ sᵢ (values[column + i] − shift), in four running sums that do not wait for another.
   */
  private double shiftedDot(double[] slopes, int column, double shift) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < rows; i += 4) {
      a += slopes[i] * (values[column + i] - shift);
      b += slopes[i + 1] * (values[column + i + 1] - shift);
      c += slopes[i + 2] * (values[column + i + 2] - shift);
      d += slopes[i + 3] * (values[column + i + 3] - shift);
    }
    for (; i < rows; i++) {
      a += slopes[i] * (values[column + i] - shift);
    }
    return (a + b) + (c + d);
  }

  @Override
  public void addHessian(double[] curvatures, double[] center, double[] hessian) {
    int size = features + 1;
    double[] scaled = new double[rows * size];
    int last = features * rows;
    for (int i = 0; i < rows; i++) {
      scaled[last + i] = Math.sqrt(curvatures[i]);
    }
    for (int j = 0; j < features; j++) {
      double shift = center == null ? 0 : center[j];
      int column = j * rows;
      for (int i = 0; i < rows; i++) {
        scaled[column + i] = scaled[last + i] * (values[column + i] - shift);
      }
    }
    JAVA_BLAS.dsyrk("U", "T", size, rows, 1.0, scaled, rows, 1.0, hessian, size);
  }

  @Override
  public void addMoments(Moments moments) {
    for (int j = 0; j < features; j++) {
      moments.addColumn(j, values, j * rows, rows, weights);
    }
  }
}
