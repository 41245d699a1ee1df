package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlock;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Gathers rows one after another and turns them into a column-major block when there are enough.
 */
final class DenseBlockBuilder {

  private static final int MIN_ROWS = 16;

  private final int features;
  private final int capacity;
  private final boolean weighted;
  private double[] rowMajor;
  private double[] labels;
  private double[] weights;
  private int[] hashes;
  private int rows;

  DenseBlockBuilder(int features, int blockBytes, boolean weighted) {
    this.features = features;
    this.capacity = Math.max(MIN_ROWS, blockBytes / (Double.BYTES * Math.max(features, 1)));
    this.weighted = weighted;
  }

  /** Adds a dense row and returns whether its features are all finite. */
  boolean add(ArrayData values, double label, double weight) {
    int offset = startRow(label, weight);
    for (int j = 0; j < features; j++) {
      rowMajor[offset + j] = values.isNullAt(j) ? Double.NaN : values.getDouble(j);
    }
    return finishRow(offset, label);
  }

  /** Adds a sparse row and returns whether its features are all finite. */
  boolean add(ArrayData indices, ArrayData values, double label, double weight) {
    int offset = startRow(label, weight);
    Arrays.fill(rowMajor, offset, offset + features, 0);
    for (int k = 0; k < values.numElements(); k++) {
      rowMajor[offset + indices.getInt(k)] = values.getDouble(k);
    }
    return finishRow(offset, label);
  }

  /** Hashes the row and returns whether its features are all finite. */
  private boolean finishRow(int offset, double label) {
    double check = 0;
    RowHash hash = new RowHash(label);
    for (int j = offset; j < offset + features; j++) {
      check += rowMajor[j] * 0; // NaN as soon as one value is NaN or infinite
      hash.add(rowMajor[j]);
    }
    hashes[rows - 1] = hash.value();
    return check == 0;
  }

  private int startRow(double label, double weight) {
    if (rowMajor == null) {
      rowMajor = new double[capacity * features];
    }
    if (labels == null) {
      labels = new double[capacity];
      hashes = new int[capacity];
      weights = weighted ? new double[capacity] : null;
    }
    labels[rows] = label;
    if (weighted) {
      weights[rows] = weight;
    }
    return features * rows++;
  }

  Block takeIfFull() {
    return rows == capacity ? take() : null;
  }

  /** Returns the rows gathered since the last block, or {@code null} if there are none. */
  Block take() {
    if (rows == 0) {
      return null;
    }
    Block block =
        DenseBlock.ofRowMajor(
            rows,
            features,
            rowMajor,
            Arrays.copyOf(labels, rows),
            weighted ? Arrays.copyOf(weights, rows) : null,
            Arrays.copyOf(hashes, rows));
    rows = 0;
    return block;
  }
}
