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
 * Splits a dataset into parts that hold the same share of every class:
 *
 * <pre>{@code
 * List<Dataset<Row>> parts =
 *     new StratifiedSplit().setLabelCol("fraud").setSeed(7).split(rows, 0.8, 0.2);
 * }</pre>
 *
 * <p>Of the n rows of a class, the first parts up to i together get round(n · (share₀ + … + shareᵢ)
 * / Σ shares), half rounded up. Which rows is decided by a hash, keyed by the seed, of {@code
 * keyCol} or, without one, of all columns: never by the order of rows or their partition. So the
 * parts never overlap and no row is lost, even when rows are computed again for each part, as
 * Spark's {@code randomSplit} does not promise.
 *
 * <p>Rows with the same key (without one: rows equal in all columns) have the same hash and stay
 * together. Counts are exact unless such rows lie across a boundary: they then go to the side that
 * brings the count nearer to the above, if both are equally near to the earlier part.
 *
 * <p>Each part is a lazy filter of the dataset: nothing is shuffled, no row is collected, and all
 * columns stay. Two passes over the label and the hashed columns find the boundaries.
 */
public final class StratifiedSplit {

  private String labelCol = "label";
  private String keyCol;
  private long seed = 42;

  /** Sets the label column: numbers, strings or booleans. Default: {@code label}. */
  public StratifiedSplit setLabelCol(String value) {
    labelCol = value;
    return this;
  }

  /**
   * Sets the column that identifies a row, which is faster to hash than all columns and needed if
   * one of those is a map. Default: null, all columns.
   */
  public StratifiedSplit setKeyCol(String value) {
    keyCol = value;
    return this;
  }

  /** Sets the seed. Default: 42. */
  public StratifiedSplit setSeed(long value) {
    seed = value;
    return this;
  }

  /**
   * Returns the parts of {@code rows}, one a share, in the order of the shares.
   *
   * @param rows deterministic in its columns: without {@code rand()} and the like
   * @param shares two or more, finite and &gt; 0; only their ratios count
   * @throws IllegalArgumentException for other shares, no rows, a label that is null or NaN, a
   *     column that cannot be hashed, and if a part would be left without a row of some class
   */
  public List<Dataset<Row>> split(Dataset<Row> rows, double... shares) {
    LabelCounts.requireType(rows.schema(), labelCol);
    Column hash = RowHash.of(rows.schema(), keyCol, StratifiedSplit.class.getName(), seed);
    SortedMap<Object, long[]> lastHashes = lastHashes(rows, hash, shares);
    List<Dataset<Row>> parts = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      Column after = i == 0 ? null : hash.gt(pick(lastHashes, i - 1));
      Column upTo = i == shares.length - 1 ? null : hash.leq(pick(lastHashes, i));
      parts.add(rows.filter(after == null ? upTo : upTo == null ? after : after.and(upTo)));
    }
    return parts;
  }

  /** Returns, for each class, the largest hash of each part but the last. */
  private SortedMap<Object, long[]> lastHashes(Dataset<Row> rows, Column hash, double[] shares) {
    Shares.ends(0, shares); // before any job, refuses shares that cannot be
    ClassHashes hashes = ClassHashes.count(rows, labelCol, hash);
    Map<Object, long[]> ends = new HashMap<>();
    hashes
        .counts()
        .forEach(
            (c, n) -> {
              long[] all = Shares.ends(n, shares);
              requireRows(c, n, all, shares);
              ends.put(c, Arrays.copyOf(all, all.length - 1));
            });
    Map<Object, List<Boundary>> boundaries = hashes.boundaries(ends);
    SortedMap<Object, long[]> lastHashes = new TreeMap<>();
    hashes
        .counts()
        .forEach(
            (c, n) -> {
              long[] reached = new long[shares.length];
              long[] last = new long[shares.length - 1];
              for (int i = 0; i < last.length; i++) {
                Boundary b = boundaries.get(c).get(i);
                long rank = ends.get(c)[i];
                boolean take = b.before() + b.ties() - rank <= rank - b.before();
                reached[i] = take ? b.before() + b.ties() : b.before();
                last[i] = take ? b.hash() : b.hash() - 1;
              }
              reached[last.length] = n;
              requireRows(c, n, reached, shares);
              lastHashes.put(c, last);
            });
    return lastHashes;
  }

  private void requireRows(Object c, long rows, long[] ends, double[] shares) {
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] == (i == 0 ? 0 : ends[i - 1])) {
        throw new IllegalArgumentException(
            String.format(
                "labelCol: class %s of column '%s' has %d rows, which leaves none for share %s of"
                    + " %s; give fewer or larger shares, or more rows%s",
                c,
                labelCol,
                rows,
                shares[i],
                Arrays.toString(shares),
                keyCol == null
                    ? ""
                    : ", or a keyCol with more distinct values than '" + keyCol + "'"));
      }
    }
  }

  /** Returns a row's entry {@code i} of its class. */
  private Column pick(SortedMap<Object, long[]> ofClasses, int i) {
    return PerClass.column(labelCol, ofClasses, entries -> functions.lit(entries[i]));
  }
}
