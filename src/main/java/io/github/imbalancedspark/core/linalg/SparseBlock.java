package io.github.imbalancedspark.core.linalg;

import java.util.Arrays;
import java.util.List;

/**
 * A block that keeps only the non-zero features, row by row.
 *
 * @param rows number of rows
 * @param features number of features d
 * @param starts where each row starts in {@code indices} and {@code values}, the first at 0; rows +
 *     1 entries
 * @param indices feature numbers in [0, d), ascending within a row
 * @param values the value of each, or {@code null} when every one is 1, as in indicators of
 *     categories: those are most of what sparse rows hold, and need no room and no multiplication
 * @param labels one label a row
 * @param weights one weight a row, or {@code null} when every row weighs 1
 * @param hashes one hash a row
 */
public record SparseBlock(
    int rows,
    int features,
    int[] starts,
    int[] indices,
    double[] values,
    double[] labels,
    double[] weights,
    int[] hashes)
    implements Block {

  @Override
  public long storedValues() {
    return indices.length;
  }

  @Override
  public int storedValues(int row) {
    return starts[row + 1] - starts[row];
  }

  @Override
  public long bytes() {
    long row = (weights == null ? 1L : 2L) * Double.BYTES + 2L * Integer.BYTES;
    long entry = (values == null ? 0L : Double.BYTES) + Integer.BYTES;
    return rows * row + indices.length * entry;
  }

  @Override
  public void margins(double[] coefficients, double intercept, double[] center, double[] margins) {
    requireNoCenter(center);
    ReadAhead.bringNear(indices, features);
    int k = 0;
    for (int i = 0; i < rows; i++) {
      int end = starts[i + 1];
      double margin = intercept;
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

  @Override
  public void addGradient(double[] slopes, double[] center, double[] gradient) {
    requireNoCenter(center);
    double sum = 0;
    int k = 0;
    for (int i = 0; i < rows; i++) {
      int end = starts[i + 1];
      double slope = slopes[i];
      if (values == null) {
        for (; k < end; k++) {
          gradient[indices[k]] += slope;
        }
      } else {
        for (; k < end; k++) {
          gradient[indices[k]] += slope * values[k];
        }
      }
      sum += slope;
    }
    gradient[features] += sum;
  }

  @Override
  public void addHessian(double[] curvatures, double[] center, SymmetricSum hessian) {
    requireNoCenter(center);
    for (int i = 0; i < rows; i++) {
      double curvature = curvatures[i];
      if (curvature > 0) {
        for (int k = starts[i]; k < starts[i + 1]; k++) {
          double scaled = curvature * value(k);
          for (int m = starts[i]; m <= k; m++) {
            hessian.add(indices[m], indices[k], scaled * value(m));
          }
          hessian.add(indices[k], features, scaled);
        }
        hessian.add(features, features, curvature);
      }
    }
  }

  @Override
  public void addDiagonal(double[] curvatures, double[] center, double[] diagonal) {
    requireNoCenter(center);
    for (int i = 0; i < rows; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        diagonal[indices[k]] += curvatures[i] * value(k) * value(k);
      }
      diagonal[features] += curvatures[i];
    }
  }

  @Override
  public double squaredNorm(int row, float[] scales, double[] center) {
    requireNoCenter(center);
    double sum = 0;
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      double scaled = scales[indices[k]] * value(k);
      sum += scaled * scaled;
    }
    return sum;
  }

  @Override
  public void addMoments(Moments moments) {
    for (int i = 0; i < rows; i++) {
      double weight = weights == null ? 1 : weights[i];
      moments.addRow(weight);
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        moments.add(indices[k], value(k), weight);
      }
    }
  }

  @Override
  public boolean storesOnes() {
    return values == null;
  }

  @Override
  public int[] stored(int row, int[] among) {
    int[] result = new int[Math.min(among.length, storedValues(row))];
    int count = 0;
    int m = 0;
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      while (m < among.length && among[m] < indices[k]) {
        m++;
      }
      if (m < among.length && among[m] == indices[k]) {
        result[count++] = indices[k];
      }
    }
    return Arrays.copyOf(result, count);
  }

  @Override
  public FloatRows inFloats(double[] origins, double[] scales, float[] newWeights) {
    if (scales == null) {
      return new FloatRows(starts, indices, null, newWeights);
    }
    float[] scaled = new float[indices.length];
    for (int k = 0; k < scaled.length; k++) {
      scaled[k] = (float) ((value(k) - origins[indices[k]]) * scales[indices[k]]);
    }
    return new FloatRows(starts, indices, scaled, newWeights);
  }

  @Override
  public SparseBlock select(int[] rowNumbers, double[] newWeights) {
    int[] newStarts = new int[rowNumbers.length + 1];
    for (int i = 0; i < rowNumbers.length; i++) {
      newStarts[i + 1] = newStarts[i] + starts[rowNumbers[i] + 1] - starts[rowNumbers[i]];
    }
    int[] newIndices = new int[newStarts[rowNumbers.length]];
    double[] newValues = values == null ? null : new double[newIndices.length];
    for (int i = 0; i < rowNumbers.length; i++) {
      int from = starts[rowNumbers[i]];
      int count = newStarts[i + 1] - newStarts[i];
      System.arraycopy(indices, from, newIndices, newStarts[i], count);
      if (values != null) {
        System.arraycopy(values, from, newValues, newStarts[i], count);
      }
    }
    return new SparseBlock(
        rowNumbers.length,
        features,
        newStarts,
        newIndices,
        newValues,
        Picks.of(labels, rowNumbers),
        newWeights,
        Picks.of(hashes, rowNumbers));
  }

  /** Returns the rows of all {@code parts}, which have weights, in one block. */
  static SparseBlock joined(List<SparseBlock> parts) {
    double[] labels = Joins.of(parts, SparseBlock::labels);
    int[] starts = new int[labels.length + 1];
    int row = 0;
    for (SparseBlock part : parts) {
      for (int i = 0; i < part.rows; i++, row++) {
        starts[row + 1] = starts[row] + part.starts[i + 1] - part.starts[i];
      }
    }
    return new SparseBlock(
        labels.length,
        parts.get(0).features,
        starts,
        Joins.ofInts(parts, SparseBlock::indices),
        parts.stream().allMatch(part -> part.values == null)
            ? null
            : Joins.of(parts, SparseBlock::valuesOrOnes),
        labels,
        Joins.of(parts, SparseBlock::weights),
        Joins.ofInts(parts, SparseBlock::hashes));
  }

  private Object writeReplace() {
    return new SparseBlockBytes(this);
  }

  private double value(int entry) {
    return values == null ? 1 : values[entry];
  }

  private double[] valuesOrOnes() {
    if (values != null) {
      return values;
    }
    double[] ones = new double[indices.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void requireNoCenter(double[] center) {
    if (center != null) {
      throw new IllegalArgumentException("a sparse block has no room for a centre");
    }
  }
}
