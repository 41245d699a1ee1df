package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import io.github.imbalancedspark.internal.PopulationWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What rows say of a candidate's scores.
 *
 * @param own the model's probabilities
 * @param corrected those of the population's odds, or {@code null} if there are none
 */
record CandidateScores(ScoreTally own, ScoreTally corrected) {

  private static final String OWN = "own";
  private static final String CORRECTED = "corrected";

  /**
   * Scores rows with all candidates, and tallies them in one pass; where the population's rate is
   * known, corrected probabilities in another one, over rows that weigh as much as there, if both
   * classes have rows.
   */
  static List<CandidateScores> of(
      CandidateFits fits, Dataset<?> rows, String weightCol, double cutOff) {
    List<ImbalancedLogisticRegressionModel> models = fits.models();
    List<String> own = new ArrayList<>();
    List<String> corrected = new ArrayList<>();
    Dataset<Row> scored = fits.prepare(rows).toDF();
    for (int k = 0; k < models.size(); k++) {
      boolean correctable = models.get(k).correctionRefusal().isEmpty();
      own.add(name(models.get(k), OWN, k));
      corrected.add(correctable ? name(models.get(k), CORRECTED, k) : "");
      scored = score(scored, models.get(k), own.get(k), corrected.get(k));
    }
    Map<String, ScoreTally> tallies =
        tallies(models.get(0), scored, own, corrected, weightCol, cutOff);
    return IntStream.range(0, models.size())
        .mapToObj(k -> new CandidateScores(tallies.get(own.get(k)), tallies.get(corrected.get(k))))
        .toList();
  }

  /** Returns name → tally, of the names that are not empty. */
  private static Map<String, ScoreTally> tallies(
      ImbalancedLogisticRegressionModel model,
      Dataset<Row> scored,
      List<String> own,
      List<String> corrected,
      String weightCol,
      double cutOff) {
    String labelCol = model.getLabelCol();
    List<String> some = corrected.stream().filter(name -> !name.isEmpty()).toList();
    if (some.isEmpty() || !model.isSet(model.populationRate())) {
      List<String> all = Stream.concat(own.stream(), some.stream()).toList();
      return tallies(scored, all, labelCol, weightCol, cutOff);
    }
    Map<String, ScoreTally> tallies = tallies(scored, own, labelCol, weightCol, cutOff);
    ScoreCurve curve = tallies.get(own.get(0)).curve();
    double positives = curve.positiveWeight();
    double negatives = curve.negativeWeight();
    if (positives > 0 && negatives > 0) {
      String populationWeight = model.uid() + "_population_weight";
      Column weights =
          PopulationWeights.of(
              labelCol, weightCol, positives, negatives, model.getPopulationRate());
      tallies.putAll(
          tallies(
              scored.withColumn(populationWeight, weights),
              some,
              labelCol,
              populationWeight,
              cutOff));
    }
    return tallies;
  }

  private static Map<String, ScoreTally> tallies(
      Dataset<Row> scored, List<String> names, String labelCol, String weightCol, double cutOff) {
    int[] maxBins = new int[names.size()];
    Arrays.fill(maxBins, ScoreCurve.DEFAULT_MAX_BINS / names.size());
    List<ScoreTally> tallies =
        BinaryEvaluation.tallies(
            scored, columns(scored.schema(), names, labelCol, weightCol), maxBins, cutOff);
    Map<String, ScoreTally> byName = new HashMap<>();
    for (int k = 0; k < names.size(); k++) {
      byName.put(names.get(k), tallies.get(k));
    }
    return byName;
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
