package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.VectorRow;
import java.io.Serializable;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns a fit reads, in the order (label, weight, features), and what it says when a value in
 * them cannot be trained on.
 *
 * @param labelCol the label column
 * @param weightCol the weight column, or {@code null} for weight 1
 * @param featuresCol the vector column
 * @param featureNames each feature's name where the column's metadata has one, else {@code null}
 */
record TrainingColumns(String labelCol, String weightCol, String featuresCol, String[] featureNames)
    implements Serializable {

  static final int LABEL = 0;
  static final int WEIGHT = 1;
  static final int FEATURES = 2;

  static TrainingColumns of(
      Dataset<?> dataset, String labelCol, String weightCol, String featuresCol) {
    return new TrainingColumns(
        labelCol, weightCol, featuresCol, featureNames(dataset, featuresCol));
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

  Dataset<Row> select(Dataset<?> dataset) {
    return dataset.select(
        Columns.named(labelCol).cast(DataTypes.DoubleType),
        weighted()
            ? Columns.named(weightCol).cast(DataTypes.DoubleType)
            : functions.lit(1.0).as("weight"),
        Columns.named(featuresCol));
  }

  double label(InternalRow row) {
    return row.getDouble(LABEL);
  }

  double weight(InternalRow row) {
    return row.getDouble(WEIGHT);
  }

  /** Returns what is wrong with the row's label or weight, or {@code null}. */
  String problemWithLabelOrWeight(InternalRow row) {
    if (row.isNullAt(LABEL) || !(label(row) >= 0 && label(row) <= 1)) {
      return String.format(
          "labelCol: column '%s' holds %s; labels must lie in [0, 1]: map the positive class to 1 and"
              + " the other to 0, and drop rows without a label",
          labelCol, row.isNullAt(LABEL) ? "null" : label(row));
    }
    if (row.isNullAt(WEIGHT) || !(weight(row) >= 0 && weight(row) < Double.POSITIVE_INFINITY)) {
      return String.format(
          "weightCol: column '%s' holds %s; weights must be finite and >= 0: mend or drop the row",
          weightCol, row.isNullAt(WEIGHT) ? "null" : weight(row));
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

  /** Returns which entry of {@code vector}, known to hold one, is null, NaN or infinite. */
  String notFinite(VectorRow vector) {
    int k = 0;
    while (!vector.values().isNullAt(k) && Double.isFinite(vector.values().getDouble(k))) {
      k++;
    }
    int feature = vector.isDense() ? k : vector.indices().getInt(k);
    return String.format(
        "featuresCol: column '%s' holds %s in feature %s; impute the value or drop the row",
        featuresCol,
        vector.values().isNullAt(k) ? "null" : vector.values().getDouble(k),
        featureName(feature));
  }

  private String featureName(int feature) {
    return featureNames != null && feature < featureNames.length && featureNames[feature] != null
        ? "'" + featureNames[feature] + "' (index " + feature + ")"
        : "index " + feature;
  }
}
