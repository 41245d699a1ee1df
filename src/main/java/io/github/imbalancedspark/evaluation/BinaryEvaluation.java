package io.github.imbalancedspark.evaluation;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ScoreTallyBuilder;
import io.github.imbalancedspark.internal.Carried;
import io.github.imbalancedspark.internal.InternalRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Every metric of scored rows in one pass over them. Each partition is gathered into a {@link
 * ScoreTally}, and tallies are merged in a tree.
 */
public final class BinaryEvaluation {

  /**
   * So few that tallies of them never burden a driver: were a row one byte, at 82 bytes a score.
   */
  private static final double FEW_ROW_BYTES = 1 << 23;

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
    return tallies(scored, List.of(columns), new int[] {maxBins}, cutOffs).get(0);
  }

  /**
   * Returns the tallies of several scores of the same rows, in one pass over them: what {@link
   * #tally} returns for each.
   *
   * @param columns for each score, its column; labels, weights and costs are the first one's
   * @param maxBins for each score, above how many distinct ones neighbouring ones are joined
   */
  public static List<ScoreTally> tallies(
      Dataset<?> scored, List<ScoredColumns> columns, int[] maxBins, double... cutOffs) {
    Dataset<Row> read = ScoredColumns.select(scored, columns);
    JavaRDD<Part> parts =
        InternalRows.of(read)
            .mapPartitions(rows -> read(rows, columns, builders(maxBins, cutOffs)));
    boolean few = InternalRows.estimatedBytes(read) <= FEW_ROW_BYTES;
    Part all =
        parts.getNumPartitions() == 0
            ? Part.of(builders(maxBins, cutOffs), null)
            : Carried.reduceByTens(
                parts, Part::merge, 2, few ? 0 : mostBytes(columns.get(0), maxBins));
    if (all.problem != null) {
      throw new IllegalArgumentException(all.problem);
    }
    ScoreTally any = all.tallies.get(0);
    if (any.rows() == 0) {
      throw new IllegalArgumentException(
          "the data to evaluate has no rows: check the input path and its filters");
    }
    if (any.curve().size() == 0) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              columns.get(0).weightCol()));
    }
    return all.tallies;
  }

  private static long mostBytes(ScoredColumns columns, int[] maxBins) {
    return Arrays.stream(maxBins)
        .mapToLong(
            bins -> ScoreTally.mostBytes(bins, columns.weightCol() != null, columns.hasCosts()))
        .sum();
  }

  private static List<ScoreTallyBuilder> builders(int[] maxBins, double... cutOffs) {
    return Arrays.stream(maxBins).mapToObj(bins -> new ScoreTallyBuilder(bins, cutOffs)).toList();
  }

  private static Iterator<Part> read(
      Iterator<InternalRow> rows, List<ScoredColumns> columns, List<ScoreTallyBuilder> builders) {
    String problem = null;
    while (problem == null && rows.hasNext()) {
      InternalRow row = rows.next();
      for (int k = 0; problem == null && k < columns.size(); k++) {
        problem = columns.get(k).problemWith(row, k);
        if (problem == null) {
          add(row, columns.get(k), k, builders.get(k));
        }
      }
    }
    return Collections.singleton(Part.of(builders, problem)).iterator();
  }

  private static void add(
      InternalRow row, ScoredColumns columns, int evaluation, ScoreTallyBuilder builder) {
    double score = columns.score(row, evaluation);
    boolean positive = columns.label(row) == 1;
    double weight = columns.weight(row);
    if (columns.hasCosts()) {
      builder.add(score, positive, weight, columns.cost(row));
    } else {
      builder.add(score, positive, weight);
    }
  }

  /** The tallies of some partitions, and the first problem met there, or {@code null}. */
  private record Part(List<ScoreTally> tallies, String problem) implements Serializable {

    static Part of(List<ScoreTallyBuilder> builders, String problem) {
      return new Part(builders.stream().map(ScoreTallyBuilder::build).toList(), problem);
    }

    Part merge(Part other) {
      List<ScoreTally> merged = new ArrayList<>();
      for (int k = 0; k < tallies.size(); k++) {
        merged.add(tallies.get(k).merge(other.tallies.get(k)));
      }
      return new Part(merged, problem == null ? other.problem : problem);
    }
  }
}
