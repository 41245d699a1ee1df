package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * A value of a label column.
 *
 * @param value a number, text or boolean, or {@code null}
 * @param rows number of rows that have it
 */
record LabelValue(Object value, long rows) {

  /** Returns so many of a column's values, the most frequent first. */
  static List<LabelValue> mostFrequent(Dataset<Row> table, String column, int most) {
    return table
        .groupBy(Columns.named(column))
        .count()
        .orderBy(functions.col("count").desc(), Columns.named(column))
        .limit(most)
        .collectAsList()
        .stream()
        .map(row -> new LabelValue(row.get(0), row.getLong(1)))
        .toList();
  }

  String text() {
    return textOf(value);
  }

  /** Returns a value as text: whole numbers without a fraction. */
  static String textOf(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) number)
          : value.toString();
    }
    return String.valueOf(value);
  }

  boolean isMissing() {
    return value == null || "NaN".equals(text());
  }

  /** Returns whether the value, of that type, is meant by {@code given}. */
  boolean matches(DataType type, String given) {
    if (type instanceof NumericType) {
      try {
        return size().compareTo(new BigDecimal(given.strip())) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return type instanceof BooleanType
        ? text().equalsIgnoreCase(given.strip())
        : text().equals(given);
  }

  /** Returns a number's size; true is 1. */
  BigDecimal size() {
    return value instanceof Boolean truth
        ? BigDecimal.valueOf(truth ? 1 : 0)
        : new BigDecimal(value.toString());
  }

  /**
   * Returns the other one of 0 and 1, or of false and true, as text; {@code null} if this is
   * neither.
   */
  String opposite() {
    if (value instanceof Boolean truth) {
      return String.valueOf(!truth);
    }
    if (value instanceof String) {
      return null;
    }
    if (size().signum() == 0) {
      return "1";
    }
    return size().compareTo(BigDecimal.ONE) == 0 ? "0" : null;
  }

  static String listed(List<LabelValue> values) {
    return String.join(", ", values.stream().map(v -> "'" + v.text() + "'").toList());
  }
}
