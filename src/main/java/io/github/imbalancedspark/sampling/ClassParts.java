package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Shares;
import io.github.imbalancedspark.sampling.ClassHashes.Boundary;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Divides each class by itself, in the order of a row hash.
 *
 * @param labelCol the label column
 * @param hash the row hash
 * @param lastHashes class → the largest hash of each part but the last
 */
record ClassParts(
    String labelCol,
    Column hash,
    SortedMap<Object, long[]> lastHashes,
    List<SortedMap<Object, Long>> counts)
    implements Parts {

  static ClassParts of(Dataset<Row> rows, String labelCol, Column hash, double[] shares) {
    ClassHashes hashes = ClassHashes.count(rows, labelCol, hash);
    Map<Object, long[]> ends = new HashMap<>();
    hashes
        .counts()
        .forEach((c, n) -> ends.put(c, Arrays.copyOf(Shares.ends(n, shares), shares.length - 1)));
    Map<Object, List<Boundary>> boundaries = hashes.boundaries(firstRanks(ends));
    SortedMap<Object, long[]> lastHashes = new TreeMap<>();
    List<SortedMap<Object, Long>> counts = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      counts.add(new TreeMap<>());
    }
    hashes
        .counts()
        .forEach(
            (c, n) -> {
              long[] last = new long[shares.length - 1];
              long before = 0;
              for (int i = 0; i < last.length; i++) {
                Boundary boundary = boundaries.get(c).get(i);
                boolean taken = boundary.isNearerAfter(ends.get(c)[i]);
                last[i] = taken ? boundary.hash() : boundary.hash() - 1;
                long end = boundary.before() + (taken ? boundary.ties() : 0);
                counts.get(i).put(c, end - before);
                before = end;
              }
              counts.get(last.length).put(c, n - before);
              lastHashes.put(c, last);
            });
    return new ClassParts(labelCol, hash, lastHashes, counts);
  }

  /** A part that gets no row ends before the first one. */
  private static Map<Object, long[]> firstRanks(Map<Object, long[]> ends) {
    Map<Object, long[]> ranks = new HashMap<>();
    ends.forEach((c, last) -> ranks.put(c, Arrays.stream(last).map(i -> Math.max(1, i)).toArray()));
    return ranks;
  }

  @Override
  public Dataset<Row> number(Dataset<Row> rows, String partCol) {
    return rows.withColumn(
        partCol, PerClass.column(labelCol, lastHashes, last -> partOf(hash, last)));
  }

  /** Returns the part of a hash when {@code last} are the largest hashes of all but the last. */
  static Column partOf(Column hash, long[] last) {
    Column part = functions.lit(last.length);
    for (int i = last.length - 1; i >= 0; i--) {
      part = functions.when(hash.leq(last[i]), i).otherwise(part);
    }
    return part;
  }
}
