package io.github.imbalancedspark.jobs;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Types that columns are read as, whatever the values of the moment look like. */
final class ColumnTypes {

  private ColumnTypes() {}

  /** Returns a schema in which the fields that pass are of {@code type}. */
  static StructType changed(StructType schema, Predicate<StructField> which, DataType type) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    which.test(field)
                        ? new StructField(field.name(), type, field.nullable(), field.metadata())
                        : field)
            .toArray(StructField[]::new));
  }
}
