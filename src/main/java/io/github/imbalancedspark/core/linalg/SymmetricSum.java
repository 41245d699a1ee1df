package io.github.imbalancedspark.core.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A symmetric matrix that sums up outer products, eight vectors at a time, so that each entry is
 * loaded and stored once for eight of them.
 */
public final class SymmetricSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int BATCH = 8;

  private final int size;
  private final double[][] columns;
  private transient double[][] batch;
  private transient int pending;

  /** Makes a zero matrix of {@code size} rows and columns. */
  public SymmetricSum(int size) {
    this.size = size;
    this.columns = new double[size][];
    for (int j = 0; j < size; j++) {
      columns[j] = new double[j + 1];
    }
  }

  /** Returns where the next vector is to be written, before {@link #commit} adds it. */
  double[] next() {
    if (batch == null) {
      batch = new double[BATCH][size];
    }
    return batch[pending];
  }

  /** Adds v vᵀ for the vector v written into {@link #next}. */
  void commit() {
    pending++;
    if (pending == BATCH) {
      flush();
    }
  }

  /** Adds {@code value} to the entry in row {@code i} of column {@code j}, i ≤ j. */
  void add(int i, int j, double value) {
    columns[j][i] += value;
  }

  /**
   * Adds the vectors still waiting for a full batch: to be called before the sum is read or sent.
   */
  public void flush() {
    if (pending == 0) {
      return;
    }
    for (int k = pending; k < BATCH; k++) {
      Arrays.fill(batch[k], 0);
    }
    for (int j = 0; j < size; j++) {
      addFour(columns[j], batch[0], batch[1], batch[2], batch[3], j);
      addFour(columns[j], batch[4], batch[5], batch[6], batch[7], j);
    }
    pending = 0;
  }

  private static void addFour(
      double[] column, double[] v0, double[] v1, double[] v2, double[] v3, int j) {
    double a0 = v0[j];
    double a1 = v1[j];
    double a2 = v2[j];
    double a3 = v3[j];
    for (int k = 0; k <= j; k++) {
      column[k] += a0 * v0[k] + a1 * v1[k] + a2 * v2[k] + a3 * v3[k];
    }
  }

  /** Adds all that {@code other}, which has been flushed, has summed. */
  public void merge(SymmetricSum other) {
    for (int j = 0; j < size; j++) {
      for (int k = 0; k <= j; k++) {
        columns[j][k] += other.columns[j][k];
      }
    }
  }

  /**
   * Returns the entry in row {@code i} of column {@code j}, i ≤ j, of a sum that has been flushed.
   */
  public double get(int i, int j) {
    return columns[j][i];
  }
}
