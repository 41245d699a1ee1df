package io.github.imbalancedspark.internal;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns by their whole name, dots and all, and what is said when one is missing or of a wrong
 * type.
 */
public final class Columns {

  private Columns() {}

  /** Returns the top-level column of that name, which may hold dots and backticks. */
  public static Column named(String name) {
    return functions.col(quoted(name));
  }

  /** Returns the name between backticks, as SQL has it. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Returns whether {@code schema} has that column. */
  public static boolean has(StructType schema, String name) {
    return schema.getFieldIndex(name).isDefined();
  }

  /**
   * Returns the field of that name.
   *
   * @param role the parameter that named it, for the message
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public static StructField require(StructType schema, String name, String role) {
    if (!has(schema, name)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: there is no column '%s'; the columns are %s",
              role, name, String.join(", ", schema.fieldNames())));
    }
    long twins = Arrays.stream(schema.fields()).filter(field -> field.name().equals(name)).count();
    if (twins > 1) {
      throw new IllegalArgumentException(
          String.format(
              "%s: there are %d columns called '%s'; rename or drop all but one",
              role, twins, name));
    }
    return schema.apply(name);
  }

  /**
   * Checks that a column exists and holds numbers.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireNumeric(StructType schema, String name, String role) {
    StructField field = require(schema, name, role);
    if (!(field.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: column '%s' is of type %s; it must be numeric: cast it first",
              role, name, field.dataType().simpleString()));
    }
  }

  /**
   * Checks that a column does not exist yet, as the session compares names: Spark takes one that
   * differs only in case for the same column, and replaces it, unless {@code
   * spark.sql.caseSensitive}.
   *
   * @throws IllegalArgumentException if it does
   */
  public static void requireNew(StructType schema, String name, String role) {
    boolean caseMatters = SQLConf.get().caseSensitiveAnalysis();
    for (String existing : schema.fieldNames()) {
      if (caseMatters ? existing.equals(name) : existing.equalsIgnoreCase(name)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: column '%s' exists already%s; drop it or choose another name",
                role,
                existing,
                existing.equals(name) ? "" : ", and '" + name + "' differs from it only in case"));
      }
    }
  }
}
