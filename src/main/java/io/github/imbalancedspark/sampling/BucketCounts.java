package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.InternalRows;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Counts rows by class and by the first bits of a hash: one array a class, which is several times
 * as fast as a grouping by two columns.
 */
final class BucketCounts implements Serializable {

  static final int BUCKETS = 4096;

  /** How far to shift a hash right, with its sign, for its bucket, from −BUCKETS/2 on. */
  static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS);

  private static final long serialVersionUID = 1L;
  private static final int MERGE_DEPTH = 2;

  private final Map<Object, long[]> counts = new HashMap<>();
  private String problem;

  /**
   * Returns class → bucket → number of rows, both ascending, no bucket empty.
   *
   * @throws IllegalArgumentException if there are no rows, if a label is null or NaN, or if there
   *     are too many classes
   */
  static SortedMap<Object, SortedMap<Long, Long>> of(
      Dataset<?> dataset, String labelCol, Column hash) {
    DataType type = dataset.schema().apply(labelCol).dataType();
    JavaRDD<InternalRow> rows = InternalRows.of(dataset.select(Columns.named(labelCol), hash));
    BucketCounts counted =
        rows.getNumPartitions() == 0
            ? new BucketCounts()
            : rows.mapPartitions(part -> of(part, labelCol, type))
                .treeReduce(BucketCounts::merge, MERGE_DEPTH);
    if (counted.problem != null) {
      throw new IllegalArgumentException(counted.problem);
    }
    LabelCounts.requireClasses(counted.counts.size(), labelCol);
    SortedMap<Object, SortedMap<Long, Long>> buckets = new TreeMap<>();
    counted.counts.forEach((label, array) -> buckets.put(external(label), cells(array)));
    return buckets;
  }

  private static Iterator<BucketCounts> of(
      Iterator<InternalRow> rows, String labelCol, DataType type) {
    BucketCounts counted = new BucketCounts();
    Object last = null;
    long[] ofLast = null;
    while (rows.hasNext() && counted.problem == null) {
      InternalRow row = rows.next();
      Object label = row.isNullAt(0) ? null : row.get(0, type);
      if (ofLast == null || !last.equals(label)) {
        if (!LabelCounts.isUsable(label)) {
          counted.problem = LabelCounts.unusable(labelCol, label);
          break;
        }
        last = label instanceof UTF8String text ? text.clone() : unsigned(label);
        ofLast = counted.counts.computeIfAbsent(last, c -> new long[BUCKETS]);
        if (counted.counts.size() > LabelCounts.MOST_CLASSES) {
          counted.problem = LabelCounts.tooMany(labelCol);
        }
      }
      ofLast[(int) (row.getLong(1) >> SHIFT) + BUCKETS / 2]++;
    }
    return List.of(counted).iterator();
  }

  /** Makes one class of 0 and −0, as Spark does. */
  private static Object unsigned(Object label) {
    if (label instanceof Double number) {
      return number + 0.0;
    }
    return label instanceof Float number ? (Object) (number + 0.0f) : label;
  }

  private BucketCounts merge(BucketCounts that) {
    problem = problem == null ? that.problem : problem;
    that.counts.forEach(
        (label, more) ->
            counts.merge(
                label,
                more,
                (sum, added) -> {
                  for (int i = 0; i < BUCKETS; i++) {
                    sum[i] += added[i];
                  }
                  return sum;
                }));
    return this;
  }

  private static Object external(Object label) {
    if (label instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal();
    }
    return label instanceof UTF8String text ? text.toString() : label;
  }

  private static SortedMap<Long, Long> cells(long[] array) {
    SortedMap<Long, Long> cells = new TreeMap<>();
    for (int i = 0; i < BUCKETS; i++) {
      if (array[i] > 0) {
        cells.put((long) i - BUCKETS / 2, array[i]);
      }
    }
    return cells;
  }
}
