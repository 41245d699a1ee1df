package io.github.imbalancedspark.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A raw column and its clean copy. A value that cannot be a feature raises an error which names the
 * column and the value.
 *
 * @param input the raw column
 * @param output its copy
 * @param kind what it holds
 */
record CleanColumn(String input, String output, Kind kind) {

  /** What a raw column holds. */
  enum Kind {
    /** A number, copied as a finite double. */
    NUMBER("number"),
    /** Text or a boolean, copied as text. */
    CATEGORY("category"),
    /**
     * A number that names a category, copied as the text of a double, so that 1 and 1.0 are one;
     * where doubles do not tell whole numbers apart, as it is.
     */
    NUMBERED_CATEGORY("numberedCategory"),
    /** A vector, copied as it is: Spark ML cannot name columns with dots. */
    VECTOR("vector");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    static boolean exists(String text) {
      return Arrays.stream(values()).anyMatch(kind -> kind.text.equals(text));
    }

    static Kind of(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text.equals(text))
          .findFirst()
          .orElseThrow();
    }
  }

  private static final String MEND = "mend the value, drop the row, or give --missing ";

  /** From here on doubles leave out whole numbers: 2⁵³. */
  private static final double MOST_WHOLE = 1L << 53;

  /** A model says it too, which knows no other policy than the one that it was trained with. */
  private static final String WHERE = " to train or resample";

  /** Returns the copy's field. */
  StructField field(StructType schema) {
    StructField raw = Columns.require(schema, input, "inputCols");
    DataType type =
        switch (kind) {
          case NUMBER -> DataTypes.DoubleType;
          case CATEGORY, NUMBERED_CATEGORY -> DataTypes.StringType;
          case VECTOR -> raw.dataType();
        };
    return new StructField(output, type, kind != Kind.VECTOR || raw.nullable(), raw.metadata());
  }

  /** Returns whether the raw value is missing: null, or among numbers NaN. */
  Column isMissing() {
    Column missing = Columns.named(input).isNull();
    return switch (kind) {
      case NUMBER, NUMBERED_CATEGORY -> missing.or(coalesce(isnan(number()), lit(false)));
      case CATEGORY, VECTOR -> missing;
    };
  }

  /**
   * Returns the copy.
   *
   * @param missingIsError whether a missing value raises an error; else it is null
   */
  Column copy(boolean missingIsError) {
    Column copy =
        switch (kind) {
          case NUMBER -> finite(number(), nothing("double"), missingIsError, "double");
          case CATEGORY -> category(Columns.named(input).cast("string"), missingIsError);
          case NUMBERED_CATEGORY -> category(numberText(), missingIsError);
          case VECTOR -> Columns.named(input);
        };
    return copy.as(output);
  }

  /**
   * Returns the raw column, in which a value that {@link #copy} would not take is the same error.
   */
  Column checked(StructType schema, boolean missingIsError) {
    Column column = Columns.named(input);
    String type = schema.apply(input).dataType().sql();
    Column checked =
        switch (kind) {
          case NUMBER -> finite(column, column, missingIsError, type);
          case CATEGORY, NUMBERED_CATEGORY -> category(column, column, missingIsError, type);
          case VECTOR -> column;
        };
    return checked.as(input, schema.apply(input).metadata());
  }

  /** Returns {@code value} where the raw value is a finite number. */
  private Column finite(Column value, Column nothing, boolean missingIsError, String type) {
    Column missing =
        missingIsError ? error(MEND + "mean, median, mode or skip" + WHERE, type) : nothing;
    return when(isMissing(), missing)
        .when(abs(number()).lt(Double.POSITIVE_INFINITY), value)
        .otherwise(error("features must be finite numbers: mend the value or drop the row", type));
  }

  private Column category(Column text, boolean missingIsError) {
    return category(text, nothing("string"), missingIsError, "string");
  }

  private Column category(Column value, Column nothing, boolean missingIsError, String type) {
    Column missing = missingIsError ? error(MEND + "mode or skip" + WHERE, type) : nothing;
    return when(isMissing(), missing).otherwise(value);
  }

  private Column numberText() {
    return when(abs(number()).lt(MOST_WHOLE), number().cast("string"))
        .otherwise(Columns.named(input).cast("string"));
  }

  /** The raw value as a number, or null if it is none; a plain cast may fail without its name. */
  private Column number() {
    return expr("TRY_CAST(" + Columns.quoted(input) + " AS DOUBLE)");
  }

  private Column error(String remedy, String type) {
    return raise_error(
            concat(
                lit("features: column '" + input + "' holds "),
                coalesce(Columns.named(input).cast("string"), lit("null")),
                lit("; " + remedy)))
        .cast(type);
  }

  private static Column nothing(String type) {
    return lit(null).cast(type);
  }
}
