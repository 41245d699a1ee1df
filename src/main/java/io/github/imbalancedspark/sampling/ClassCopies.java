package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.sampling.ClassHashes.Boundary;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * How many copies of each row: within a class {@code many} of the rows that come first in the order
 * of their hashes, {@code few} of the others.
 *
 * @param labelCol the label column
 * @param hash the row hash
 * @param tieBreaker a second hash, for the rows that share the last hash with many copies
 * @param cuts class → where the rows with many copies end
 */
record ClassCopies(
    String labelCol, Column hash, Column tieBreaker, SortedMap<Object, ClassCopies.Cut> cuts)
    implements Resampling {

  private static final String RANK = "rank among equal hashes";
  private static final String COPY = "copy of a row";

  /**
   * A class's cut: many copies of the rows with a hash up to {@code last}, but if {@code tied} &gt;
   * 0 only of {@code tied} of those with just that hash; few copies of the others.
   */
  record Cut(long last, long tied, int many, int few) {

    /** Returns the cut after {@code rank} rows, which are copied once more than the others. */
    static Cut at(Boundary boundary, long rank, int copies) {
      long tied = rank - boundary.before();
      return new Cut(boundary.hash(), tied == boundary.ties() ? 0 : tied, copies + 1, copies);
    }

    /** Returns the cut by which a row is copied once more with a probability, in (0, 1). */
    static Cut atShare(double share, int copies) {
      return new Cut((long) ((share - 0.5) * 0x1p64), 0, copies + 1, copies);
    }

    /** Returns the cut that makes as many copies of every row. */
    static Cut everywhere(int copies) {
      return new Cut(Long.MAX_VALUE, 0, copies, copies);
    }
  }

  @Override
  public Dataset<Row> of(Dataset<?> rows) {
    return cuts.values().stream().allMatch(cut -> cut.many <= 1)
        ? spread(rows.toDF(), (some, copies) -> some.filter(copies.gt(0)))
        : numbered(rows, COPY).drop(COPY);
  }

  /** Returns what {@link #of} does, with the number of each copy, from 1. */
  Dataset<Row> numbered(Dataset<?> rows, String numberCol) {
    return spread(
        rows.toDF(),
        (some, copies) ->
            some.withColumn(
                numberCol,
                functions.explode(
                    functions.when(copies.gt(0), functions.sequence(functions.lit(1), copies)))));
  }

  private Dataset<Row> spread(
      Dataset<Row> all, BiFunction<Dataset<Row>, Column, Dataset<Row>> repeat) {
    if (cuts.values().stream().allMatch(cut -> cut.tied == 0)) {
      return repeat.apply(all, copies());
    }
    Dataset<Row> ties =
        all.filter(isTied())
            .withColumn(
                RANK,
                functions
                    .row_number()
                    .over(Window.partitionBy(Columns.named(labelCol)).orderBy(tieBreaker)));
    return repeat
        .apply(all.filter(functions.not(isTied())), copies())
        .union(repeat.apply(ties, copiesOfTies(functions.col(RANK))).drop(RANK));
  }

  private Column copies() {
    return ofClass(
        cut ->
            cut.many == cut.few
                ? functions.lit(cut.many)
                : functions.when(hash.leq(cut.last), cut.many).otherwise(cut.few));
  }

  private Column copiesOfTies(Column rank) {
    return ofClass(cut -> functions.when(rank.leq(cut.tied), cut.many).otherwise(cut.few));
  }

  private Column isTied() {
    return ofClass(cut -> cut.tied == 0 ? functions.lit(false) : hash.equalTo(cut.last));
  }

  private Column ofClass(Function<Cut, Column> value) {
    return PerClass.column(labelCol, cuts, value);
  }
}
