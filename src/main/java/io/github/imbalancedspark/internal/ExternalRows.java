package io.github.imbalancedspark.internal;

import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Turns rows as Spark's engine has them into the rows that users see. */
public final class ExternalRows {

  private ExternalRows() {}

  /** Returns the conversion of rows of a schema; what it returns shares nothing with the engine. */
  public static Function<InternalRow, Row> converter(StructType schema) {
    scala.Function1<Object, Object> converter =
        CatalystTypeConverters.createToScalaConverter(schema);
    return row -> (Row) converter.apply(row);
  }
}
