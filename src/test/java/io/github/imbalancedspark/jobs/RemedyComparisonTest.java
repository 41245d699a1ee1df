package io.github.imbalancedspark.jobs;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.sampling.StratifiedSplit;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RemedyComparisonTest {

  /** 3,000 rows of a population that a logistic model fits; about one in 20 is positive. */
  private static final Dataset<Row> ROWS =
      SparkSessions.shared()
          .range(0, 3000, 1, 2)
          .select(col("id"), randn(1).as("a"), randn(2).as("b"), randn(3).as("noise"))
          .withColumn(
              "label", when(col("a").plus(col("noise").multiply(0.8)).gt(2.1), 1.0).otherwise(0.0))
          .select(
              col("id"), col("label"), array_to_vector(array(col("a"), col("b"))).as("features"))
          .cache();

  private static final Training TRAINING =
      new Training(
          new BinaryLabel("label", "0", "1", 2850, 150, true, col("label")),
          null,
          ROWS,
          "label",
          null,
          List.of(),
          null,
          null,
          null);

  private static final List<Dataset<Row>> PARTS =
      new StratifiedSplit().setSeed(1).split(ROWS, 0.6, 0.2, 0.2);

  private static Map<Remedy, RemedyResult> run(String metric, Remedy... remedies) {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setOnDoubleCorrection("error");
    RemedyComparison comparison =
        new RemedyComparison(
            learner,
            new Remedy.Columns("label", "features", null, "class_weight"),
            metric,
            ThresholdCriterion.of("f1"),
            7);
    Map<Remedy, RemedyResult> results = new EnumMap<>(Remedy.class);
    comparison
        .run(Arrays.asList(remedies), PARTS.get(0), PARTS.get(1), PARTS.get(2))
        .forEach(result -> results.put(result.remedy(), result));
    return results;
  }

  private static final Map<Remedy, RemedyResult> RESULTS =
      run("average_precision", Remedy.values());

  @Test
  void aRemedyIsChosenAmongThoseThatKeepTheBound() {
    RemedyResult best = RESULTS.get(Remedy.NOTHING);
    RemedyResult missing =
        new RemedyResult(Remedy.SMOTE, "missed", 1, best.test(), null, 1, null, best.fitted(), 0);
    ComparisonReport report =
        new ComparisonReport("rows", TRAINING, "average_precision", List.of(missing, best));

    assertThat(report.best()).isEqualTo(best);
    assertThat(report.page().toText()).contains("(bound missed)");
    assertThat(report.entries().get(0)).containsEntry("threshold_for_reached", false);
    assertThat(report.entries().get(1)).containsEntry("threshold_for_reached", true);
  }

  @Test
  void everyRemedyRanksAndIsCorrected() {
    Map<Remedy, RemedyResult> results = RESULTS;

    assertThat(results).hasSize(Remedy.values().length);
    double balance =
        results.get(Remedy.NOTHING).model().summary().negativeWeight()
            / results.get(Remedy.NOTHING).model().summary().positiveWeight();
    assertFactor(results.get(Remedy.NOTHING), 1);
    for (Remedy balanced :
        List.of(
            Remedy.INVERSE_FREQUENCY,
            Remedy.POS_WEIGHT,
            Remedy.UNDER_SAMPLING,
            Remedy.OVER_SAMPLING,
            Remedy.SMOTE)) {
      assertFactor(results.get(balanced), balance);
      assertThat(results.get(balanced).predictedOverActual()).isGreaterThan(2);
    }
    assertThat(results.get(Remedy.SMOTE).model().hasExactOddsFactor()).isFalse();
    for (RemedyResult result : results.values()) {
      assertThat(result.test().get("roc_auc")).as(result.remedy().title()).isGreaterThan(0.85);
      if (!result.remedy().isSynthetic()) {
        assertThat(result.correctedOverActual())
            .as(result.remedy().title())
            .isCloseTo(1, within(0.35));
      }
    }
  }

  private static void assertFactor(RemedyResult result, double k) {
    assertThat(result.model().oddsFactor())
        .as(result.remedy().title())
        .isCloseTo(k, within(1e-9 * k));
  }

  @Test
  void theReportHoldsThemAllAndTheBestOnValidationRows() {
    List<RemedyResult> results = List.copyOf(RESULTS.values());
    ComparisonReport report =
        new ComparisonReport("table.csv", TRAINING, "average_precision", results);

    double best = results.stream().mapToDouble(RemedyResult::chosenBy).max().orElseThrow();
    assertThat(report.best().chosenBy()).isEqualTo(best);
    assertThat(report.entries()).hasSize(results.size());
    assertThat(report.entries().get(0))
        .containsEntry("remedy", "nothing")
        .containsEntry("odds_factor", 1.0)
        .containsKeys(
            "roc_auc", "tp", "validation_average_precision", "corrected_log_loss", "seconds");
    String text = report.page().toText();
    results.forEach(result -> assertThat(text).contains(result.remedy().title()));
    assertThat(report.page().charts()).hasSize(3);
  }

  /** As it is used: a metric that depends on the threshold is that of the chosen one. */
  @Test
  void aRemedyIsJudgedAtItsOwnThreshold() {
    RemedyResult plain = run("f1", Remedy.NOTHING).get(Remedy.NOTHING);
    Dataset<Row> scored = plain.fitted().transform(PARTS.get(1));
    assertThat(plain.model().getThreshold()).isLessThan(0.45);
    assertThat(plain.chosenBy())
        .isEqualTo(
            new ImbalancedBinaryEvaluator().setMetricName("f1").evaluate(scored), within(1e-12))
        .isGreaterThan(
            new ImbalancedBinaryEvaluator().setMetricName("f1").setThreshold(0.5).evaluate(scored));
  }
}
