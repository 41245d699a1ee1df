package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;

/**
 * What is looked for in all rows of a table, held-out ones too, before any long work: weights that
 * are none, and numbers that a word among them has turned into a column of text.
 */
final class ValueChecks {

  /** A column is taken for numbers if more than this share of its values are. */
  private static final double MOSTLY = 0.5;

  /** What a pass over the rows says of one text column. */
  private static final int FIGURES = 3;

  private ValueChecks() {}

  /**
   * Checks a table's values, in one pass if there is anything to check.
   *
   * @param weightCol the weight column, or {@code null}
   * @param unused columns that are no features for their type
   * @throws IllegalArgumentException if a weight is null, not finite or negative, or a text column
   *     holds numbers for the most part
   */
  static void require(Dataset<Row> table, String weightCol, List<String> unused) {
    List<String> texts =
        unused.stream()
            .filter(name -> table.schema().apply(name).dataType() instanceof StringType)
            .toList();
    List<Column> figures = new ArrayList<>();
    figures.add(weightCol == null ? lit(null) : min(badWeight(Columns.named(weightCol))));
    texts.forEach(name -> figures.addAll(figures(name)));
    if (weightCol == null && texts.isEmpty()) {
      return;
    }
    Row found = table.agg(lit(null), figures.toArray(new Column[0])).head();
    if (!found.isNullAt(1)) {
      throw new IllegalArgumentException(
          String.format(
              "weight-col: column '%s' holds %s; weights must be finite and >= 0: mend or drop the"
                  + " row",
              weightCol, found.getString(1)));
    }
    for (int i = 0; i < texts.size(); i++) {
      requireText(texts.get(i), found, 2 + FIGURES * i);
    }
  }

  private static Column badWeight(Column weight) {
    Column number = weight.cast("double");
    Column sound = number.geq(0).and(number.lt(Double.POSITIVE_INFINITY));
    return when(coalesce(sound, lit(false)), lit(null))
        .otherwise(coalesce(number.cast("string"), lit("null")));
  }

  private static List<Column> figures(String name) {
    Column text = Columns.named(name);
    Column number = expr("try_cast(" + Columns.quoted(name) + " AS DOUBLE)");
    return List.of(count(text), count(number), min(when(number.isNull(), text)));
  }

  private static void requireText(String name, Row found, int at) {
    long values = found.getLong(at);
    long numbers = found.getLong(at + 1);
    String word = found.getString(at + 2);
    if (word != null && numbers > MOSTLY * values) {
      throw new IllegalArgumentException(
          String.format(
              "features: column '%s' holds '%s' among %d numbers in %d values, which makes it text;"
                  + " mend the values, read a mark as missing with --option nullValue=…, or name the"
                  + " column in --ignore or --categorical",
              name, word, numbers, values));
    }
  }
}
