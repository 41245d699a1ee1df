package io.github.imbalancedspark.tuning;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class PosWeightSensitivityTest {

  private static final Dataset<Row> ROWS = SampleRows.make();
  private static final Dataset<Row> TRAINING = ROWS.filter("id % 4 < 2");
  private static final Dataset<Row> VALIDATION = ROWS.filter("id % 4 = 2");
  private static final Dataset<Row> TEST = ROWS.filter("id % 4 = 3");

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setRegParam(0.01).setTol(1e-12).setPosWeight(77);
  }

  private static PosWeightSensitivity<ImbalancedLogisticRegressionModel> analysis() {
    return new PosWeightSensitivity<>(learner()).setCandidates(20, 1, 5).setWeightCol("weight");
  }

  private static Dataset<Row> allScoredAlike() {
    return VALIDATION.withColumn("features", array_to_vector(array(lit(0.0), lit(0.0), lit(0.0))));
  }

  private static Map<String, Double> metrics(
      ImbalancedLogisticRegressionModel model, Dataset<Row> rows) {
    return new ImbalancedBinaryEvaluator()
        .setWeightCol("weight")
        .setThreshold(model.getThreshold())
        .getMetrics(model.transform(rows))
        .asMap();
  }

  private static void assertClose(Map<String, Double> actual, Map<String, Double> expected) {
    expected.forEach(
        (name, value) -> assertThat(actual.get(name)).as(name).isCloseTo(value, within(1e-6)));
  }

  @Test
  void aScheduleLeavesNoCandidateAsItIs() {
    PosWeightSensitivity<ImbalancedLogisticRegressionModel> analysis =
        new PosWeightSensitivity<>(learner().setMaxEpochs(3).setPosWeightSchedule("linearDecay"));

    assertThatThrownBy(() -> analysis.run(TRAINING, VALIDATION, TEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "posWeightSchedule: is linearDecay, which leaves none of the candidates as it is; clear"
                + " it");
  }

  @Test
  void candidatesAreWhatFitsOneByOneAre() {
    Sensitivity<ImbalancedLogisticRegressionModel> found =
        analysis().run(TRAINING, VALIDATION, TEST);

    double negatives = TRAINING.filter("label = 0").count();
    double ratio = negatives / TRAINING.filter("label = 1").count();
    assertThat(found.candidates())
        .extracting(Candidate::posWeight)
        .containsExactly(1.0, ratio, 5.0, 20.0);
    for (Candidate candidate : found.candidates()) {
      ImbalancedLogisticRegressionModel alone =
          learner().setPosWeight(candidate.posWeight()).fit(TRAINING);
      assertClose(candidate.metrics().asMap(), metrics(alone, VALIDATION));
    }
    double best =
        found.candidates().stream()
            .mapToDouble(c -> c.metrics().get("average_precision"))
            .max()
            .orElseThrow();
    assertThat(found.best().metrics().get("average_precision")).isCloseTo(best, within(1e-12));
    assertThat(found.model().trainedClassWeights()[1]).isEqualTo(found.best().posWeight());
    assertClose(found.test().metrics().asMap(), metrics(found.model(), TEST));
  }

  @Test
  void correctsProbabilitiesByWhatTheWeightDidToTheOdds() {
    Sensitivity<ImbalancedLogisticRegressionModel> found =
        analysis().setWithRatio(false).setWeightCol(null).run(TRAINING, VALIDATION, TEST);

    ImbalancedLogisticRegressionModel model = learner().setPosWeight(20).fit(TRAINING);
    double error = 0;
    List<Row> rows = model.transform(VALIDATION).select("probability", "label").collectAsList();
    for (Row row : rows) {
      double odds = ((Vector) row.get(0)).apply(1) / ((Vector) row.get(0)).apply(0) / 20;
      error += Math.pow(odds / (1 + odds) - row.getDouble(1), 2) / rows.size();
    }
    Map<String, Double> heaviest = found.candidates().get(2).asMap();
    assertThat(heaviest.get("corrected_brier")).isCloseTo(error, within(1e-7));
    assertThat(found.candidates().get(0).asMap().get("corrected_brier"))
        .isEqualTo(found.candidates().get(0).asMap().get("brier"));
  }

  @Test
  void readsTheValidationRowsOnceForAllCandidates() {
    LongAccumulator reads = SparkSessions.shared().sparkContext().longAccumulator();
    Dataset<Row> counted =
        VALIDATION.filter(
            (FilterFunction<Row>)
                row -> {
                  reads.add(1);
                  return true;
                });

    analysis().run(TRAINING, counted, TEST);

    assertThat(reads.value()).isEqualTo(VALIDATION.count());
  }

  @Test
  void testRowsChooseNothing() {
    Sensitivity<ImbalancedLogisticRegressionModel> found =
        analysis().setThresholdFor("f1").run(TRAINING, VALIDATION, TEST);
    Sensitivity<ImbalancedLogisticRegressionModel> other =
        analysis()
            .setThresholdFor("f1")
            .run(TRAINING, VALIDATION, TEST.withColumn("label", expr("1 - label")));

    assertThat(other.chosen()).isEqualTo(found.chosen());
    assertThat(other.model().getThreshold())
        .isCloseTo(found.model().getThreshold(), within(1e-12)); // partitions sum in any order
    assertThat(other.test().metrics().get("roc_auc"))
        .isCloseTo(1 - found.test().metrics().get("roc_auc"), within(1e-9));
  }

  @Test
  void judgesAtTheBestThresholdIfOneIsAskedFor() {
    Sensitivity<ImbalancedLogisticRegressionModel> found =
        analysis().setThresholdFor("f1").setMetricName("f1").run(TRAINING, VALIDATION, TEST);

    for (Candidate candidate : found.candidates()) {
      assertThat(candidate.metrics().get("f1")).isEqualTo(candidate.bestThreshold().value());
      assertThat(candidate.metrics().threshold()).isEqualTo(candidate.bestThreshold().threshold());
    }
    assertThat(found.model().getThreshold()).isEqualTo(found.best().metrics().threshold());
    assertThat(found.test().metrics().threshold()).isEqualTo(found.model().getThreshold());
  }

  @Test
  void takesAPipelineAndFitsTheBestAgainToAllRows() {
    ImbalancedLogisticRegression learner = learner().setFeaturesCol("scaled");
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StandardScaler().setInputCol("features").setOutputCol("scaled"), learner
                });
    Sensitivity<PipelineModel> found =
        new PosWeightSensitivity<>(pipeline)
            .setMetricName("recall")
            .setRefit(true)
            .run(TRAINING, VALIDATION, TEST);

    ImbalancedLogisticRegressionModel last =
        (ImbalancedLogisticRegressionModel) found.model().stages()[1];
    assertThat(found.best().posWeight()).isEqualTo(last.trainedClassWeights()[1]);
    assertThat(last.summary().rows()).isEqualTo(120);
    assertThat(learner.getPosWeight()).isEqualTo(77);
  }

  @Test
  void isATable() {
    Dataset<Row> table =
        analysis().run(TRAINING, VALIDATION, TEST).toDataFrame(SparkSessions.shared());

    assertThat(table.columns())
        .startsWith("pos_weight", "roc_auc", "average_precision")
        .contains("threshold", "tp", "corrected_log_loss", "best_threshold", "best_value")
        .endsWith("chosen");
    assertThat(table.count()).isEqualTo(4);
    assertThat(table.filter("chosen").count()).isEqualTo(1);
  }

  @Test
  void saysWhatItCannotDo() {
    assertThatThrownBy(() -> new PosWeightSensitivity<>(new LogisticRegression("spark's")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "estimator: spark's has no posWeight; give an ImbalancedLogisticRegression, or a"
                + " pipeline that ends in one");
    assertThatThrownBy(() -> analysis().setCandidates(1, -3))
        .hasMessage("candidates: are [1.0, -3.0]; give at least one, all of them finite and > 0");
    assertThatThrownBy(() -> analysis().setThresholdFor("alerts_per_day<=3"))
        .hasMessage("thresholdFor: 'alerts_per_day<=3' needs more columns; use ThresholdTuner");
    assertThatThrownBy(
            () -> analysis().run(TRAINING, VALIDATION.withColumn("label", expr("0D")), TEST))
        .hasMessage(
            "thresholdFor: f1 does not exist without positive rows (on the validation rows)");
    assertThatThrownBy(
            () ->
                analysis()
                    .setThresholdFor("recall@precision>=1")
                    .run(TRAINING, allScoredAlike(), TEST))
        .hasMessageStartingWith(
            "thresholdFor: no posWeight serves; with 1.0, no threshold gives a precision >= 1.0;");
  }
}
