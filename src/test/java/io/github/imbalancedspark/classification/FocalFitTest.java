package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits of the focal losses. */
class FocalFitTest {

  private static final Dataset<Row> ROWS = SampleRows.make().coalesce(1).cache();

  /** Filling a cache can be a job of its own, which is no fit's. */
  @BeforeAll
  static void fillCache() {
    ROWS.count();
  }

  private static ImbalancedLogisticRegression focal() {
    return new ImbalancedLogisticRegression().setLoss("focal").setTol(1e-12);
  }

  @TestFactory
  Stream<DynamicTest> fitsEqualTheReference() {
    return StreamSupport.stream(Golden.read("focal_fits.json").spliterator(), false)
        .map(
            fit ->
                DynamicTest.dynamicTest(
                    String.format(
                        "%s alpha %s gamma %s pos_weight %s",
                        fit.get("loss").asText(),
                        fit.get("alpha"),
                        fit.get("gamma"),
                        fit.get("pos_weight")),
                    () -> check(fit)));
  }

  private static void check(JsonNode fit) {
    ImbalancedLogisticRegressionModel model =
        focal()
            .setLoss(fit.get("loss").asText())
            .setFocalAlpha(fit.get("alpha").asDouble())
            .setFocalGamma(fit.get("gamma").asDouble())
            .setPosWeight(fit.get("pos_weight").asDouble())
            .setRegParam(fit.get("reg_param").asDouble())
            .fit(TestData.named("creditcard-sample"));

    TrainingSummary summary = model.summary();
    double reference = fit.get("objective").asDouble();
    assertThat(summary.objective()).isCloseTo(reference, within(1e-9 * reference));
    assertThat(summary.stopReason().converged()).isTrue();
    double[] coefficients = Golden.doubles(fit.get("coefficients"));
    double[] deviations = Golden.doubles(fit.get("std"));
    for (int j = 0; j < coefficients.length; j++) {
      assertThat(model.coefficients().apply(j) * deviations[j])
          .as("coefficient %d times its deviation", j)
          .isCloseTo(coefficients[j] * deviations[j], within(1e-4));
    }
    assertThat(model.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-3));
    assertNeverGoesUp(summary);
    assertThat(summary.gradientNorm()).isLessThan(1e-4 * reference);
  }

  private static void assertNeverGoesUp(TrainingSummary summary) {
    List<Double> history = summary.objectiveHistory();
    for (int k = 1; k < history.size(); k++) {
      assertThat(history.get(k)).isLessThanOrEqualTo(history.get(k - 1) * (1 + 1e-13));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auto,  focal,        0",
    "lbfgs, focal,        0",
    "newton,focal,        0",
    "owlqn, sigmoidFocal, 0",
    "auto,  sigmoidFocal, 1",
    "auto,  focal,        0.5"
  })
  void everySolverGoesDownFromTheCrossEntropysOptimumToAStationaryPoint(
      String solver, String loss, double elasticNet) {
    ImbalancedLogisticRegression learner =
        focal()
            .setLoss(loss)
            .setSolver(solver)
            .setPosWeight(4)
            .setRegParam(0.001)
            .setElasticNetParam(elasticNet)
            .setWeightCol("weight")
            .setMaxIter(500);
    ImbalancedLogisticRegressionModel model = learner.fit(ROWS);

    TrainingSummary summary = model.summary();
    assertThat(summary.stopReason().converged()).isTrue();
    assertNeverGoesUp(summary);
    assertThat(summary.objective()).isLessThan(summary.objectiveHistory().get(0));
    assertThat(summary.gradientNorm()).isLessThan(1e-5 * summary.objective());

    ImbalancedLogisticRegressionModel crossEntropy =
        learner.copy(ParamMap.empty()).setLoss("bceWithLogits").fit(ROWS);
    double there =
        learner
            .copy(ParamMap.empty())
            .setInitialModel(crossEntropy)
            .setMaxIter(0)
            .fit(ROWS)
            .summary()
            .objective();
    assertThat(summary.objectiveHistory().get(0)).isCloseTo(there, within(1e-6 * there));
  }

  @Test
  void withoutGammaItIsTheCrossEntropyTimesAlpha() {
    ImbalancedLogisticRegressionModel scaled =
        focal().setFocalGamma(0).setFocalAlpha(0.5).setPosWeight(3).setRegParam(0.01).fit(ROWS);
    ImbalancedLogisticRegressionModel plain =
        new ImbalancedLogisticRegression()
            .setTol(1e-12)
            .setPosWeight(3)
            .setRegParam(0.02)
            .fit(ROWS);

    assertThat(scaled.coefficients().toArray())
        .containsExactly(plain.coefficients().toArray(), within(1e-5));
    assertThat(scaled.summary().objective())
        .isCloseTo(plain.summary().objective() / 2, within(1e-9));
  }

  /** With one binary feature the model fits both of its values, so the rates come back exactly. */
  @ParameterizedTest
  @CsvSource({"focal, 2, 1", "focal, 2, 7", "sigmoidFocal, 2, 7", "focal, 0.5, 30"})
  void correctedProbabilitiesAreTheRowsRates(String loss, double gamma, double posWeight) {
    Dataset<Row> cells =
        SparkSessions.shared()
            .range(90)
            .selectExpr(
                "if(id < 40, 0D, 1D) as x",
                "if(id < 3 or id >= 75, 1D, 0D) as label",
                "if(id < 40, 3 / 40D, 15 / 50D) as rate")
            .withColumn("features", array_to_vector(array(col("x"))))
            .coalesce(1);
    ImbalancedLogisticRegressionModel model =
        focal()
            .setLoss(loss)
            .setFocalGamma(gamma)
            .setPosWeight(posWeight)
            .setCorrectedProbabilityCol("p")
            .fit(cells);

    assertThat(model.correctionRefusal()).isEmpty();
    assertThat(model.transform(cells).filter("abs(p - rate) > 1e-5").count()).isZero();
    assertThat(
            model
                .transform(cells)
                .filter(
                    abs(vector_to_array(col("probability"), "float64")
                            .getItem(1)
                            .minus(col("rate")))
                        .gt(0.05))
                .count())
        .isEqualTo(90);
  }

  @Test
  void beyondGammaTenThereIsNoWayBackToOdds() {
    ImbalancedLogisticRegressionModel model =
        focal().setFocalGamma(11).setPosWeight(2).setRegParam(0.1).setMaxIter(1000).fit(ROWS);

    assertThat(model.correctionRefusal())
        .contains(
            "under this loss several margins can belong to one posterior, so there is no way back"
                + " from margins to odds; set focalGamma to 10 or less");
  }

  @Test
  void variantsShareTheirPasses() throws Exception {
    ImbalancedLogisticRegression learner = focal().setRegParam(0.01);
    ParamMap[] variants = {
      new ParamMap().put(learner.focalAlpha(), 0.5).put(learner.posWeight(), 2.0),
      new ParamMap().put(learner.focalGamma(), 1.0),
      new ParamMap().put(learner.loss(), "sigmoidFocal"),
      new ParamMap().put(learner.loss(), "bceWithLogits")
    };

    List<ImbalancedLogisticRegressionModel> together = new ArrayList<>();
    int jobs = SparkJobs.of(() -> together.addAll(learner.fit(ROWS, variants)));

    int most = 0;
    for (int k = 0; k < variants.length; k++) {
      ImbalancedLogisticRegression variant = learner.copy(variants[k]);
      List<ImbalancedLogisticRegressionModel> alone = new ArrayList<>();
      most = Math.max(most, SparkJobs.of(() -> alone.add(variant.fit(ROWS))));
      assertThat(together.get(k).coefficients()).isEqualTo(alone.get(0).coefficients());
      assertThat(together.get(k).summary().passes()).isEqualTo(alone.get(0).summary().passes());
    }
    assertThat(jobs).as("those of the variant with most passes").isEqualTo(most);
  }

  @Test
  void separableClassesAreSaidToBe() {
    Dataset<Row> separable = ROWS.filter("label = 1 or id % 2 = 0").limit(12);

    TrainingSummary summary =
        focal().fit(separable.withColumn("label", expr("if(id < 6, 1D, 0D)"))).summary();

    assertThat(summary.stopReason()).isEqualTo(StopReason.SEPARATED);
  }

  /** Easy rows lose next to nothing then, and hard ones not much more. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 50, 200})
  void aLargeGammaMakesNoClassesSeparable(double gamma) {
    ImbalancedLogisticRegression learner = focal().setTol(1e-6).setFocalGamma(gamma);

    TrainingSummary summary = learner.fit(TestData.named("creditcard-sample")).summary();

    assertThat(summary.stopReason()).isNotEqualTo(StopReason.SEPARATED);
  }

  @Test
  void refusesSoftLabelsAndAnAlphaOfOneForSigmoidFocal() {
    assertThatThrownBy(
            () -> focal().fit(ROWS.withColumn("label", expr("if(id = 7, 0.25D, label)"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: column 'label' holds 0.25; the loss focal takes only 0 and 1: round the"
                + " labels, or use bceWithLogits without validation rows");
    assertThatThrownBy(() -> focal().setLoss("sigmoidFocal").setFocalAlpha(1).fit(ROWS))
        .hasMessage(
            "focalAlpha: is 1.0, which leaves the negatives of sigmoidFocal without a loss; choose"
                + " one below 1");
  }
}
