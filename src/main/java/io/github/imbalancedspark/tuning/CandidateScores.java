package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What rows say of a candidate's scores.
 *
 * @param own the model's probabilities
 * @param corrected those of the population's odds, or {@code null} if the model refuses them
 */
record CandidateScores(ScoreTally own, ScoreTally corrected) {

  private static final String OWN = "own";
  private static final String CORRECTED = "corrected";

  /** Scores rows with all candidates, and tallies them in one pass. */
  static List<CandidateScores> of(
      CandidateFits fits, Dataset<?> rows, String weightCol, double cutOff) {
    List<String> names = new ArrayList<>();
    Dataset<Row> scored = fits.prepare(rows).toDF();
    for (int k = 0; k < fits.models().size(); k++) {
      ImbalancedLogisticRegressionModel model = fits.models().get(k);
      boolean correctable = model.correctionRefusal().isEmpty();
      String own = name(model, OWN, k);
      String corrected = correctable ? name(model, CORRECTED, k) : "";
      scored = score(scored, model, own, corrected);
      names.add(own);
      if (correctable) {
        names.add(corrected);
      }
    }
    int[] maxBins = new int[names.size()];
    Arrays.fill(maxBins, ScoreCurve.DEFAULT_MAX_BINS / names.size());
    List<ScoreTally> tallies =
        BinaryEvaluation.tallies(
            scored,
            columns(scored.schema(), names, fits.models().get(0).getLabelCol(), weightCol),
            maxBins,
            cutOff);
    List<CandidateScores> scores = new ArrayList<>();
    for (int k = 0; k < fits.models().size(); k++) {
      ImbalancedLogisticRegressionModel model = fits.models().get(k);
      int corrected = names.indexOf(name(model, CORRECTED, k));
      scores.add(
          new CandidateScores(
              tallies.get(names.indexOf(name(model, OWN, k))),
              corrected < 0 ? null : tallies.get(corrected)));
    }
    return scores;
  }

  private static String name(ImbalancedLogisticRegressionModel model, String what, int k) {
    return String.format("%s_%s_%d", model.uid(), what, k);
  }

  private static Dataset<Row> score(
      Dataset<Row> rows, ImbalancedLogisticRegressionModel model, String own, String corrected) {
    ImbalancedLogisticRegressionModel scorer = model.copy(ParamMap.empty());
    scorer.setRawPredictionCol("").setPredictionCol("").setProbabilityCol(own);
    return scorer.setCorrectedProbabilityCol(corrected).transform(rows);
  }

  private static List<ScoredColumns> columns(
      StructType schema, List<String> names, String labelCol, String weightCol) {
    return names.stream()
        .map(name -> ScoredColumns.of(schema, "probabilityCol", name, labelCol, weightCol))
        .toList();
  }

  BinaryMetrics metricsAt(double threshold) {
    return BinaryMetrics.of(own, threshold);
  }

  /** Returns the metrics of the corrected probabilities, or {@code null} if there are none. */
  BinaryMetrics correctedAt(double threshold) {
    return corrected == null ? null : BinaryMetrics.of(corrected, threshold);
  }
}
