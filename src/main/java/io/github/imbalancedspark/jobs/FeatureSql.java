package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * The SQL that makes clean temporary columns beside the raw ones: numbers as doubles, categories as
 * text. A value that cannot be a feature raises an error which names its column.
 */
final class FeatureSql {

  private final MissingPolicy missing;
  private final List<String> columns = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();

  private FeatureSql(MissingPolicy missing) {
    this.missing = missing;
  }

  /** Returns the statement for Spark's SQLTransformer. */
  static String statement(
      Map<StructField, String> numeric,
      Map<StructField, String> categorical,
      MissingPolicy missing) {
    FeatureSql sql = new FeatureSql(missing);
    numeric.forEach(sql::addNumeric);
    categorical.forEach(sql::addCategorical);
    String where = sql.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", sql.conditions);
    return "SELECT *, " + String.join(", ", sql.columns) + " FROM __THIS__" + where;
  }

  /** Returns the statement that copies a column. */
  static String copy(String column, String copy) {
    return String.format(
        "SELECT *, %s AS %s FROM __THIS__", Columns.quoted(column), Columns.quoted(copy));
  }

  private void addNumeric(StructField field, String temporary) {
    String raw = Columns.quoted(field.name());
    String number = "TRY_CAST(" + raw + " AS DOUBLE)";
    String isMissing = "(" + raw + " IS NULL OR COALESCE(ISNAN(" + number + "), FALSE))";
    String whenMissing =
        missing == MissingPolicy.ERROR
            ? raise(
                field,
                raw,
                "mend the value, drop the row, or train with --missing mean, median, mode or skip")
            : "CAST(NULL AS DOUBLE)";
    if (missing == MissingPolicy.SKIP) {
      conditions.add("NOT " + isMissing);
    }
    columns.add(
        "CASE WHEN "
            + isMissing
            + " THEN "
            + whenMissing
            + " WHEN ABS("
            + number
            + ") < DOUBLE('Infinity') THEN "
            + number
            + " ELSE "
            + raise(field, raw, "features must be finite numbers: mend the value or drop the row")
            + " END AS "
            + Columns.quoted(temporary));
  }

  /** Numbers go through double, so that 1 and 1.0 are one category whatever a file's schema is. */
  private void addCategorical(StructField field, String temporary) {
    String raw = Columns.quoted(field.name());
    String text =
        field.dataType() instanceof NumericType
            ? "CAST(TRY_CAST(" + raw + " AS DOUBLE) AS STRING)"
            : "CAST(" + raw + " AS STRING)";
    if (missing == MissingPolicy.SKIP) {
      conditions.add(raw + " IS NOT NULL");
    }
    if (missing == MissingPolicy.ERROR) {
      text =
          "CASE WHEN "
              + raw
              + " IS NULL THEN CAST("
              + raise(
                  field, raw, "mend the value, drop the row, or train with --missing mode or skip")
              + " AS STRING) ELSE "
              + text
              + " END";
    }
    columns.add(text + " AS " + Columns.quoted(temporary));
  }

  private static String raise(StructField field, String raw, String remedy) {
    return String.format(
        "CAST(RAISE_ERROR(CONCAT(%s, COALESCE(CAST(%s AS STRING), 'null'), %s)) AS DOUBLE)",
        literal("features: column '" + field.name() + "' holds "), raw, literal("; " + remedy));
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
