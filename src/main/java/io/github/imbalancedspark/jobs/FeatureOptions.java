package io.github.imbalancedspark.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** Which columns are features, and what becomes of their missing values. */
final class FeatureOptions {

  @SetsParameters({"featuresCol", "featuresCols"})
  @Option(
      names = "--features",
      paramLabel = "COLUMNS",
      split = ",",
      hideParamSyntax = true,
      order = 20,
      description =
          "Comma-separated (default: every numeric and vector column but the label, the weight and"
              + " the ignored ones).")
  private final List<String> features = new ArrayList<>();

  @Option(
      names = "--ignore",
      paramLabel = "COLUMNS",
      split = ",",
      hideParamSyntax = true,
      order = 21,
      description = "Columns that are no features.")
  private final List<String> ignored = new ArrayList<>();

  @SetsParameters("categoricalFeatures")
  @Option(
      names = "--categorical",
      paramLabel = "COLUMNS",
      split = ",",
      hideParamSyntax = true,
      order = 22,
      description =
          "Columns to one-hot encode, text or not; values not seen in training are zeros.")
  private final List<String> categorical = new ArrayList<>();

  @Option(
      names = "--missing",
      paramLabel = "POLICY",
      defaultValue = "error",
      order = 23,
      description =
          "Null or NaN in a feature: error (default), skip the row (when scoring too), or count it as"
              + " the mean, median or mode of training (a missing category is zeros). Entries of"
              + " vectors are not looked into.")
  private MissingPolicy missing;

  /**
   * Returns the features in {@code schema}, among them none of {@code taken}.
   *
   * @param other a column that is a feature only if it is named, or {@code null}
   */
  FeatureColumns in(StructType schema, List<String> taken, String other) {
    List<String> left = new ArrayList<>(ignored);
    if (other != null && !features.contains(other) && !categorical.contains(other)) {
      left.add(other);
    }
    return FeatureColumns.of(schema, taken, features, left, categorical);
  }

  /**
   * Returns the schema in which categories that are no numbers are text: what the file says, be it
   * a boolean or a date, and so what a later file is likely to say again.
   */
  StructType withTextsAsText(StructType found) {
    return ColumnTypes.changed(
        found,
        field -> categorical.contains(field.name()) && !(field.dataType() instanceof NumericType),
        DataTypes.StringType);
  }

  /** Returns whether categories are among the features. */
  boolean hasCategories() {
    return !categorical.isEmpty();
  }

  /**
   * Checks that the features have no other role and are not ignored.
   *
   * @param others the columns that are something else
   * @throws IllegalArgumentException if one is
   */
  void requireOneRole(ColumnRoles others) {
    ignored.stream().distinct().filter(others::isFree).forEach(c -> others.take("--ignore", c));
    features.forEach(column -> others.requireFree("--features", column));
    categorical.forEach(column -> others.requireFree("--categorical", column));
  }

  MissingPolicy missing() {
    return missing;
  }
}
