package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * A table whose label is a number: as it is, or text and booleans numbered in alphabetical order.
 *
 * @param table the rows
 * @param column the numeric label column
 * @param names the classes' names by number, or {@code null} if the label is numeric itself
 */
record ClassNumbers(Dataset<Row> table, String column, List<String> names) {

  private static final int MOST_LISTED = 10;

  static ClassNumbers of(Dataset<Row> table, String label) {
    StructType schema = table.schema();
    if (Columns.require(schema, label, "label").dataType() instanceof NumericType) {
      return new ClassNumbers(table, label, null);
    }
    UniqueNames names = new UniqueNames(schema.fieldNames());
    String text = names.take(label + "_text");
    Dataset<Row> withText = table.withColumn(text, Columns.named(label).cast("string"));
    requireNoNull(withText, label, text);
    StringIndexerModel indexer =
        new StringIndexer().setInputCol(text).setStringOrderType("alphabetAsc").fit(withText);
    List<String> classes = Arrays.asList(indexer.labelsArray()[0]);
    String number = names.take(label + " (" + key(classes) + ")");
    return new ClassNumbers(
        indexer.setOutputCol(number).transform(withText).drop(text), number, classes);
  }

  private static String key(List<String> classes) {
    String key =
        IntStream.range(0, Math.min(classes.size(), MOST_LISTED))
            .mapToObj(i -> i + " = " + classes.get(i))
            .collect(Collectors.joining(", "));
    return classes.size() > MOST_LISTED ? key + ", …" : key;
  }

  private static void requireNoNull(Dataset<Row> table, String label, String text) {
    if (!table.filter(Columns.named(text).isNull()).isEmpty()) {
      throw new IllegalArgumentException(
          "label: column '" + label + "' holds null; drop rows without a label");
    }
  }

  /** Returns which number is which class; empty if the label is numeric itself. */
  String key() {
    return names == null ? "" : key(names);
  }

  /** Returns a class's name. */
  String name(double number) {
    return names == null ? LabelValue.textOf(number) : names.get((int) number);
  }

  /** Returns whether a class goes by this name, or is this number. */
  boolean isNamed(double number, String text) {
    return names == null ? number(text, "positive-label") == number : name(number).equals(text);
  }

  /** Returns weights by class name as weights by class number. */
  Map<Double, Double> numbered(Map<String, Double> weights) {
    if (names != null) {
      return CustomWeights.of(weights, names);
    }
    Map<Double, Double> numbered = new TreeMap<>();
    weights.forEach((name, value) -> numbered.put(number(name, "custom-weights"), value));
    return numbered;
  }

  private static double number(String name, String option) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          option
              + ": the class '"
              + name
              + "' is no number, but the label column holds"
              + " numbers; name classes that it holds",
          e);
    }
  }

  /** Returns rows without the numbers that were added to them. */
  Dataset<Row> dropNumbers(Dataset<Row> rows) {
    return names == null ? rows : rows.drop(column);
  }
}
