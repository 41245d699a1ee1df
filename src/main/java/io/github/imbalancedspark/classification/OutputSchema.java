package io.github.imbalancedspark.classification;

import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schema of a classifier's output as its {@code transform} makes it. */
final class OutputSchema {

  private OutputSchema() {}

  /**
   * Returns {@code foretold} with the output columns in the order, and as nullable, as Spark's
   * {@code transform} writes them: the vectors, then the prediction. Spark's own {@code
   * transformSchema} puts the prediction first and calls the vectors not nullable.
   *
   * @param input the schema before the model
   * @param foretold what Spark's {@code transformSchema} makes of it
   * @param rawPrediction name of that column, empty for none, like the next two
   */
  static StructType asWritten(
      StructType input,
      StructType foretold,
      String rawPrediction,
      String probability,
      String prediction) {
    StructType withRaw = append(input, foretold, rawPrediction, true);
    StructType withProbability = append(withRaw, foretold, probability, true);
    return append(withProbability, foretold, prediction, false);
  }

  private static StructType append(
      StructType schema, StructType foretold, String name, boolean nullable) {
    if (name.isEmpty()) {
      return schema;
    }
    StructField field = foretold.apply(name);
    return schema.add(new StructField(name, field.dataType(), nullable, field.metadata()));
  }
}
