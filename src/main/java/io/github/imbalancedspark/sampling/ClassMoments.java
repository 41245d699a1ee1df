package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.InternalRows;
import io.github.imbalancedspark.internal.VectorRow;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;

/** What one pass over labels and features tells: class counts, and the features' deviations. */
final class ClassMoments implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MERGE_DEPTH = 2;

  private final TreeMap<Object, Long> counts = new TreeMap<>();
  private String problem;
  private long rows;
  private double[] means;
  private double[] squares;

  /**
   * Makes the pass.
   *
   * @throws IllegalArgumentException if there are no rows, if a label is null or NaN, or if a
   *     vector is null or of another size than the first
   */
  static ClassMoments of(Dataset<?> dataset, String labelCol, String featuresCol) {
    JavaRDD<InternalRow> rows =
        InternalRows.of(
            dataset.select(Columns.named(labelCol).cast("double"), Columns.named(featuresCol)));
    if (rows.getNumPartitions() == 0) {
      return new ClassMoments().checked();
    }
    return rows.mapPartitions(part -> of(part, labelCol, featuresCol))
        .treeReduce((one, other) -> one.merge(other, featuresCol), MERGE_DEPTH)
        .checked();
  }

  private static Iterator<ClassMoments> of(
      Iterator<InternalRow> rows, String labelCol, String featuresCol) {
    ClassMoments moments = new ClassMoments();
    while (rows.hasNext() && moments.problem == null) {
      moments.add(rows.next(), labelCol, featuresCol);
    }
    return List.of(moments).iterator();
  }

  private void add(InternalRow row, String labelCol, String featuresCol) {
    Double label = row.isNullAt(0) ? null : (Double) row.getDouble(0);
    if (!LabelCounts.isUsable(label)) {
      problem = LabelCounts.unusable(labelCol, label);
    } else if (row.isNullAt(1)) {
      problem =
          String.format(
              "featuresCol: column '%s' holds null; assemble a vector for every row or drop the row",
              featuresCol);
    } else {
      double[] values = dense(VectorRow.at(row, 1));
      if (means == null) {
        means = new double[values.length];
        squares = new double[values.length];
      }
      if (means.length != values.length) {
        problem = sizesDiffer(featuresCol, values.length);
        return;
      }
      counts.merge(label + 0.0, 1L, Long::sum); // + 0.0: −0 is 0
      rows++;
      double share = 1.0 / rows;
      for (int j = 0; j < values.length; j++) {
        double delta = values[j] - means[j];
        means[j] += delta * share;
        squares[j] += delta * (values[j] - means[j]);
      }
    }
  }

  private static double[] dense(VectorRow vector) {
    double[] stored = vector.values().toDoubleArray();
    if (vector.isDense()) {
      return stored;
    }
    double[] values = new double[vector.size()];
    int[] at = vector.indices().toIntArray();
    for (int k = 0; k < at.length; k++) {
      values[at[k]] = stored[k];
    }
    return values;
  }

  private ClassMoments merge(ClassMoments that, String featuresCol) {
    if (problem != null || that.means == null) {
      problem = problem != null ? problem : that.problem;
      return this;
    }
    if (means == null || that.problem != null) {
      return that;
    }
    if (means.length != that.means.length) {
      problem = sizesDiffer(featuresCol, that.means.length);
      return this;
    }
    that.counts.forEach((c, n) -> counts.merge(c, n, Long::sum));
    double share = (double) that.rows / (rows + that.rows);
    for (int j = 0; j < means.length; j++) {
      double delta = that.means[j] - means[j];
      means[j] += delta * share;
      squares[j] += that.squares[j] + delta * delta * share * rows;
    }
    rows += that.rows;
    return this;
  }

  private String sizesDiffer(String featuresCol, int other) {
    return String.format(
        "featuresCol: column '%s' holds vectors of %d and of %d features; all must be of one size",
        featuresCol, Math.min(means.length, other), Math.max(means.length, other));
  }

  private ClassMoments checked() {
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    if (counts.isEmpty()) {
      throw new IllegalArgumentException(
          "the data has no rows: check the input path and its filters");
    }
    return this;
  }

  /** Returns class → number of rows. */
  SortedMap<Object, Long> counts() {
    return counts;
  }

  /** Returns the features' standard deviations over all rows, unbiased. */
  double[] deviations() {
    double[] deviations = new double[squares.length];
    for (int j = 0; j < deviations.length; j++) {
      deviations[j] = rows > 1 ? Math.sqrt(squares[j] / (rows - 1)) : 0;
    }
    return deviations;
  }
}
