package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.HashTally.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;

/**
 * Where, in the order of a row hash, a class's first k rows end. The labels are counted first; then
 * one pass looks closely at the hashes around k/n of their range, where the k-th of n lies. Only
 * where it does not, as many rows share a hash, a second pass looks where it was counted to lie.
 */
final class ClassHashes {

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
    Map<Object, List<Range>> expected = new HashMap<>();
    ranks.forEach(
        (c, wanted) ->
            expected.put(
                c, LongStream.of(wanted).mapToObj(r -> Range.around(r, counts.get(c))).toList()));
    SortedMap<Object, HashTally> tallies = tallies(expected);
    Map<Object, List<Range>> counted = new HashMap<>();
    Map<Object, List<Boundary>> found = found(tallies, ranks);
    ranks.forEach(
        (c, wanted) -> {
          if (found.get(c).contains(null)) {
            counted.put(c, LongStream.of(wanted).mapToObj(tallies.get(c)::bucket).toList());
          }
        });
    if (!counted.isEmpty()) {
      Map<Object, long[]> missed = new HashMap<>(ranks);
      missed.keySet().retainAll(counted.keySet());
      found.putAll(found(tallies(counted), missed));
    }
    if (found.values().stream().anyMatch(boundaries -> boundaries.contains(null))) {
      throw changed();
    }
    return found;
  }

  private SortedMap<Object, HashTally> tallies(Map<Object, List<Range>> windows) {
    return ClassPass.of(
        rows.select(Columns.named(labelCol), hash.as("hash of a row")),
        labelCol,
        c -> new HashTally(1, windows.getOrDefault(c, List.of())));
  }

  private static Map<Object, List<Boundary>> found(
      SortedMap<Object, HashTally> tallies, Map<Object, long[]> ranks) {
    Map<Object, List<Boundary>> found = new HashMap<>();
    ranks.forEach(
        (c, wanted) -> {
          if (!tallies.containsKey(c)) {
            throw changed();
          }
          List<Boundary> boundaries = new ArrayList<>();
          for (int i = 0; i < wanted.length; i++) {
            boundaries.add(tallies.get(c).find(wanted[i], i));
          }
          found.put(c, boundaries);
        });
    return found;
  }

  static IllegalStateException changed() {
    return new IllegalStateException(
        "the rows changed while they were being counted: a column of the data, or its source, is"
            + " not deterministic; cache or save the data first");
  }
}
