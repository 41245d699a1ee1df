package io.github.imbalancedspark.classification;

import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of a classifier's output as its {@code transform} makes it. */
final class OutputSchema {

  private OutputSchema() {}

  /**
   * Returns {@code foretold} with the output columns in the order in which Spark's {@code
   * transform} writes them: the vectors, then the prediction. Spark's own {@code transformSchema}
   * puts the prediction first.
   *
   * @param input the schema before the model
   * @param foretold what Spark's {@code transformSchema} makes of it
   * @param names the output columns in order; an empty name is none
   */
  static StructType asWritten(StructType input, StructType foretold, String... names) {
    StructType schema = input;
    for (String name : names) {
      if (!name.isEmpty()) {
        StructField field = foretold.apply(name);
        schema = schema.add(new StructField(name, field.dataType(), false, field.metadata()));
      }
    }
    return schema;
  }
}
