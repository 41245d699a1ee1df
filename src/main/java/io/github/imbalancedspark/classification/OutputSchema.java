package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of a classifier's output as its {@code transform} makes it. */
final class OutputSchema {

  private OutputSchema() {}

  /**
   * Returns {@code foretold} with the output columns in the order in which {@code transform} writes
   * them: Spark's vectors and the prediction, then the corrected probability. Spark's own {@code
   * transformSchema} puts the prediction first.
   *
   * @param params what names the corrected probability
   * @param input the schema before the model
   * @param foretold what Spark's {@code transformSchema} makes of it
   * @param names Spark's columns in order; an empty name is none
   * @throws IllegalArgumentException if the column of corrected probabilities is there already
   */
  static StructType of(
      ImbalancedLogisticRegressionParams params,
      StructType input,
      StructType foretold,
      String... names) {
    StructType schema = input;
    for (String name : names) {
      if (!name.isEmpty()) {
        StructField field = foretold.apply(name);
        schema = schema.add(new StructField(name, field.dataType(), false, field.metadata()));
      }
    }
    String corrected = params.correctedProbabilityColumn();
    if (corrected.isEmpty()) {
      return schema;
    }
    Columns.requireNew(schema, corrected, params.correctedProbabilityCol().name());
    return schema.add(corrected, DataTypes.DoubleType, false);
  }
}
