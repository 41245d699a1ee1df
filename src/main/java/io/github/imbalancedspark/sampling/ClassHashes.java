package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Where, in the order of a row hash, a class's first k rows end. The labels are counted first; then
 * one pass looks closely at the hashes around k/n of their range, where the k-th of n lies. Only
 * where it does not, as many rows share a hash, one more pass finds out where it lies, and another
 * looks there.
 */
final class ClassHashes {

  /** The place of the hash beside the label. */
  private static final int HASH_AT = 1;

  private final Dataset<?> rows;
  private final String labelCol;
  private final Column hash;
  private final SortedMap<Object, Long> counts;

  private ClassHashes(
      Dataset<?> rows, String labelCol, Column hash, SortedMap<Object, Long> counts) {
    this.rows = rows;
    this.labelCol = labelCol;
    this.hash = hash;
    this.counts = counts;
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
   * Counts the rows, in one pass over the label column.
   *
   * @throws IllegalArgumentException as {@link LabelCounts#of} does
   */
  static ClassHashes count(Dataset<?> rows, String labelCol, Column hash) {
    return new ClassHashes(rows, labelCol, hash, LabelCounts.of(rows, labelCol));
  }

  /** Returns class → number of rows, classes ascending. */
  SortedMap<Object, Long> counts() {
    return counts;
  }

  /**
   * Returns, for each class, the boundary of each of its ranks, as a rule in one pass over labels
   * and hashes.
   *
   * @param ranks class → ranks, each from 1 to the number of rows of the class
   */
  Map<Object, List<Boundary>> boundaries(Map<Object, long[]> ranks) {
    if (ranks.isEmpty()) {
      return Map.of();
    }
    Map<Object, List<Boundary>> found =
        find(ranks, (c, rank) -> HashRange.around(rank, counts.get(c)));
    Map<Object, long[]> missed = new HashMap<>(ranks);
    missed.keySet().removeIf(c -> !found.get(c).contains(null));
    if (!missed.isEmpty()) {
      SortedMap<Object, HashBuckets> buckets =
          ClassPass.ofSome(hashes(rows), labelCol, c -> new HashBuckets(HASH_AT));
      found.putAll(find(missed, (c, rank) -> bucket(buckets.get(c), rank)));
    }
    if (found.values().stream().anyMatch(boundaries -> boundaries.contains(null))) {
      throw changed();
    }
    return found;
  }

  private static HashRange bucket(HashBuckets buckets, long rank) {
    HashRange range = buckets == null ? null : buckets.of(rank);
    if (range == null) {
      throw changed();
    }
    return range;
  }

  /** Looks for each rank's boundary in a window, and puts null where it is elsewhere. */
  private Map<Object, List<Boundary>> find(
      Map<Object, long[]> ranks, BiFunction<Object, Long, HashRange> window) {
    Map<Object, List<HashRange>> windows = new HashMap<>();
    SortedMap<Object, HashRange> toRead = new TreeMap<>();
    for (Object c : counts.keySet()) {
      List<HashRange> ranges =
          LongStream.of(ranks.getOrDefault(c, new long[0]))
              .mapToObj(rank -> window.apply(c, rank))
              .toList();
      windows.put(c, ranges);
      toRead.put(c, HashWindows.toRead(ranges));
    }
    Column isRead =
        hash.geq(PerClass.column(labelCol, toRead, range -> functions.lit(range.first())))
            .and(hash.leq(PerClass.column(labelCol, toRead, range -> functions.lit(range.last()))));
    SortedMap<Object, Long> all = new TreeMap<>(counts);
    ClassPass.Factory<HashWindows> factory =
        c -> new HashWindows(HASH_AT, windows.getOrDefault(c, List.of()), all.getOrDefault(c, 0L));
    SortedMap<Object, HashWindows> tallies =
        ClassPass.ofSome(hashes(rows.filter(isRead)), labelCol, factory);
    Map<Object, List<Boundary>> found = new HashMap<>();
    ranks.forEach(
        (c, wanted) -> {
          HashWindows tally = tallies.containsKey(c) ? tallies.get(c) : factory.of(c);
          found.put(
              c,
              IntStream.range(0, wanted.length)
                  .mapToObj(i -> tally.find(wanted[i], i))
                  .collect(Collectors.toList())); // which may hold null
        });
    return found;
  }

  private Dataset<Row> hashes(Dataset<?> some) {
    return some.select(Columns.named(labelCol), hash.as("hash of a row"));
  }

  static IllegalStateException changed() {
    return new IllegalStateException(
        "the rows changed while they were being counted: a column of the data, or its source, is"
            + " not deterministic; cache or save the data first");
  }
}
