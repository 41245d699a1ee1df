package io.github.imbalancedspark.evaluation;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ScoreTallyBuilder;
import io.github.imbalancedspark.internal.InternalRows;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Every metric of scored rows in one pass over them. Each partition is gathered into a {@link
 * ScoreTally}, and tallies are merged in a tree.
 */
public final class BinaryEvaluation {

  /** Partitions merged into one, roughly, on each level of the tree. */
  private static final int FAN_IN = 10;

  private BinaryEvaluation() {}

  /**
   * Returns the metrics of {@code scored} at {@code threshold}.
   *
   * @param scoreCol a numeric column, or a vector column (probability or rawPrediction) of two
   *     elements, of which the second is taken; probabilities or margins, infinite ones too, never
   *     null or NaN
   * @param labelCol a numeric column of 0 and 1
   * @param weightColOrNull a numeric column, finite and ≥ 0, or {@code null} for weight 1
   * @param threshold predict 1 where score &gt; threshold, strictly
   * @throws IllegalArgumentException if a column is missing or of a wrong type, if a value in it
   *     cannot be evaluated, if there are no rows, if all weights are 0, or if the threshold is NaN
   */
  public static BinaryMetrics evaluate(
      Dataset<?> scored,
      String scoreCol,
      String labelCol,
      String weightColOrNull,
      double threshold) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold: is NaN; give a number");
    }
    ScoredColumns columns =
        ScoredColumns.of(scored.schema(), "scoreCol", scoreCol, labelCol, weightColOrNull);
    return BinaryMetrics.of(
        tally(scored, columns, ScoreCurve.DEFAULT_MAX_BINS, threshold), threshold);
  }

  /**
   * Returns the tally of {@code scored}, exact at each of {@code cutOffs}.
   *
   * @param maxBins above how many distinct scores neighbouring ones are joined
   * @throws IllegalArgumentException if a value cannot be evaluated, if there are no rows, or if
   *     all weights are 0
   */
  public static ScoreTally tally(
      Dataset<?> scored, ScoredColumns columns, int maxBins, double... cutOffs) {
    JavaRDD<Part> parts =
        InternalRows.of(columns.select(scored))
            .mapPartitions(rows -> read(rows, columns, new ScoreTallyBuilder(maxBins, cutOffs)));
    int partitions = parts.getNumPartitions();
    Part all =
        partitions == 0
            ? new Part(new ScoreTallyBuilder(maxBins, cutOffs).build(), null)
            : parts.treeReduce(Part::merge, depth(partitions));
    if (all.problem != null) {
      throw new IllegalArgumentException(all.problem);
    }
    if (all.tally.rows() == 0) {
      throw new IllegalArgumentException(
          "the data to evaluate has no rows: check the input path and its filters");
    }
    if (all.tally.curve().size() == 0) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              columns.weightCol()));
    }
    return all.tally;
  }

  private static int depth(int partitions) {
    return Math.max(2, (int) Math.ceil(Math.log(partitions) / Math.log(FAN_IN)));
  }

  private static Iterator<Part> read(
      Iterator<InternalRow> rows, ScoredColumns columns, ScoreTallyBuilder builder) {
    String problem = null;
    while (problem == null && rows.hasNext()) {
      InternalRow row = rows.next();
      problem = columns.problemWith(row);
      if (problem == null) {
        add(row, columns, builder);
      }
    }
    return Collections.singleton(new Part(builder.build(), problem)).iterator();
  }

  private static void add(InternalRow row, ScoredColumns columns, ScoreTallyBuilder builder) {
    double score = columns.score(row);
    boolean positive = columns.label(row) == 1;
    double weight = columns.weight(row);
    if (columns.hasCosts()) {
      builder.add(score, positive, weight, columns.cost(row));
    } else {
      builder.add(score, positive, weight);
    }
  }

  /** The tally of some partitions, and the first problem met there, or {@code null}. */
  private record Part(ScoreTally tally, String problem) implements Serializable {

    Part merge(Part other) {
      return new Part(tally.merge(other.tally), problem == null ? other.problem : problem);
    }
  }
}
