package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Shares;
import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Divides whole groups of rows. The groups that hold the rarest class are divided first, in the
 * order of their hash, such that each part gets its share of the rarest class; then, of the others,
 * those with the second rarest, such that each part's share of that class comes out right together
 * with what it has already; and so on. So each class is off by about one group a boundary.
 *
 * @param hash the groups' hash
 * @param rare one row a group that holds a class rarer than the commonest: its hash, and the rank
 *     of its rarest class, 0 the rarest
 * @param lastHashes for each rank of a rarest class the largest hash of each part but the last
 */
record GroupParts(
    Column hash, Dataset<Row> rare, List<long[]> lastHashes, List<SortedMap<Object, Long>> counts)
    implements Parts {

  private static final String HASH = "hash of the group";
  private static final String RANK = "rank of the group";
  private static final int BUCKET_SHIFT = 52;

  static GroupParts of(
      Dataset<Row> rows, String labelCol, String groupCol, Column hash, double[] shares) {
    if (!rows.filter(Columns.named(groupCol).isNull()).isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "groupCol: column '%s' holds null; name a group for every row or drop the row",
              groupCol));
    }
    SortedMap<Object, Long> totals = LabelCounts.of(rows, labelCol);
    List<Object> classes = new ArrayList<>(totals.keySet());
    classes.sort(Comparator.comparing((Object c) -> totals.get(c))); // rarest first; stable
    Dataset<Row> ranked = ranked(rows, labelCol, hash, classes);
    Dataset<Row> groups = groups(ranked, classes.size());
    groups.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Division division = new Division(groups, classes.size(), shares.length);
      List<long[]> lastHashes = new ArrayList<>();
      for (int rank = 0; rank < classes.size(); rank++) {
        lastHashes.add(division.divide(rank, Shares.ends(totals.get(classes.get(rank)), shares)));
      }
      return new GroupParts(
          hash, rare(ranked, classes.size()), lastHashes, division.counts(classes, totals));
    } finally {
      groups.unpersist();
    }
  }

  /** Returns for each row the hash of its group and the rank of its class, 0 the rarest. */
  private static Dataset<Row> ranked(
      Dataset<Row> rows, String labelCol, Column hash, List<Object> classes) {
    int commonest = classes.size() - 1;
    Column rank = functions.lit(commonest);
    for (int k = 0; k < commonest; k++) {
      rank = functions.when(Columns.named(labelCol).equalTo(classes.get(k)), k).otherwise(rank);
    }
    return rows.select(hash.as(HASH), rank.as("rank"));
  }

  private static Dataset<Row> groups(Dataset<Row> ranked, int classes) {
    Column[] sums = new Column[classes];
    for (int k = 0; k < classes; k++) {
      sums[k] = functions.count(functions.when(functions.col("rank").equalTo(k), 1)).as("rows" + k);
    }
    return ranked.groupBy(HASH).agg(functions.min("rank").as(RANK), sums);
  }

  /** From the rarer classes' rows alone, so that groups of the commonest are not shuffled. */
  private static Dataset<Row> rare(Dataset<Row> ranked, int classes) {
    return ranked
        .filter(functions.col("rank").lt(classes - 1))
        .groupBy(HASH)
        .agg(functions.min("rank").as(RANK));
  }

  @Override
  public Dataset<Row> number(Dataset<Row> rows, String partCol) {
    int commonest = lastHashes.size() - 1;
    Column rank = functions.coalesce(functions.col(RANK), functions.lit(commonest));
    Column part = ClassParts.partOf(functions.col(HASH + partCol), lastHashes.get(commonest));
    for (int k = 0; k < commonest; k++) {
      part =
          functions
              .when(
                  rank.equalTo(k),
                  ClassParts.partOf(functions.col(HASH + partCol), lastHashes.get(k)))
              .otherwise(part);
    }
    return rows.withColumn(HASH + partCol, hash)
        .join(rare, functions.col(HASH + partCol).equalTo(functions.col(HASH)), "left")
        .withColumn(partCol, part)
        .drop(HASH, RANK, HASH + partCol);
  }

  /** The division as it proceeds from the rarest class on. */
  private static final class Division {

    private final Dataset<Row> groups;
    private final int classes;
    private final List<SortedMap<Long, long[]>> buckets = new ArrayList<>();
    private final long[][] upTo; // part → class → rows given so far to it and the parts before

    Division(Dataset<Row> groups, int classes, int parts) {
      this.groups = groups;
      this.classes = classes;
      this.upTo = new long[parts - 1][classes];
      Column[] sums = new Column[classes];
      for (int k = 0; k < classes; k++) {
        sums[k] = functions.sum("rows" + k);
        buckets.add(new TreeMap<>());
      }
      Column bucket = functions.shiftright(functions.col(HASH), BUCKET_SHIFT).as("bucket");
      for (Row cell :
          groups
              .groupBy(functions.col(RANK), bucket)
              .agg(functions.lit(0).as("none"), sums)
              .drop("none")
              .collectAsList()) {
        buckets.get(cell.getInt(0)).put(cell.getLong(1), rowsOf(cell, 2));
      }
    }

    /** Divides the groups of a rank, and returns the largest hash of each part but the last. */
    long[] divide(int rank, long[] ends) {
      long[] last = new long[upTo.length];
      long reached = 0;
      for (int i = 0; i < last.length; i++) {
        long had = upTo[i][rank];
        last[i] = divide(rank, i, Math.max(ends[i] - had, reached));
        reached = upTo[i][rank] - had;
      }
      return last;
    }

    /** Gives the first parts up to {@code part} as near to {@code wanted} rows as can be. */
    private long divide(int rank, int part, long wanted) {
      long[] passed = new long[classes];
      long last = Long.MIN_VALUE;
      for (Map.Entry<Long, long[]> bucket : buckets.get(rank).entrySet()) {
        if (passed[rank] + bucket.getValue()[rank] < wanted) {
          add(passed, bucket.getValue());
          last = ((bucket.getKey() + 1) << BUCKET_SHIFT) - 1;
          continue;
        }
        for (Map.Entry<Long, long[]> group : inBucket(rank, bucket.getKey()).entrySet()) {
          long with = passed[rank] + group.getValue()[rank];
          if (with - wanted > wanted - passed[rank]) {
            break;
          }
          add(passed, group.getValue());
          last = group.getKey();
        }
        break;
      }
      add(upTo[part], passed);
      return last;
    }

    private SortedMap<Long, long[]> inBucket(int rank, long bucket) {
      SortedMap<Long, long[]> found = new TreeMap<>();
      Column here =
          functions
              .col(RANK)
              .equalTo(rank)
              .and(functions.shiftright(functions.col(HASH), BUCKET_SHIFT).equalTo(bucket));
      for (Row group : groups.filter(here).drop(RANK).collectAsList()) {
        found.put(group.getLong(0), rowsOf(group, 1));
      }
      return found;
    }

    private long[] rowsOf(Row row, int from) {
      long[] rows = new long[classes];
      for (int k = 0; k < classes; k++) {
        rows[k] = row.getLong(from + k);
      }
      return rows;
    }

    private static void add(long[] to, long[] rows) {
      for (int k = 0; k < to.length; k++) {
        to[k] += rows[k];
      }
    }

    List<SortedMap<Object, Long>> counts(List<Object> order, SortedMap<Object, Long> totals) {
      List<SortedMap<Object, Long>> counts = new ArrayList<>();
      Map<Object, Long> before = new HashMap<>();
      for (int i = 0; i <= upTo.length; i++) {
        SortedMap<Object, Long> part = new TreeMap<>();
        for (int k = 0; k < classes; k++) {
          Object c = order.get(k);
          long end = i < upTo.length ? upTo[i][k] : totals.get(c);
          part.put(c, end - before.getOrDefault(c, 0L));
          before.put(c, end);
        }
        counts.add(part);
      }
      return counts;
    }
  }
}
