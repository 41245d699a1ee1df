package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import io.github.imbalancedspark.internal.PopulationWeights;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What an evaluation of scored rows came to.
 *
 * @param metrics the metrics of the scores
 * @param corrected those of the corrected probabilities, of which only calibration, Brier score and
 *     log loss count, or {@code null} if there are none; where the population's rate is known, of
 *     rows whose classes weigh as much as there, if both have rows
 * @param margins the rows by log-odds, coarsely, or {@code null} if only probabilities are known
 * @param populationRate the share of positives in the population, if the rows are a sample of it
 *     and it is known, else {@code null}
 */
record Evaluated(
    BinaryMetrics metrics, BinaryMetrics corrected, ScoreCurve margins, Double populationRate) {

  private static final String POPULATION_WEIGHT = "weight in the population";

  /** Enough for a drawing. */
  private static final int MARGIN_BINS = 1 << 14;

  /** The curve is not looked at. */
  private static final int FEWEST_BINS = 3;

  /** Returns what is known of scores that a table holds. */
  static Evaluated of(BinaryMetrics metrics) {
    return new Evaluated(metrics, null, null, null);
  }

  /**
   * Evaluates a model's scores, in one pass over the rows, and where the population's rate is known
   * in another one over rows that weigh as much as there.
   *
   * @param probabilityCol its probabilities
   * @param correctedCol the corrected ones, or {@code null}
   * @param marginCol its margins
   */
  static Evaluated of(
      Dataset<Row> scored,
      String probabilityCol,
      String correctedCol,
      String marginCol,
      String labelCol,
      String weightCol,
      double threshold,
      Double populationRate) {
    boolean atOnce = correctedCol != null && populationRate == null;
    List<ScoredColumns> columns =
        Stream.of(probabilityCol, marginCol, atOnce ? correctedCol : null)
            .filter(Objects::nonNull)
            .map(name -> ScoredColumns.of(scored.schema(), "scoreCol", name, labelCol, weightCol))
            .toList();
    int[] bins =
        IntStream.of(ScoreCurve.DEFAULT_MAX_BINS, MARGIN_BINS, FEWEST_BINS)
            .limit(columns.size())
            .toArray();
    List<ScoreTally> tallies = BinaryEvaluation.tallies(scored, columns, bins, threshold);
    BinaryMetrics metrics = BinaryMetrics.of(tallies.get(0), threshold);
    ScoreTally corrected = atOnce ? tallies.get(2) : null;
    boolean bothClasses =
        metrics.confusion().positives() > 0 && metrics.confusion().negatives() > 0;
    if (correctedCol != null && !atOnce && bothClasses) {
      Dataset<Row> population =
          scored.withColumn(
              POPULATION_WEIGHT,
              PopulationWeights.of(
                  labelCol,
                  weightCol,
                  metrics.confusion().positives(),
                  metrics.confusion().negatives(),
                  populationRate));
      corrected =
          BinaryEvaluation.tally(
              population,
              ScoredColumns.of(
                  population.schema(), "scoreCol", correctedCol, labelCol, POPULATION_WEIGHT),
              FEWEST_BINS,
              threshold);
    }
    return new Evaluated(
        metrics,
        corrected == null ? null : BinaryMetrics.of(corrected, threshold),
        tallies.get(1).curve(),
        populationRate);
  }
}
