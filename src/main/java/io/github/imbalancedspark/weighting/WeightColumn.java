package io.github.imbalancedspark.weighting;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/** The schema side of the column that is written. */
final class WeightColumn {

  private WeightColumn() {}

  /**
   * Returns {@code schema} with the output column as its last one, metadata apart.
   *
   * @throws IllegalArgumentException if an input column is missing or not numeric, or if the output
   *     column exists already
   */
  static StructType append(StructType schema, ClassWeighterParams params) {
    Columns.requireNumeric(schema, params.getLabelCol(), "labelCol");
    params.requireWeightColumn(schema);
    Columns.requireNew(schema, params.getOutputCol(), "outputCol");
    return schema.add(params.getOutputCol(), DataTypes.DoubleType, false);
  }

  /** Returns the metadata of the input weight column, empty without one. */
  static Metadata inputMetadata(StructType schema, ClassWeighterParams params) {
    return params.weightColumn() == null
        ? Metadata.empty()
        : schema.apply(params.weightColumn()).metadata();
  }
}
