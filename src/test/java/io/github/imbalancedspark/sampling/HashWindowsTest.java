package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.sampling.ClassHashes.Boundary;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where ranks of hashes lie, against the sorted hashes themselves. */
class HashWindowsTest {

  private static final int ROWS = 30_000;

  /** Three classes of 1, 9,999 and 20,000 rows, whose hash is that of {@code key}. */
  private static Dataset<Row> rows(String key) {
    return SparkSessions.shared()
        .range(0, ROWS, 1, 3)
        .withColumn("label", expr("if(id = 0, 2, int(id % 3 = 0))"))
        .withColumn("hash", expr("xxhash64(" + key + ")"));
  }

  /** A few distinct keys make boundaries with many ties, outside the windows too. */
  @ParameterizedTest
  @ValueSource(strings = {"id", "id % 1000", "id % 7", "1"})
  void boundariesAreThoseOfTheSortedHashes(String key) {
    Dataset<Row> rows = rows(key);
    Map<Object, List<Long>> sorted = new HashMap<>();
    rows.select("label", "hash")
        .sort("hash")
        .collectAsList()
        .forEach(
            row -> sorted.computeIfAbsent(row.get(0), c -> new ArrayList<>()).add(row.getLong(1)));
    Map<Object, long[]> several =
        Map.of(
            0, new long[] {1, 2, 500, 10_000, 19_999, 20_000},
            1, new long[] {9_990, 9_999});
    Map<Object, long[]> low = Map.of(0, new long[] {37}, 2, new long[] {1});
    Map<Object, long[]> high = Map.of(0, new long[] {19_930}, 1, new long[] {9_000});

    for (Map<Object, long[]> ranks : List.of(several, low, high)) {
      Map<Object, List<Boundary>> expected = new HashMap<>();
      ranks.forEach(
          (c, of) ->
              expected.put(
                  c, LongStream.of(of).mapToObj(rank -> boundary(sorted.get(c), rank)).toList()));
      assertThat(ClassHashes.count(rows, "label", functions.col("hash")).boundaries(ranks))
          .isEqualTo(expected);
    }
  }

  private static Boundary boundary(List<Long> sorted, long rank) {
    long hash = sorted.get((int) rank - 1);
    long before = sorted.stream().filter(other -> other < hash).count();
    return new Boundary(hash, before, sorted.stream().filter(other -> other == hash).count());
  }

  @Test
  void onlyTheSideWithFewerHashesIsRead() {
    HashRange low = HashRange.around(100, 10_000);
    HashRange high = HashRange.around(9_900, 10_000);

    assertThat(HashWindows.toRead(List.of(low)))
        .isEqualTo(new HashRange(Long.MIN_VALUE, low.last()));
    assertThat(HashWindows.toRead(List.of(high)))
        .isEqualTo(new HashRange(high.first(), Long.MAX_VALUE));
    assertThat(HashWindows.toRead(List.of()).contains(0)).isFalse();
  }
}
