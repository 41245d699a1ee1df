package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How a row hash is distributed inside each class, and where, in the order of the hash, a class's
 * first k rows end. One pass counts the rows a class and bucket of hashes; a second one looks into
 * those buckets only in which a wanted end lies, 1/4096 of a class each.
 */
final class ClassHashes {

  private static final int SHIFT = BucketCounts.SHIFT;

  private final Dataset<?> rows;
  private final Column label;
  private final Column hash;
  private final SortedMap<Object, Long> counts;
  private final SortedMap<Object, SortedMap<Long, Long>> buckets;

  private ClassHashes(
      Dataset<?> rows,
      Column label,
      Column hash,
      SortedMap<Object, Long> counts,
      SortedMap<Object, SortedMap<Long, Long>> buckets) {
    this.rows = rows;
    this.label = label;
    this.hash = hash;
    this.counts = counts;
    this.buckets = buckets;
  }

  /**
   * The hash at which a rank falls.
   *
   * @param hash the hash of the row of that rank
   * @param before how many rows of the class have a smaller hash
   * @param ties how many have just this hash, at least 1
   */
  record Boundary(long hash, long before, long ties) {

    /**
     * Returns whether {@code rank} is at least as near to the end of the ties as to their start.
     */
    boolean isNearerAfter(long rank) {
      return before + ties - rank <= rank - before;
    }
  }

  /**
   * Counts the rows, in one pass.
   *
   * @throws IllegalArgumentException as {@link BucketCounts#of} does
   */
  static ClassHashes count(Dataset<?> rows, String labelCol, Column hash) {
    SortedMap<Object, SortedMap<Long, Long>> buckets = BucketCounts.of(rows, labelCol, hash);
    SortedMap<Object, Long> counts = new TreeMap<>();
    buckets.forEach((c, cells) -> counts.put(c, cells.values().stream().mapToLong(n -> n).sum()));
    return new ClassHashes(rows, Columns.named(labelCol), hash, counts, buckets);
  }

  /** Returns class → number of rows, classes ascending. */
  SortedMap<Object, Long> counts() {
    return counts;
  }

  /**
   * Returns, for each class, the boundary of each of its ranks, in one pass over the rows.
   *
   * @param ranks class → ranks, each from 1 to the number of rows of the class
   */
  Map<Object, List<Boundary>> boundaries(Map<Object, long[]> ranks) {
    Map<Object, SortedMap<Long, Long>> hashes = hashesAround(ranks);
    Map<Object, List<Boundary>> boundaries = new HashMap<>();
    ranks.forEach(
        (c, wanted) -> {
          List<Boundary> found = new ArrayList<>();
          for (long rank : wanted) {
            Boundary bucket = find(buckets.get(c), rank, 0);
            SortedMap<Long, Long> inBucket =
                hashes.getOrDefault(c, new TreeMap<>()).tailMap(bucket.hash << SHIFT);
            found.add(find(inBucket, rank, bucket.before));
          }
          boundaries.put(c, found);
        });
    return boundaries;
  }

  /** Returns class → hash → number of rows, for the hashes in the buckets of the ranks. */
  private Map<Object, SortedMap<Long, Long>> hashesAround(Map<Object, long[]> ranks) {
    Column near = functions.lit(false);
    for (Map.Entry<Object, long[]> entry : ranks.entrySet()) {
      List<Long> wanted = new ArrayList<>();
      for (long rank : entry.getValue()) {
        wanted.add(find(buckets.get(entry.getKey()), rank, 0).hash);
      }
      near =
          near.or(
              label
                  .equalTo(functions.lit(entry.getKey()))
                  .and(functions.shiftright(hash, SHIFT).isin(wanted.toArray())));
    }
    Map<Object, SortedMap<Long, Long>> hashes = new HashMap<>();
    for (Row cell :
        rows.filter(near)
            .select(label.as("class"), hash.as("hash"))
            .groupBy("class", "hash")
            .count()
            .collectAsList()) {
      hashes
          .computeIfAbsent(cell.get(0), c -> new TreeMap<>())
          .put(cell.getLong(1), cell.getLong(2));
    }
    return hashes;
  }

  /** Returns in which cell a rank falls when {@code before} rows come before all cells. */
  private static Boundary find(SortedMap<Long, Long> cells, long rank, long before) {
    long passed = before;
    for (Map.Entry<Long, Long> cell : cells.entrySet()) {
      if (passed + cell.getValue() >= rank) {
        return new Boundary(cell.getKey(), passed, cell.getValue());
      }
      passed += cell.getValue();
    }
    throw new IllegalStateException(
        "the rows changed while they were being counted: a column of the data, or its source, is"
            + " not deterministic; cache or save the data first");
  }
}
