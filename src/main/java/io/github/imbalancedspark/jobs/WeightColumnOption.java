package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** The user's own weight of each row. */
final class WeightColumnOption {

  @Option(
      names = "--weight-col",
      paramLabel = "COLUMN",
      order = 12,
      description = "A weight for each row, finite and >= 0 (default: 1).")
  private String weightCol;

  /** Returns the column, or {@code null}. */
  String column() {
    return weightCol;
  }

  /**
   * Checks the column's type, if there is one.
   *
   * @throws IllegalArgumentException if it is missing or not numeric
   */
  void requireNumeric(StructType schema) {
    if (weightCol != null) {
      Columns.requireNumeric(schema, weightCol, "weight-col");
    }
  }
}
