package io.github.imbalancedspark.support;

import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;

/** Rows of numbers for dense blocks. */
public final class DenseRows {

  private DenseRows() {}

  /** Adds a row to {@code builder}. */
  public static void add(DenseBlockBuilder builder, double label, double weight, double... row) {
    int at = builder.startRow(label, weight);
    for (int j = 0; j < row.length; j++) {
      builder.tile()[at + j] = Double.doubleToRawLongBits(row[j]);
    }
    builder.endRow();
  }
}
