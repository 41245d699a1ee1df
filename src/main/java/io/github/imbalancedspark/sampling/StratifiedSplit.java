package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Shares;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * <p>With a {@code groupCol} the rows of a group stay together. The groups that hold the rarest
 * class are divided by its rows, then those that hold the second rarest but not the rarest, and so
 * on, which leaves each class about one group away from its share.
 *
 * <p>With a {@code timeCol} no row of a part is older than any of the part before, and rows of one
 * time stay together. A part ends at the time at which, of all classes, the one farthest from its
 * share is nearest to it.
 *
 * <p>Each part is a lazy filter of the dataset: no row is collected, and all columns stay. To read
 * it nothing is shuffled but, with a {@code groupCol}, the groups that hold a class rarer than the
 * commonest, and if those are too many to broadcast, the rows. Two passes over the label and the
 * hashed columns find the boundaries; with groups or times a few more, and all groups are shuffled
 * once.
 */
public final class StratifiedSplit {

  private static final Logger LOG = LoggerFactory.getLogger(StratifiedSplit.class);
  private static final String PART = "part of StratifiedSplit";

  private String labelCol = "label";
  private String keyCol;
  private String groupCol;
  private String timeCol;
  private long seed = 42;

  /** Sets the label column: numbers, strings or booleans. Default: {@code label}. */
  public StratifiedSplit setLabelCol(String value) {
    labelCol = value;
    return this;
  }

  /**
   * Sets the column that identifies a row, which is faster to hash than all columns and needed if
   * one of those is a map. A row without a key is an error. Default: null, all columns.
   */
  public StratifiedSplit setKeyCol(String value) {
    keyCol = value;
    return this;
  }

  /** Sets the column that says to which group a row belongs. Default: null, no groups. */
  public StratifiedSplit setGroupCol(String value) {
    groupCol = value;
    return this;
  }

  /**
   * Sets the column that says when a row happened: a date, a timestamp or a number, compared as a
   * double. Default: null, no times.
   */
  public StratifiedSplit setTimeCol(String value) {
    timeCol = value;
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
   *     group that is null, a time that is null, NaN or infinite, a column that cannot be hashed,
   *     and if a part would be left without a row of some class
   */
  public List<Dataset<Row>> split(Dataset<Row> rows, double... shares) {
    return plan(rows, shares).parts();
  }

  /** Returns what {@link #split} returns, with the number of rows of each class in each part. */
  public SplitPlan plan(Dataset<Row> rows, double... shares) {
    Parts decided = parts(rows, shares);
    Dataset<Row> numbered = decided.number(rows, PART);
    List<Dataset<Row>> parts = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      parts.add(numbered.filter(functions.col(PART).equalTo(i)).drop(PART));
    }
    double deviation = SplitPlan.largestDeviation(decided.counts(), shares);
    LOG.info(
        "split into parts of {} (class=rows); shares are met to {}",
        decided.counts(),
        String.format(Locale.ROOT, "%.1e", deviation));
    return new SplitPlan(parts, decided.counts(), deviation);
  }

  /** Decides about each row, and checks that every part has every class. */
  Parts parts(Dataset<Row> rows, double... shares) {
    Shares.ends(0, shares); // before any job, refuses shares that cannot be
    StructType schema = rows.schema();
    LabelCounts.requireType(schema, labelCol);
    String purpose = StratifiedSplit.class.getName();
    if (groupCol != null && timeCol != null) {
      throw new IllegalArgumentException(
          String.format(
              Terms.of("groupCol: is '%s', and timeCol is '%s'; set only one of them"),
              groupCol,
              timeCol));
    }
    if (groupCol != null) {
      Column hash = RowHash.of(schema, groupCol, "groupCol", purpose, seed);
      Parts parts = GroupParts.of(rows, labelCol, groupCol, hash, shares);
      parts.requireEveryClass(
          labelCol, shares, Terms.of("groupCol with smaller groups than '") + groupCol + "'");
      return parts;
    }
    if (timeCol != null) {
      Parts parts = TimeParts.of(rows, labelCol, timeCol, shares);
      parts.requireEveryClass(
          labelCol, shares, Terms.of("timeCol with finer times than '") + timeCol + "'");
      return parts;
    }
    Column hash = RowHash.of(schema, keyCol, "keyCol", purpose, seed);
    Parts parts = ClassParts.of(rows, labelCol, hash, shares);
    parts.requireEveryClass(
        labelCol,
        shares,
        keyCol == null ? null : Terms.of("keyCol with more distinct values than '") + keyCol + "'");
    return parts;
  }
}
