package io.github.imbalancedspark.core.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes dense blocks of rows. A row is hashed and checked as it ends; a tile of rows, which stays
 * in the processor's cache, is turned into columns in one go. The tile holds values by their bits,
 * which HotSpot hashes in vectors. A row that weighs 0 is kept at the origin: its values, whatever
 * they are, take no digits away from those of others.
 */
public final class DenseBlockBuilder {

  private static final int MIN_ROWS = 64;

  private static final int AUTOMATIC_BYTES = 1 << 19;

  /**
   * Rows that a block of automatic size has at least, up to {@link #MOST_AUTOMATIC_BYTES}. Columns
   * of 128 took the kernels of a pass 1.7 times as long.
   */
  private static final int AUTOMATIC_ROWS = 512;

  private static final int MOST_AUTOMATIC_BYTES = 1 << 22;
  private static final int TILE_VALUES = 2048;
  private static final int MIN_TILE_ROWS = 16;
  private static final int MAX_TILE_ROWS = 64;
  private static final long EXPONENT = 0x7FF0000000000000L;
  private static final long EXPONENT_UNIT = 0x0010000000000000L;

  private final int features;
  private final int capacity;
  private final boolean weighted;
  private final int tileCapacity;
  private final int stride;
  private long[] keys;
  private long[] tile;
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
   * @param blockBytes size of a block; 0 for automatic
   * @param weighted whether rows have weights
   */
  public DenseBlockBuilder(int features, int blockBytes, boolean weighted) {
    this.features = features;
    this.capacity =
        capacity(Double.BYTES * (features + (weighted ? 2 : 1)) + Integer.BYTES, blockBytes);
    this.weighted = weighted;
    int fitting = TILE_VALUES / Math.max(features, 1);
    this.tileCapacity = Math.max(MIN_TILE_ROWS, Math.min(MAX_TILE_ROWS, fitting));
    this.stride = features | 1; // rows a power of two apart would share a line of the cache
  }

  private static int capacity(int rowBytes, int blockBytes) {
    if (blockBytes > 0) {
      return Math.max(MIN_ROWS, blockBytes / rowBytes);
    }
    int enough = Math.min(AUTOMATIC_ROWS, MOST_AUTOMATIC_BYTES / rowBytes);
    return Math.max(MIN_ROWS, Math.max(AUTOMATIC_BYTES / rowBytes, enough));
  }

  /**
   * Starts a row and returns where in {@link #tile} its d features are to be written, which {@link
   * #endRow} ends.
   */
  public int startRow(double label, double weight) {
    if (tile == null) { // not before: of sparse rows there may be very many features
      keys = RowHash.keys(features);
      tile = new long[tileCapacity * stride];
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
    return tileRows * stride;
  }

  /** Returns where rows are written, a value as {@link Double#doubleToRawLongBits}. */
  public long[] tile() {
    return tile;
  }

  /** Ends the row that {@link #startRow} started. */
  public void endRow() {
    int from = tileRows * stride;
    long terms = 0;
    long exponents = 0;
    for (int j = 0; j < features; j++) {
      terms += RowHash.term(tile[from + j], keys[j]);
      exponents |=
          (tile[from + j] & EXPONENT) + EXPONENT_UNIT; // the largest overflows into the sign
    }
    if (exponents < 0) {
      notFinite = firstNotFinite(from);
    }
    hashes[rows] = RowHash.of(terms, labels[rows]);
    rows++;
    tileRows++;
    if (tileRows == tileCapacity || rows == capacity) {
      endTile();
    }
  }

  private NotFinite firstNotFinite(int from) {
    int j = 0;
    while (Double.isFinite(value(from + j))) {
      j++;
    }
    return new NotFinite(j, value(from + j));
  }

  private double value(int at) {
    return Double.longBitsToDouble(tile[at]);
  }

  private void endTile() {
    int from = rows - tileRows;
    if (origin == null) {
      origin = tileMeans(from);
    }
    if (origin != null) {
      for (int j = 0; j < features; j++) {
        moveColumn(tile, j, stride, tileRows, origin[j], columns[j], from);
      }
      for (int row = from; weighted && row < rows; row++) {
        if (weights[row] == 0) {
          moveToOrigin(row);
        }
      }
    }
    tileRows = 0;
  }

  /** Returns the means of the tile's rows that weigh more than 0; {@code null} if none does. */
  private double[] tileMeans(int from) {
    int[] weighing =
        IntStream.range(0, tileRows).filter(i -> !weighted || weights[from + i] > 0).toArray();
    if (weighing.length == 0) {
      return null;
    }
    double[] means = new double[features];
    for (int j = 0; j < features; j++) {
      double first = value(weighing[0] * stride + j);
      double others = 0; // the mean of a constant is the constant, to the last bit
      for (int i : weighing) {
        others += (value(i * stride + j) - first) / weighing.length;
      }
      means[j] = first + others;
    }
    return means;
  }

  private void moveToOrigin(int row) {
    for (double[] column : columns) {
      column[row] = 0;
    }
  }

  /** Moves a feature's values from the tile to its column. */
  private static void moveColumn(
      long[] tile, int feature, int stride, int count, double origin, double[] column, int from) {
    for (int i = 0; i < count; i++) {
      column[from + i] = Double.longBitsToDouble(tile[feature + i * stride]) - origin;
    }
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
    DenseBlock block =
        new DenseBlock(
            rows, origin == null ? new double[features] : origin, columns, labels, weights, hashes);
    origin = null;
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
