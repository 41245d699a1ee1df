package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.SparseBlock;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Gathers the stored entries of rows into a sparse block until they take the space of one. */
final class SparseBlockBuilder {

  private static final int FIRST_ROWS = 256;
  private static final int FIRST_ENTRIES = 4096;

  private final int features;
  private final int capacity;
  private final boolean weighted;
  private int[] starts = new int[FIRST_ROWS + 1];
  private double[] labels = new double[FIRST_ROWS];
  private double[] weights = new double[FIRST_ROWS];
  private int[] hashes = new int[FIRST_ROWS];
  private int[] indices = new int[FIRST_ENTRIES];
  private double[] values = new double[FIRST_ENTRIES];
  private int rows;
  private int entries;

  SparseBlockBuilder(int features, int blockBytes, boolean weighted) {
    this.features = features;
    this.capacity = blockBytes / (Double.BYTES + Integer.BYTES);
    this.weighted = weighted;
  }

  /** Adds a sparse row and returns whether its features are all finite. */
  boolean add(ArrayData rowIndices, ArrayData rowValues, double label, double weight) {
    int count = rowValues.numElements();
    ensureRoom(count);
    double check = 0;
    RowHash hash = new RowHash(label);
    for (int k = 0; k < count; k++) {
      double value = rowValues.getDouble(k);
      check += value * 0; // NaN as soon as one value is NaN or infinite
      if (value != 0) {
        indices[entries] = rowIndices.getInt(k);
        values[entries] = value;
        hash.add(indices[entries]);
        hash.add(value);
        entries++;
      }
    }
    labels[rows] = label;
    weights[rows] = weight;
    hashes[rows] = hash.value();
    rows++;
    starts[rows] = entries;
    return check == 0;
  }

  private void ensureRoom(int count) {
    if (rows == labels.length) {
      starts = Arrays.copyOf(starts, 2 * rows + 1);
      labels = Arrays.copyOf(labels, 2 * rows);
      weights = Arrays.copyOf(weights, 2 * rows);
      hashes = Arrays.copyOf(hashes, 2 * rows);
    }
    if (entries + count > values.length) {
      int room = Math.max(2 * values.length, entries + count);
      indices = Arrays.copyOf(indices, room);
      values = Arrays.copyOf(values, room);
    }
  }

  Block takeIfFull() {
    return entries + rows >= capacity ? take() : null;
  }

  /** Returns the rows gathered since the last block, or {@code null} if there are none. */
  Block take() {
    if (rows == 0) {
      return null;
    }
    Block block =
        new SparseBlock(
            rows,
            features,
            Arrays.copyOf(starts, rows + 1),
            Arrays.copyOf(indices, entries),
            Arrays.copyOf(values, entries),
            Arrays.copyOf(labels, rows),
            weighted ? Arrays.copyOf(weights, rows) : null,
            Arrays.copyOf(hashes, rows));
    rows = 0;
    entries = 0;
    return block;
  }
}
