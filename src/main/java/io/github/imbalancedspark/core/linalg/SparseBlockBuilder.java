package io.github.imbalancedspark.core.linalg;

import java.util.Arrays;

/** Makes sparse blocks of the stored entries of rows. Those of a row that weighs 0 are left out. */
public final class SparseBlockBuilder {

  private static final int AUTOMATIC_BYTES = 1 << 19;
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
  private boolean onesOnly = true;
  private NotFinite notFinite;

  /**
   * Starts without rows.
   *
   * @param features number of features d
   * @param blockBytes size of a block; 0 for automatic
   * @param weighted whether rows have weights
   */
  public SparseBlockBuilder(int features, int blockBytes, boolean weighted) {
    this.features = features;
    this.capacity =
        (blockBytes > 0 ? blockBytes : AUTOMATIC_BYTES) / (Double.BYTES + Integer.BYTES);
    this.weighted = weighted;
  }

  /**
   * Starts a row of up to {@code count} entries and returns where in {@link #indices} and {@link
   * #values} they are to be written, which {@link #endRow} ends.
   */
  public int startRow(double label, double weight, int count) {
    ensureRoom(count);
    labels[rows] = label;
    weights[rows] = weight;
    return entries;
  }

  /** Returns where feature numbers are written. */
  public int[] indices() {
    return indices;
  }

  /** Returns where values are written. */
  public double[] values() {
    return values;
  }

  /** Ends the row that {@link #startRow} started, of which zeros are left out. */
  public void endRow(int count) {
    boolean kept = !weighted || weights[rows] > 0;
    long terms = 0;
    int end = entries + count;
    for (int k = entries; k < end; k++) {
      double value = values[k];
      if (value != 0) {
        int feature = indices[k];
        terms += RowHash.term(Double.doubleToRawLongBits(value), RowHash.key(feature));
        if (kept) {
          indices[entries] = feature;
          values[entries] = value;
          entries++;
          onesOnly &= value == 1;
        }
        if (!Double.isFinite(value)) {
          notFinite = new NotFinite(feature, value);
        }
      }
    }
    hashes[rows] = RowHash.of(terms, labels[rows]);
    rows++;
    starts[rows] = entries;
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

  /** Returns a value that is NaN or infinite, if one was seen so far, else {@code null}. */
  public NotFinite notFinite() {
    return notFinite;
  }

  /** Returns whether the rows so far make a block. */
  public boolean isFull() {
    return entries + rows >= capacity;
  }

  /** Returns the rows since the last block, or {@code null} if there are none. */
  public SparseBlock take() {
    if (rows == 0) {
      return null;
    }
    SparseBlock block =
        new SparseBlock(
            rows,
            features,
            Arrays.copyOf(starts, rows + 1),
            Arrays.copyOf(indices, entries),
            onesOnly ? null : Arrays.copyOf(values, entries),
            Arrays.copyOf(labels, rows),
            weighted ? Arrays.copyOf(weights, rows) : null,
            Arrays.copyOf(hashes, rows));
    rows = 0;
    entries = 0;
    onesOnly = true;
    return block;
  }
}
