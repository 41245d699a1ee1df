package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that feed a model.
 *
 * @param numeric columns of numbers, or of booleans if asked for
 * @param categorical columns to one-hot encode
 * @param vectors vector columns
 * @param unused columns that could have been categorical but were not asked for
 */
record FeatureColumns(
    List<StructField> numeric,
    List<StructField> categorical,
    List<StructField> vectors,
    List<String> unused) {

  /**
   * Sorts the columns of a table.
   *
   * @param schema the table's
   * @param taken the columns that have another role: label and weight
   * @param asked the features, or empty for every numeric and vector column
   * @param ignored columns that are no features
   * @param categorical columns to one-hot encode
   * @throws IllegalArgumentException if a column is missing or cannot be a feature, or if there is
   *     none
   */
  static FeatureColumns of(
      StructType schema,
      List<String> taken,
      List<String> asked,
      List<String> ignored,
      List<String> categorical) {
    requireAll(schema, ignored, "ignore");
    requireAll(schema, asked, "features");
    requireAll(schema, categorical, "categorical");
    Set<String> free = new LinkedHashSet<>(Arrays.asList(schema.fieldNames()));
    free.removeAll(new TreeSet<>(taken));
    free.removeAll(new TreeSet<>(ignored));
    free.removeAll(new TreeSet<>(categorical));
    FeatureColumns columns =
        new FeatureColumns(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String name : new LinkedHashSet<>(categorical)) {
      columns.addCategorical(schema.apply(name));
    }
    for (String name : free) {
      if (asked.isEmpty()) {
        columns.addIfFeature(schema.apply(name));
      } else if (asked.contains(name)) {
        columns.addFeature(schema.apply(name));
      }
    }
    if (columns.size() == 0) {
      throw new IllegalArgumentException(
          "features: no numeric column is left to be a feature; the columns are "
              + String.join(", ", schema.fieldNames())
              + ": name text columns with --categorical");
    }
    return columns;
  }

  private static void requireAll(StructType schema, List<String> names, String role) {
    names.forEach(name -> Columns.require(schema, name, role));
  }

  private static boolean isVector(StructField field) {
    return field.dataType().equals(SQLDataTypes.VectorType());
  }

  private void addCategorical(StructField field) {
    if (isVector(field)) {
      throw new IllegalArgumentException(
          "categorical: column '" + field.name() + "' is a vector; name it in --features");
    }
    categorical.add(field);
  }

  private void addIfFeature(StructField field) {
    if (field.dataType() instanceof NumericType) {
      numeric.add(field);
    } else if (isVector(field)) {
      vectors.add(field);
    } else {
      unused.add(field.name());
    }
  }

  private void addFeature(StructField field) {
    if (field.dataType() instanceof BooleanType) {
      numeric.add(field);
      return;
    }
    addIfFeature(field);
    if (unused.remove(field.name())) {
      throw new IllegalArgumentException(
          String.format(
              "features: column '%s' is of type %s; name it in --categorical, or cast it to a"
                  + " number",
              field.name(), field.dataType().simpleString()));
    }
  }

  int size() {
    return numeric.size() + categorical.size() + vectors.size();
  }

  /** Returns the names of all columns that feed the model. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    List.of(numeric, categorical, vectors)
        .forEach(fields -> fields.forEach(field -> names.add(field.name())));
    return names;
  }
}
