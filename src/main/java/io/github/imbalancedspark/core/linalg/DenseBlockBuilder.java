package io.github.imbalancedspark.core.linalg;

import java.util.Arrays;

/**
 * Makes dense blocks of rows. Rows gather in a tile that stays in the processor's first cache; a
 * full tile is turned into columns, hashed and checked in one go.
 */
public final class DenseBlockBuilder {

  private static final int MIN_ROWS = 64;
  private static final int TILE_VALUES = 2048;
  private static final int MIN_TILE_ROWS = 8;
  private static final int MAX_TILE_ROWS = 64;
  private static final long EXPONENT = 0x7FF0000000000000L;

  private final int features;
  private final int capacity;
  private final boolean weighted;
  private final int tileCapacity;
  private final long[] tileHashes;
  private double[] tile;
  private double[] origin;
  private double[][] columns;
  private double[] labels;
  private double[] weights;
  private int[] hashes;
  private int tileRows;
  private int rows;
  private NotFinite notFinite;

  /**
   * Starts without rows.
   *
   * @param features number of features d
   * @param blockBytes size of a block
   * @param weighted whether rows have weights
   */
  public DenseBlockBuilder(int features, int blockBytes, boolean weighted) {
    this.features = features;
    this.capacity = Math.max(MIN_ROWS, blockBytes / (Double.BYTES * Math.max(features, 1)));
    this.weighted = weighted;
    int fitting = TILE_VALUES / Math.max(features, 1);
    this.tileCapacity = Math.max(MIN_TILE_ROWS, Math.min(MAX_TILE_ROWS, fitting));
    this.tileHashes = new long[tileCapacity];
  }

  /**
   * Starts a row and returns where in {@link #tile} its d features are to be written, which {@link
   * #endRow} ends.
   */
  public int startRow(double label, double weight) {
    if (tile == null) {
      tile = new double[tileCapacity * features];
    }
    if (columns == null) {
      columns = new double[features][capacity];
      labels = new double[capacity];
      weights = weighted ? new double[capacity] : null;
      hashes = new int[capacity];
    }
    labels[rows] = label;
    if (weighted) {
      weights[rows] = weight;
    }
    tileHashes[tileRows] = RowHash.of(label);
    return tileRows * features;
  }

  /** Returns where rows are written. */
  public double[] tile() {
    return tile;
  }

  /** Ends the row that {@link #startRow} started. */
  public void endRow() {
    rows++;
    tileRows++;
    if (tileRows == tileCapacity || rows == capacity) {
      endTile();
    }
  }

  private void endTile() {
    int from = rows - tileRows;
    if (from == 0) {
      origin = tileMeans();
    }
    for (int j = 0; j < features; j++) {
      if (!moveColumn(tile, j, features, tileRows, origin[j], columns[j], from, tileHashes)) {
        notFinite = firstNotFinite(j);
      }
    }
    for (int i = 0; i < tileRows; i++) {
      hashes[from + i] = RowHash.finish(tileHashes[i]);
    }
    tileRows = 0;
  }

  private double[] tileMeans() {
    double[] means = new double[features];
    for (int i = 0; i < tileRows; i++) {
      for (int j = 0; j < features; j++) {
        means[j] += tile[i * features + j] / tileRows; // a sum of huge values must not overflow
      }
    }
    return means;
  }

  /** Moves a feature's values from the tile to its column; returns whether all are finite. */
  private static boolean moveColumn(
      double[] tile,
      int feature,
      int features,
      int count,
      double origin,
      double[] column,
      int from,
      long[] hashes) {
    long largest = 0;
    for (int i = 0, k = feature; i < count; i++, k += features) {
      double value = tile[k];
      long bits = Double.doubleToRawLongBits(value);
      column[from + i] = value - origin;
      hashes[i] = RowHash.add(hashes[i], bits);
      largest = Math.max(largest, bits & EXPONENT);
    }
    return largest != EXPONENT;
  }

  private NotFinite firstNotFinite(int feature) {
    int i = 0;
    while (Double.isFinite(tile[i * features + feature])) {
      i++;
    }
    return new NotFinite(feature, tile[i * features + feature]);
  }

  /** Returns a value that is NaN or infinite, if one was seen so far, else {@code null}. */
  public NotFinite notFinite() {
    return notFinite;
  }

  /** Returns whether the rows so far make a block. */
  public boolean isFull() {
    return rows == capacity;
  }

  /** Returns the rows since the last block, or {@code null} if there are none. */
  public DenseBlock take() {
    if (rows == 0) {
      return null;
    }
    if (tileRows > 0) {
      endTile();
    }
    if (rows < capacity) {
      trim();
    }
    DenseBlock block = new DenseBlock(rows, origin, columns, labels, weights, hashes);
    columns = null;
    rows = 0;
    return block;
  }

  private void trim() {
    for (int j = 0; j < features; j++) {
      columns[j] = Arrays.copyOf(columns[j], rows);
    }
    labels = Arrays.copyOf(labels, rows);
    weights = weighted ? Arrays.copyOf(weights, rows) : null;
    hashes = Arrays.copyOf(hashes, rows);
  }
}
