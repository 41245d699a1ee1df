package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many rows of either class there are.
 *
 * @param negatives rows with label 0
 * @param positives rows with label 1
 */
record ClassCounts(long negatives, long positives) {

  /** Counts the rows of a part. */
  static ClassCounts of(Dataset<Row> rows, String labelCol) {
    Row counts =
        rows.agg(
                functions.count(functions.lit(1)),
                functions.count(functions.when(Columns.named(labelCol).equalTo(1), 1)))
            .head();
    return new ClassCounts(counts.getLong(0) - counts.getLong(1), counts.getLong(1));
  }

  ClassCounts minus(ClassCounts other) {
    return new ClassCounts(negatives - other.negatives, positives - other.positives);
  }

  long rows() {
    return negatives + positives;
  }
}
