package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.OddsLedger;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(BinaryLabel.class);

  /** More values than this are not listed in a message. */
  private static final int MOST_LISTED = 10;

  /**
   * Counts the rows of each value.
   *
   * @param positive the positive value as text, or {@code null} for the larger number or true
   * @throws IllegalArgumentException if the column is missing, holds null or NaN, or has not
   *     exactly two values, or if {@code positive} is none of them or cannot be told
   */
  static BinaryLabel of(Dataset<Row> table, String column, String positive) {
    StructField field = labelField(table, column);
    List<LabelValue> values = values(table, column);
    requireTwoValues(column, values);
    LabelValue one = positiveOf(column, field.dataType(), values, positive);
    LabelValue zero = values.get(values.get(0).equals(one) ? 1 : 0);
    return new BinaryLabel(
        column,
        zero.text(),
        one.text(),
        zero.rows(),
        one.rows(),
        field.dataType() instanceof NumericType,
        functions
            .when(Columns.named(column).equalTo(functions.lit(one.value())), 1.0)
            .when(Columns.named(column).equalTo(functions.lit(zero.value())), 0.0));
  }

  /**
   * Counts the rows of each value, of which there may be a single one: a table need not hold both
   * classes to be evaluated.
   *
   * @param positive as in {@link #of}; a value that the column does not hold is that of the class
   *     without rows
   * @throws IllegalArgumentException as {@link #of} does, or if it cannot be told which class a
   *     single value is
   */
  static BinaryLabel ofOneClassOrTwo(Dataset<Row> table, String column, String positive) {
    StructField field = labelField(table, column);
    List<LabelValue> values = values(table, column);
    return values.size() == 1
        ? ofOneClass(field, values.get(0), positive)
        : of(table, column, positive);
  }

  private static BinaryLabel ofOneClass(StructField field, LabelValue only, String positive) {
    String other = only.opposite();
    if (positive == null && other == null) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' holds only the value '%s', in %s; say with --positive-label"
                  + " which value is the positive class, this one or not",
              field.name(), only.text(), Plural.of(only.rows(), "row")));
    }
    boolean isPositive =
        positive == null ? only.size().signum() > 0 : only.matches(field.dataType(), positive);
    if (positive != null && !isPositive) {
      LOG.warn(
          "--positive-label: no row of column '{}' is '{}': all {} are '{}', and count as negative",
          field.name(),
          positive,
          only.rows(),
          only.text());
    }
    String negative = other == null ? "not " + only.text() : other;
    return new BinaryLabel(
        field.name(),
        isPositive ? negative : only.text(),
        isPositive || positive == null ? (isPositive ? only.text() : other) : positive,
        isPositive ? 0 : only.rows(),
        isPositive ? only.rows() : 0,
        field.dataType() instanceof NumericType,
        functions.when(
            Columns.named(field.name()).equalTo(functions.lit(only.value())),
            isPositive ? 1.0 : 0.0));
  }

  private static StructField labelField(Dataset<Row> table, String column) {
    StructField field = Columns.require(table.schema(), column, "label");
    requireLabelType(field);
    return field;
  }

  /** Returns the values of a table with rows, of which none is missing. */
  private static List<LabelValue> values(Dataset<Row> table, String column) {
    List<LabelValue> values = LabelValue.mostFrequent(table, column, MOST_LISTED + 1);
    for (LabelValue value : values) {
      if (value.isMissing()) {
        throw new IllegalArgumentException(
            String.format(
                "label: column '%s' holds %s in %s; drop rows without a label",
                column, value.text(), Plural.of(value.rows(), "row")));
      }
    }
    return values;
  }

  /**
   * Returns what the indicator says, as in "y = 1": a name for its column, of which messages speak,
   * that no table is likely to have.
   */
  String question() {
    return column + " = " + positive;
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

  private static void requireTwoValues(String column, List<LabelValue> values) {
    if (values.size() == 1) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' holds only the value '%s', in %s; both classes are needed:"
                  + " check the label, or give more data",
              column, values.get(0).text(), Plural.of(values.get(0).rows(), "row")));
    }
    if (values.size() > 2) {
      String more = values.size() > MOST_LISTED ? ", …" : "";
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' must hold exactly two values, but holds %s; keep two classes, or"
                  + " name another column",
              column, LabelValue.listed(values.stream().limit(MOST_LISTED).toList()) + more));
    }
  }

  private static LabelValue positiveOf(
      String column, DataType type, List<LabelValue> values, String positive) {
    if (positive != null) {
      for (LabelValue value : values) {
        if (value.matches(type, positive)) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          String.format(
              "positive-label: column '%s' does not hold '%s'; it holds %s",
              column, positive, LabelValue.listed(values)));
    }
    if (type instanceof StringType) {
      throw new IllegalArgumentException(
          String.format(
              "label: column '%s' holds %s; say which of them is positive with --positive-label",
              column, LabelValue.listed(values)));
    }
    return values.get(0).size().compareTo(values.get(1).size()) > 0 ? values.get(0) : values.get(1);
  }
}
