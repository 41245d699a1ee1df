package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a sampler writes beside those of its input: a weight, and a mark of synthetic
 * rows. Rows that are not resampled get them too, so that the schema is the same at training and at
 * scoring.
 */
final class AddedColumns {

  private final String weightCol;
  private final String syntheticCol;

  private AddedColumns(String weightCol, String syntheticCol) {
    this.weightCol = weightCol;
    this.syntheticCol = syntheticCol;
  }

  /** Reads them from the parameters {@code weightCol} and {@code syntheticCol} of a stage. */
  static AddedColumns of(Params stage) {
    return new AddedColumns(named(stage, "weightCol"), named(stage, "syntheticCol"));
  }

  private static String named(Params stage, String param) {
    if (!stage.hasParam(param)) {
      return null;
    }
    Param<Object> column = stage.getParam(param);
    Object name = stage.isDefined(column) ? stage.getOrDefault(column) : "";
    return name.equals("") ? null : (String) name;
  }

  /**
   * Returns the schema with the columns.
   *
   * @throws IllegalArgumentException if the weight column is there but not numeric or in other
   *     case, or the mark is there
   */
  StructType addTo(StructType schema) {
    StructType result = schema;
    if (weightCol != null && Columns.has(schema, weightCol)) {
      Columns.requireNumeric(schema, weightCol, "weightCol");
      StructField[] fields = schema.fields().clone();
      int i = schema.fieldIndex(weightCol);
      fields[i] =
          new StructField(
              weightCol, DataTypes.DoubleType, fields[i].nullable(), fields[i].metadata());
      result = new StructType(fields);
    } else if (weightCol != null) {
      Columns.requireNew(schema, weightCol, "weightCol");
      result = result.add(weightCol, DataTypes.DoubleType, false);
    }
    if (syntheticCol != null) {
      Columns.requireNew(schema, syntheticCol, "syntheticCol");
      result = result.add(syntheticCol, DataTypes.BooleanType, false);
    }
    return result;
  }

  /** Returns the rows with the columns: weights as they are or 1, and no row synthetic. */
  Dataset<Row> addTo(Dataset<?> rows) {
    Dataset<Row> result = rows.toDF();
    if (weightCol != null) {
      result =
          result.withColumn(
              weightCol,
              weightBefore(rows.schema(), weightCol)
                  .as(weightCol, metadata(rows.schema(), weightCol)));
    }
    return syntheticCol == null ? result : result.withColumn(syntheticCol, functions.lit(false));
  }

  /** Returns the metadata of a column, empty if it is not there. */
  static Metadata metadata(StructType schema, String column) {
    return Columns.has(schema, column) ? schema.apply(column).metadata() : Metadata.empty();
  }

  /** Returns the weight that a row has before sampling: 1 where there is no such column. */
  static Column weightBefore(StructType schema, String weightCol) {
    return Columns.has(schema, weightCol)
        ? Columns.named(weightCol).cast(DataTypes.DoubleType)
        : functions.lit(1.0);
  }
}
