package io.github.imbalancedspark.internal;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Turns rows as Spark's engine has them into the rows that users see. */
public final class ExternalRows {

  private ExternalRows() {}

  /** Converts a row; what it returns shares nothing with the engine. */
  public interface Converter extends Function<InternalRow, Row>, Serializable {}

  /**
   * Returns the conversion of rows of a schema, for use in tasks. To be called on the driver: which
   * classes dates and times are of is a setting of the session, which a task does not know.
   */
  public static Converter of(StructType schema) {
    scala.Function1<Object, Object> converter =
        CatalystTypeConverters.createToScalaConverter(schema);
    return row -> (Row) converter.apply(row);
  }
}
