package io.github.imbalancedspark.core.linalg;

import java.util.List;

/**
 * A block that keeps every feature in an array of its own, less an origin near the feature's
 * values.
 *
 * <p>One array a feature, indexed by the loop variable alone, is what HotSpot turns into vector
 * instructions. Keeping deviations from an origin near the data saves the digits that Σ s·x − c·Σ s
 * would cancel when a feature's mean is large beside its spread.
 *
 * @param rows number of rows
 * @param origin what is subtracted from each feature
 * @param columns each feature's values less its origin
 * @param labels one label a row
 * @param weights one weight a row, or {@code null} when every row weighs 1
 * @param hashes one hash a row
 */
public record DenseBlock(
    int rows, double[] origin, double[][] columns, double[] labels, double[] weights, int[] hashes)
    implements Block {

  @Override
  public int features() {
    return columns.length;
  }

  @Override
  public long storedValues() {
    return (long) rows * columns.length;
  }

  @Override
  public int storedValues(int row) {
    return columns.length;
  }

  @Override
  public long bytes() {
    long row = (columns.length + (weights == null ? 1L : 2L)) * Double.BYTES + Integer.BYTES;
    long feature = Double.BYTES + Integer.BYTES + ARRAY_BYTES; // origin, reference, column
    return rows * row + columns.length * feature;
  }

  private double shift(int feature, double[] center) {
    return center == null ? origin[feature] : origin[feature] - center[feature];
  }

  @Override
  public void margins(double[] coefficients, double intercept, double[] center, double[] margins) {
    double constant = intercept;
    for (int j = 0; j < columns.length; j++) {
      constant += coefficients[j] * shift(j, center);
    }
    for (int i = 0; i < rows; i++) {
      margins[i] = constant;
    }
    int j = 0;
    for (; j + 3 < columns.length; j += 4) {
      addFour(coefficients, columns, j, margins, rows);
    }
    for (; j < columns.length; j++) {
      addOne(coefficients[j], columns[j], margins, rows);
    }
  }

  private static void addFour(
      double[] coefficients, double[][] columns, int j, double[] margins, int rows) {
    addFour(
        coefficients[j],
        columns[j],
        coefficients[j + 1],
        columns[j + 1],
        coefficients[j + 2],
        columns[j + 2],
        coefficients[j + 3],
        columns[j + 3],
        margins,
        rows);
  }

  private static void addFour(
      double b0,
      double[] x0,
      double b1,
      double[] x1,
      double b2,
      double[] x2,
      double b3,
      double[] x3,
      double[] margins,
      int rows) {
    for (int i = 0; i < rows; i++) {
      margins[i] += b0 * x0[i] + b1 * x1[i] + b2 * x2[i] + b3 * x3[i];
    }
  }

  private static void addOne(double b, double[] x, double[] margins, int rows) {
    for (int i = 0; i < rows; i++) {
      margins[i] += b * x[i];
    }
  }

  @Override
  public void addGradient(double[] slopes, double[] center, double[] gradient) {
    double sum = Reductions.sum(slopes, rows);
    for (int j = 0; j < columns.length; j++) {
      gradient[j] += Reductions.dot(slopes, columns[j], rows) + sum * shift(j, center);
    }
    gradient[columns.length] += sum;
  }

  @Override
  public void addHessian(double[] curvatures, double[] center, SymmetricSum hessian) {
    double[] shifts = new double[columns.length];
    for (int j = 0; j < shifts.length; j++) {
      shifts[j] = shift(j, center);
    }
    for (int i = 0; i < rows; i++) {
      if (curvatures[i] > 0) {
        double root = Math.sqrt(curvatures[i]);
        double[] row = hessian.next();
        for (int j = 0; j < shifts.length; j++) {
          row[j] = root * (columns[j][i] + shifts[j]);
        }
        row[shifts.length] = root;
        hessian.commit();
      }
    }
  }

  @Override
  public void addDiagonal(double[] curvatures, double[] center, double[] diagonal) {
    for (int j = 0; j < columns.length; j++) {
      double shift = shift(j, center);
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        double x = columns[j][i] + shift;
        sum += curvatures[i] * x * x;
      }
      diagonal[j] += sum;
    }
    for (int i = 0; i < rows; i++) {
      diagonal[columns.length] += curvatures[i];
    }
  }

  @Override
  public double squaredNorm(int row, float[] scales, double[] center) {
    double sum = 0;
    for (int j = 0; j < columns.length; j++) {
      double scaled = scales[j] * (columns[j][row] + shift(j, center));
      sum += scaled * scaled;
    }
    return sum;
  }

  @Override
  public void addMoments(Moments moments) {
    moments.addRows(weights, rows);
    for (int j = 0; j < columns.length; j++) {
      moments.addColumn(j, origin[j], columns[j], weights);
    }
  }

  @Override
  public boolean storesOnes() {
    return false;
  }

  @Override
  public int[] stored(int row, int[] among) {
    return among;
  }

  @Override
  public FloatRows inFloats(double[] origins, double[] scales, float[] newWeights) {
    int d = columns.length;
    int[] starts = new int[rows + 1];
    int[] indices = new int[rows * d];
    float[] values = new float[rows * d];
    for (int i = 0; i < rows; i++) {
      starts[i + 1] = starts[i] + d;
      for (int j = 0; j < d; j++) {
        indices[i * d + j] = j;
        values[i * d + j] = (float) ((columns[j][i] + shift(j, origins)) * scales[j]);
      }
    }
    return new FloatRows(starts, indices, values, newWeights);
  }

  @Override
  public DenseBlock select(int[] rowNumbers, double[] newWeights) {
    double[][] picked = new double[columns.length][];
    for (int j = 0; j < columns.length; j++) {
      picked[j] = Picks.of(columns[j], rowNumbers);
    }
    return new DenseBlock(
        rowNumbers.length,
        origin,
        picked,
        Picks.of(labels, rowNumbers),
        newWeights,
        Picks.of(hashes, rowNumbers));
  }

  /** Returns the rows of all {@code parts}, which have weights, in one block. */
  static DenseBlock joined(List<DenseBlock> parts) {
    double[] origin = parts.get(0).origin;
    double[][] columns = new double[origin.length][];
    for (int j = 0; j < columns.length; j++) {
      int feature = j;
      columns[j] =
          Joins.of(
              parts,
              part -> shifted(part.columns[feature], part.origin[feature] - origin[feature]));
    }
    double[] labels = Joins.of(parts, DenseBlock::labels);
    return new DenseBlock(
        labels.length,
        origin,
        columns,
        labels,
        Joins.of(parts, DenseBlock::weights),
        Joins.ofInts(parts, DenseBlock::hashes));
  }

  private static double[] shifted(double[] values, double shift) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] + shift;
    }
    return result;
  }
}
