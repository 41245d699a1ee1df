package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Reductions;
import io.github.imbalancedspark.internal.EngineCalls;
import io.github.imbalancedspark.internal.VectorRow;
import org.apache.spark.sql.catalyst.InternalRow;

/** The margin x·β + β₀ of a column of feature vectors. */
final class VectorMargin implements EngineCalls.OfVector {

  private static final long serialVersionUID = 1L;

  private final String featuresCol;
  private final double[] coefficients;
  private final double intercept;

  VectorMargin(String featuresCol, double[] coefficients, double intercept) {
    this.featuresCol = featuresCol;
    this.coefficients = coefficients;
    this.intercept = intercept;
  }

  /**
   * Returns the margin of one row.
   *
   * @throws IllegalArgumentException if there is no vector, or one of another size
   */
  @Override
  public double apply(InternalRow struct) {
    if (struct == null) {
      throw new IllegalArgumentException(TrainingColumns.nullFeatures(featuresCol));
    }
    VectorRow vector = VectorRow.of(struct);
    requireSize(vector.size());
    double[] values = vector.values().toDoubleArray();
    if (vector.isDense()) {
      return intercept + Reductions.dot(values, coefficients, values.length);
    }
    int[] indices = vector.indices().toIntArray();
    double margin = intercept;
    for (int k = 0; k < values.length; k++) {
      margin += values[k] * coefficients[indices[k]];
    }
    return margin;
  }

  /**
   * Checks the number of features.
   *
   * @throws IllegalArgumentException if it is not the model's
   */
  void requireSize(int size) {
    if (size != coefficients.length) {
      throw new IllegalArgumentException(
          String.format(
              "featuresCol: column '%s' holds a vector of %d features; the model was trained on %d",
              featuresCol, size, coefficients.length));
    }
  }
}
