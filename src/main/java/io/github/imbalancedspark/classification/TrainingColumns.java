package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns a fit reads, in the dataset's order (in another, Spark would copy every row), and
 * what it says when a value in them cannot be trained on.
 *
 * @param labelCol the label column
 * @param weightCol the weight column, or {@code null} for weight 1
 * @param featuresCol the vector column
 * @param featureColumns the columns that are read instead, or {@code null}
 * @param labelAt where the label is in the rows read
 * @param weightAt where the weight is, or -1
 * @param featuresAt where the vector is, or where each of the columns is
 * @param featureNames each feature's name where the column's metadata has one, else {@code null}
 */
record TrainingColumns(
    String labelCol,
    String weightCol,
    String featuresCol,
    FeatureColumns featureColumns,
    int labelAt,
    int weightAt,
    int[] featuresAt,
    String[] featureNames)
    implements Serializable {

  static TrainingColumns of(
      Dataset<?> dataset,
      String labelCol,
      String weightCol,
      String featuresCol,
      FeatureColumns featureColumns) {
    String[] features =
        featureColumns == null ? new String[] {featuresCol} : featureColumns.names();
    List<String> inOrder =
        Stream.concat(Stream.of(labelCol, weightCol), Arrays.stream(features))
            .filter(Objects::nonNull)
            .distinct()
            .sorted(Comparator.comparing(dataset.schema()::fieldIndex))
            .toList();
    return new TrainingColumns(
        labelCol,
        weightCol,
        featuresCol,
        featureColumns,
        inOrder.indexOf(labelCol),
        weightCol == null ? -1 : inOrder.indexOf(weightCol),
        Arrays.stream(features).mapToInt(inOrder::indexOf).toArray(),
        featureColumns == null ? featureNames(dataset, featuresCol) : features);
  }

  private static String[] featureNames(Dataset<?> dataset, String featuresCol) {
    AttributeGroup group = AttributeGroup.fromStructField(dataset.schema().apply(featuresCol));
    if (group.attributes().isEmpty()) {
      return null;
    }
    Attribute[] attributes = group.attributes().get();
    String[] names = new String[attributes.length];
    for (int j = 0; j < names.length; j++) {
      names[j] = attributes[j].name().isDefined() ? attributes[j].name().get() : null;
    }
    return names;
  }

  boolean weighted() {
    return weightCol != null;
  }

  /** Returns whether the features stand in a vector rather than in columns of their own. */
  boolean inVectors() {
    return featureColumns == null;
  }

  /** Returns where the vector is. */
  int vectorAt() {
    return featuresAt[0];
  }

  Dataset<Row> select(Dataset<?> dataset) {
    SortedMap<Integer, Column> columns = new TreeMap<>();
    columns.put(labelAt, number(dataset, labelCol));
    if (weighted()) {
      columns.put(weightAt, number(dataset, weightCol));
    }
    if (inVectors()) {
      columns.put(vectorAt(), Columns.named(featuresCol));
    } else {
      for (int j = 0; j < featuresAt.length; j++) {
        columns.put(featuresAt[j], number(dataset, featureNames[j]));
      }
    }
    return dataset.select(columns.values().toArray(new Column[0]));
  }

  /** Casts where there is something to cast: a cast is a projection, which copies every row. */
  private static Column number(Dataset<?> dataset, String name) {
    boolean isDouble = dataset.schema().apply(name).dataType().equals(DataTypes.DoubleType);
    return isDouble ? Columns.named(name) : Columns.named(name).cast(DataTypes.DoubleType);
  }

  double label(InternalRow row) {
    return row.getDouble(labelAt);
  }

  double weight(InternalRow row) {
    return weightAt < 0 ? 1 : row.getDouble(weightAt);
  }

  /** Returns what is wrong with the row's label or weight, or {@code null}. */
  String problemWithLabelOrWeight(InternalRow row) {
    if (row.isNullAt(labelAt) || !(label(row) >= 0 && label(row) <= 1)) {
      return String.format(
          "labelCol: column '%s' holds %s; labels must lie in [0, 1]: map the positive class to 1 and"
              + " the other to 0, and drop rows without a label",
          labelCol, row.isNullAt(labelAt) ? "null" : label(row));
    }
    if (weighted()
        && (row.isNullAt(weightAt)
            || !(weight(row) >= 0 && weight(row) < Double.POSITIVE_INFINITY))) {
      return String.format(
          "weightCol: column '%s' holds %s; weights must be finite and >= 0: mend or drop the row",
          weightCol, row.isNullAt(weightAt) ? "null" : weight(row));
    }
    return null;
  }

  String nullFeatures() {
    return nullFeatures(featuresCol);
  }

  static String nullFeatures(String featuresCol) {
    return String.format(
        "featuresCol: column '%s' holds null; assemble a vector for every row or drop the row",
        featuresCol);
  }

  String sizesDiffer(int expected, int found) {
    return String.format(
        "featuresCol: column '%s' holds vectors of %d and of %d features; all must be of one size",
        featuresCol, Math.min(expected, found), Math.max(expected, found));
  }

  String nullFeature(int feature) {
    return featureColumns.unusable(feature, null);
  }

  String notFinite(int feature, double value) {
    if (!inVectors()) {
      return featureColumns.unusable(feature, value);
    }
    return String.format(
        "featuresCol: column '%s' holds %s in feature %s; impute the value or drop the row",
        featuresCol, value, featureName(feature));
  }

  String overflows(int feature) {
    return inVectors()
        ? String.format(
            "featuresCol: column '%s' holds values in feature %s whose squares overflow; scale the"
                + " feature, or mend the rows",
            featuresCol, featureName(feature))
        : String.format(
            "featuresCols: column '%s' holds values whose squares overflow; scale it, or mend the"
                + " rows",
            featureNames[feature]);
  }

  private String featureName(int feature) {
    return featureNames != null && feature < featureNames.length && featureNames[feature] != null
        ? "'" + featureNames[feature] + "' (index " + feature + ")"
        : "index " + feature;
  }
}
