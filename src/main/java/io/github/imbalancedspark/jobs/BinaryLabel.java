package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.OddsLedger;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * A label column with exactly two values, one of them positive.
 *
 * @param column its name
 * @param negative the negative value as text
 * @param positive the positive value as text
 * @param negatives number of negative rows
 * @param positives number of positive rows
 * @param numeric whether the values are numbers
 * @param indicator 1.0 for positive rows, 0.0 for negative ones
 */
record BinaryLabel(
    String column,
    String negative,
    String positive,
    long negatives,
    long positives,
    boolean numeric,
    Column indicator) {

  /** More values than this are not listed in a message. */
  private static final int MOST_LISTED = 10;

  private record Value(Object value, long rows) {

    String text() {
      return textOf(value);
    }
  }

  /**
   * Counts the rows of each value.
   *
   * @param positive the positive value as text, or {@code null} for the larger number or true
   * @throws IllegalArgumentException if the column is missing, holds null or NaN, or has not
   *     exactly two values, or if {@code positive} is none of them or cannot be told
   */
  static BinaryLabel of(Dataset<Row> table, String column, String positive) {
    StructField field = Columns.require(table.schema(), column, "label");
    requireLabelType(field);
    List<Value> values =
        table
            .groupBy(Columns.named(column))
            .count()
            .orderBy(functions.col("count").desc(), Columns.named(column))
            .limit(MOST_LISTED + 1)
            .collectAsList()
            .stream()
            .map(row -> new Value(row.get(0), row.getLong(1)))
            .toList();
    requireTwoValues(column, values);
    Value one = positiveOf(column, field.dataType(), values, positive);
    Value zero = values.get(values.get(0).equals(one) ? 1 : 0);
    return new BinaryLabel(
        column,
        zero.text(),
        one.text(),
        zero.rows,
        one.rows,
        field.dataType() instanceof NumericType,
        functions
            .when(Columns.named(column).equalTo(functions.lit(one.value)), 1.0)
            .when(Columns.named(column).equalTo(functions.lit(zero.value)), 0.0));
  }

  long rows() {
    return negatives + positives;
  }

  /**
   * Returns the odds ledger of a column as it is for a label of 0 and 1 in a column of another
   * name.
   *
   * @param field the label column or a weight column of the same table
   */
  Metadata ledger(StructField field, String indicatorCol) {
    return numeric
        ? OddsLedger.recode(
            field.metadata(),
            column,
            indicatorCol,
            Double.parseDouble(negative),
            Double.parseDouble(positive))
        : field.metadata();
  }

  private static void requireLabelType(StructField field) {
    DataType type = field.dataType();
    if (!(type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType)) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' is of type %s; it must hold numbers, text or booleans",
              field.name(), type.simpleString()));
    }
  }

  private static void requireTwoValues(String column, List<Value> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "input: the table holds no rows, so column '" + column + "' has no values; check it");
    }
    for (Value value : values) {
      if (value.value == null || "NaN".equals(value.text())) {
        throw new IllegalArgumentException(
            String.format(
                "label: column '%s' holds %s in %d %s; drop rows without a label",
                column, value.text(), value.rows, value.rows == 1 ? "row" : "rows"));
      }
    }
    if (values.size() == 1) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' holds only the value '%s', in %d rows; both classes are needed:"
                  + " check the label, or give more data",
              column, values.get(0).text(), values.get(0).rows));
    }
    if (values.size() > 2) {
      String more = values.size() > MOST_LISTED ? ", …" : "";
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' must hold exactly two values, but holds %s; keep two classes, or"
                  + " name another column",
              column, listed(values.stream().limit(MOST_LISTED).toList()) + more));
    }
  }

  private static Value positiveOf(
      String column, DataType type, List<Value> values, String positive) {
    if (positive != null) {
      for (Value value : values) {
        if (matches(value, type, positive)) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          String.format(
              "positive-label: column '%s' does not hold '%s'; it holds %s",
              column, positive, listed(values)));
    }
    if (type instanceof StringType) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' holds %s; say which of them is positive with --positive-label",
              column, listed(values)));
    }
    return size(values.get(0)).compareTo(size(values.get(1))) > 0 ? values.get(0) : values.get(1);
  }

  private static boolean matches(Value value, DataType type, String text) {
    if (type instanceof NumericType) {
      try {
        return size(value).compareTo(new BigDecimal(text.strip())) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return type instanceof BooleanType
        ? value.text().equalsIgnoreCase(text.strip())
        : value.text().equals(text);
  }

  private static BigDecimal size(Value value) {
    return value.value instanceof Boolean truth
        ? BigDecimal.valueOf(truth ? 1 : 0)
        : new BigDecimal(value.value.toString());
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

  private static String listed(List<Value> values) {
    return String.join(", ", values.stream().map(v -> "'" + v.text() + "'").toList());
  }
}
