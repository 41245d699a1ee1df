package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.EngineCalls;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** The margin x·β + β₀ of features that stand in columns of their own. */
final class ColumnsMargin implements EngineCalls.OfArray {

  private static final long serialVersionUID = 1L;

  private final FeatureColumns columns;
  private final double[] coefficients;
  private final double intercept;

  ColumnsMargin(FeatureColumns columns, double[] coefficients, double intercept) {
    this.columns = columns;
    this.coefficients = coefficients;
    this.intercept = intercept;
  }

  /**
   * Returns the margin of one row.
   *
   * @throws IllegalArgumentException if a value is null or NaN
   */
  @Override
  public double apply(ArrayData values) {
    double margin = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      if (values.isNullAt(j)) {
        throw new IllegalArgumentException(columns.unusable(j, null));
      }
      margin += values.getDouble(j) * coefficients[j];
    }
    if (Double.isNaN(margin)) {
      requireNumbers(values);
    }
    return margin;
  }

  private void requireNumbers(ArrayData values) {
    for (int j = 0; j < coefficients.length; j++) {
      if (Double.isNaN(values.getDouble(j))) {
        throw new IllegalArgumentException(columns.unusable(j, Double.NaN));
      }
    }
  }
}
