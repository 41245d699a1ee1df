package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What one pass over labels and features tells.
 *
 * @param counts class → number of rows
 * @param deviations the features' standard deviations over all rows, unbiased
 */
record ClassMoments(SortedMap<Object, Long> counts, double[] deviations) {

  /**
   * Makes the pass.
   *
   * @throws IllegalArgumentException if there are no rows, or a label or a vector is null
   */
  static ClassMoments of(Dataset<?> rows, String labelCol, String featuresCol) {
    List<Row> cells = cells(rows, labelCol, featuresCol);
    SortedMap<Object, Long> counts = LabelCounts.of(cells, 1, labelCol);
    List<Part> parts = new ArrayList<>();
    for (Row cell : cells) {
      parts.add(
          new Part(
              cell.getLong(1), ((Vector) cell.get(2)).toArray(), ((Vector) cell.get(3)).toArray()));
    }
    return new ClassMoments(counts, deviations(parts));
  }

  private static List<Row> cells(Dataset<?> rows, String labelCol, String featuresCol) {
    Column features = Columns.named(featuresCol);
    try {
      return rows.groupBy(Columns.named(labelCol).as("class"))
          .agg(
              functions.count(functions.lit(1)).as("rows"),
              Summarizer.metrics("mean", "variance").summary(features).as("moments"))
          .select("class", "rows", "moments.mean", "moments.variance")
          .collectAsList();
    } catch (Exception e) { // Scala throws checked ones too; none says that a vector is null
      if (rows.filter(features.isNull()).isEmpty()) {
        throw e;
      }
      throw new IllegalArgumentException(
          String.format(
              "featuresCol: column '%s' holds null; assemble a vector for every row or drop the row",
              featuresCol),
          e);
    }
  }

  private record Part(double rows, double[] means, double[] variances) {}

  private static double[] deviations(List<Part> parts) {
    double rows = parts.stream().mapToDouble(Part::rows).sum();
    double[] deviations = new double[parts.get(0).means.length];
    for (int k = 0; k < deviations.length; k++) {
      int j = k;
      double mean = parts.stream().mapToDouble(p -> p.rows / rows * p.means[j]).sum();
      double squares =
          parts.stream()
              .mapToDouble(
                  p ->
                      (p.rows - 1) * p.variances[j]
                          + p.rows * (p.means[j] - mean) * (p.means[j] - mean))
              .sum();
      deviations[j] = rows > 1 ? Math.sqrt(squares / (rows - 1)) : 0;
    }
    return deviations;
  }
}
