package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of {@code featuresCols}, one number a feature, and what is said when they hold none.
 *
 * @param names the columns, in the order of the features
 */
record FeatureColumns(String[] names) implements Serializable {

  /** Returns those of {@code params}, or {@code null} if a vector column holds the features. */
  static FeatureColumns of(ImbalancedLogisticRegressionParams params) {
    return params.isSet(params.featuresCols())
        ? new FeatureColumns(params.getFeaturesCols())
        : null;
  }

  /**
   * Checks that there are columns, all different and all numeric.
   *
   * @throws IllegalArgumentException if not
   */
  void require(StructType schema) {
    if (names.length == 0) {
      throw new IllegalArgumentException(
          "featuresCols: the list is empty; name at least one column, or clear it to read vectors");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Columns.requireNumeric(schema, name, "featuresCols");
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            String.format("featuresCols: column '%s' is named twice; name it once", name));
      }
    }
  }

  /**
   * Checks the number of columns.
   *
   * @throws IllegalArgumentException if it is not that of the model's features
   */
  void requireSize(int features) {
    if (names.length != features) {
      throw new IllegalArgumentException(
          String.format(
              "featuresCols: there are %d columns; the model was trained on %d features",
              names.length, features));
    }
  }

  /** Returns one column with the array of all, as doubles. */
  Column array() {
    return functions.array(
        Arrays.stream(names)
            .map(name -> Columns.named(name).cast(DataTypes.DoubleType))
            .toArray(Column[]::new));
  }

  /** Returns what is wrong with a value of a feature: {@code null}, NaN or infinite. */
  String unusable(int feature, Object value) {
    return String.format(
        "featuresCols: column '%s' holds %s; impute the value or drop the row",
        names[feature], value);
  }
}
