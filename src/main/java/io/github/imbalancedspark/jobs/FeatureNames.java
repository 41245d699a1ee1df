package io.github.imbalancedspark.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.StructField;

/** What the features of an assembled vector are, in the words of the table's columns. */
final class FeatureNames {

  /** What {@link FeatureStages} adds to a column's name on the way. */
  private static final Pattern WAY = Pattern.compile("(_value|_index|_imputed|_onehot)*");

  private FeatureNames() {}

  /**
   * Returns a name a feature: that of its column, with "=" and the value for a category, or, for a
   * vector's entry, its number. Empty if Spark does not know the names.
   */
  static List<String> of(StructField features, FeatureColumns columns) {
    AttributeGroup group = AttributeGroup.fromStructField(features);
    if (group.attributes().isEmpty()) {
      return List.of();
    }
    List<String> longestFirst = new ArrayList<>(columns.names());
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    return Arrays.stream(group.attributes().get())
        .map(attribute -> attribute.name().isEmpty() ? "" : attribute.name().get())
        .map(name -> inWordsOf(longestFirst, name))
        .toList();
  }

  private static String inWordsOf(List<String> columns, String name) {
    String bare = name.replaceFirst("^_+", "");
    for (String column : columns) {
      String start = UniqueNames.plain(column).replaceFirst("^_+", "");
      if (bare.startsWith(start)) {
        String rest = WAY.matcher(bare.substring(start.length())).replaceFirst("");
        return rest.isEmpty() ? column : column + "=" + rest.replaceFirst("^_", "");
      }
    }
    return name;
  }
}
