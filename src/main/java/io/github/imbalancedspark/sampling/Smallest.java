package io.github.imbalancedspark.sampling;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * The k rows with the smallest keys. A few passes find the k-th smallest key: each counts the rows
 * in 4096 ranges of keys and goes into the one where the k-th falls.
 *
 * @param key the keys, finite doubles
 * @param tieBreaker decides among the rows that have just the k-th key
 * @param last the k-th smallest key
 * @param tied how many of the rows with just that key belong to the k, 0 for all
 */
record Smallest(Column key, Column tieBreaker, double last, long tied) {

  private static final String RANK = "rank among equal keys";
  private static final int RANGES = 4096;
  private static final long FEW_ROWS = RANGES;

  /**
   * Finds the k-th smallest key.
   *
   * @param rows at least {@code k} rows
   */
  static Smallest of(Dataset<Row> rows, Column key, Column tieBreaker, long k) {
    Dataset<Row> range = rows.select(key.as("key"));
    long before = 0;
    long most = Long.MAX_VALUE; // of the rows in the range
    while (true) {
      double low = 0;
      double width = 0;
      if (most > FEW_ROWS) {
        Row ends =
            range.agg(functions.min("key"), functions.max("key"), functions.count("*")).head();
        low = ends.getDouble(0);
        width = (ends.getDouble(1) - low) / RANGES;
        most = ends.getLong(2);
      }
      boolean exact = most <= FEW_ROWS || !(width > 0 && low + width > low);
      Column cell =
          exact
              ? functions.col("key")
              : functions.floor(functions.col("key").minus(low).divide(width)).cast("double");
      TreeMap<Double, Long> cells = new TreeMap<>();
      range
          .groupBy(cell.as("cell"))
          .count()
          .collectAsList()
          .forEach(row -> cells.put(row.getDouble(0), row.getLong(1)));
      Map.Entry<Double, Long> found = cells.firstEntry();
      while (before + found.getValue() < k) {
        before += found.getValue();
        found = cells.higherEntry(found.getKey());
      }
      if (exact) {
        long tied = k - before;
        return new Smallest(key, tieBreaker, found.getKey(), tied == found.getValue() ? 0 : tied);
      }
      range = range.filter(cell.equalTo(found.getKey()));
      most = found.getValue();
    }
  }

  /** Returns the k rows of those that were searched. */
  Dataset<Row> of(Dataset<Row> rows) {
    if (tied == 0) {
      return rows.filter(key.leq(last));
    }
    Dataset<Row> ties =
        rows.filter(key.equalTo(last))
            .withColumn(RANK, functions.row_number().over(Window.orderBy(tieBreaker)));
    return rows.filter(key.lt(last)).union(ties.filter(functions.col(RANK).leq(tied)).drop(RANK));
  }
}
