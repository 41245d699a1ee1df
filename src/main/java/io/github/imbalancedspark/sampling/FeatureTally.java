package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Deviations;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.ExternalRows;
import io.github.imbalancedspark.internal.VectorRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The deviations of a class's features, and its rows if they are wanted. */
final class FeatureTally implements ClassPass.Tally<FeatureTally> {

  private static final long serialVersionUID = 1L;

  private final String featuresCol;
  private final int featuresAt;
  private final List<Row> rows = new ArrayList<>();
  private final transient ExternalRows.Converter converter; // null where rows are not wanted
  private transient double[] values;
  private Deviations deviations;
  private String problem;

  private FeatureTally(StructType schema, String featuresCol, ExternalRows.Converter converter) {
    this.featuresCol = featuresCol;
    featuresAt = schema.fieldIndex(featuresCol);
    this.converter = converter;
  }

  /**
   * What a pass over all rows finds.
   *
   * @param deviations the features' standard deviations over all rows, unbiased
   * @param rows class → its rows, of the classes that were to be gathered
   */
  record Found(double[] deviations, SortedMap<Object, List<Row>> rows) {}

  /**
   * Makes the pass.
   *
   * @param gathered the classes whose rows to gather
   * @throws IllegalArgumentException as {@link ClassPass#of} does, and if a vector is null or of
   *     another size than the first
   */
  static Found find(Dataset<Row> all, String labelCol, String featuresCol, Set<Object> gathered) {
    Dataset<Row> read =
        gathered.isEmpty() ? all.select(Columns.named(labelCol), Columns.named(featuresCol)) : all;
    StructType schema = read.schema();
    Set<Object> classes = Set.copyOf(gathered);
    ExternalRows.Converter converter = ExternalRows.of(schema);
    SortedMap<Object, FeatureTally> tallies =
        ClassPass.of(
            read,
            labelCol,
            c -> new FeatureTally(schema, featuresCol, classes.contains(c) ? converter : null));
    SortedMap<Object, List<Row>> rows = new TreeMap<>();
    tallies.forEach(
        (c, tally) -> {
          if (classes.contains(c)) {
            rows.put(c, List.copyOf(tally.rows)); // the sum below takes them all
          }
        });
    FeatureTally sum = tallies.values().stream().reduce(FeatureTally::merge).orElseThrow();
    if (sum.problem != null) {
      throw new IllegalArgumentException(sum.problem);
    }
    return new Found(sum.deviations.standard(), rows);
  }

  @Override
  public void add(InternalRow row) {
    if (row.isNullAt(featuresAt)) {
      problem =
          String.format(
              "featuresCol: column '%s' holds null; assemble a vector for every row or drop the row",
              featuresCol);
      return;
    }
    read(VectorRow.at(row, featuresAt));
    if (deviations == null) {
      deviations = new Deviations(values.length);
    }
    if (deviations.features() != values.length) {
      problem = sizesDiffer(values.length);
      return;
    }
    deviations.add(values);
    if (converter != null) {
      rows.add(converter.apply(row));
    }
  }

  /** Reads a vector, sparse or dense, into {@link #values}. */
  private void read(VectorRow vector) {
    if (vector.isDense()) {
      values = vector.values().toDoubleArray();
      return;
    }
    if (values == null || values.length != vector.size()) {
      values = new double[vector.size()];
    }
    Arrays.fill(values, 0);
    int[] at = vector.indices().toIntArray();
    double[] stored = vector.values().toDoubleArray();
    for (int k = 0; k < at.length; k++) {
      values[at[k]] = stored[k];
    }
  }

  @Override
  public FeatureTally merge(FeatureTally that) {
    problem = problem == null ? that.problem : problem;
    if (problem != null || that.deviations == null) {
      return this;
    }
    if (deviations == null) {
      return that;
    }
    if (deviations.features() != that.deviations.features()) {
      problem = sizesDiffer(that.deviations.features());
      return this;
    }
    deviations.merge(that.deviations);
    rows.addAll(that.rows);
    return this;
  }

  @Override
  public String problem() {
    return problem;
  }

  private String sizesDiffer(int other) {
    return String.format(
        "featuresCol: column '%s' holds vectors of %d and of %d features; all must be of one size",
        featuresCol,
        Math.min(deviations.features(), other),
        Math.max(deviations.features(), other));
  }
}
