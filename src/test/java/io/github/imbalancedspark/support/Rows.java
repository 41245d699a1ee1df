package io.github.imbalancedspark.support;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Small data sets and what they hold, for tests that count rows. */
public final class Rows {

  private Rows() {}

  /** Returns 1000 rows, ids 0 to 999, in 3 partitions; every tenth is positive. */
  public static Dataset<Row> thousand() {
    return SparkSessions.shared()
        .range(0, 1000, 1, 3)
        .withColumn("label", when(col("id").mod(10).equalTo(0), 1.0).otherwise(0.0));
  }

  /** Returns label → number of rows. */
  public static Map<Object, Long> counts(Dataset<Row> rows) {
    Map<Object, Long> counts = new HashMap<>();
    rows.groupBy("label").count().collectAsList().forEach(r -> counts.put(r.get(0), r.getLong(1)));
    return counts;
  }

  /**
   * Returns the ids.
   *
   * @throws AssertionError if one is there twice
   */
  public static Set<Long> ids(Dataset<Row> rows) {
    Set<Long> ids = new HashSet<>();
    List<Row> collected = rows.select("id").collectAsList();
    collected.forEach(
        r -> {
          if (!ids.add(r.getLong(0))) {
            throw new AssertionError("id " + r.getLong(0) + " is there twice");
          }
        });
    return ids;
  }
}
