package io.github.imbalancedspark.classification;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.PosWeightSchedule;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits by epochs. */
class EpochFitTest {

  private static final Dataset<Row> ROWS =
      SampleRows.make().withColumn("validates", expr("id % 3 = 0")).coalesce(1).cache();
  private static final Dataset<Row> TRAINING = ROWS.filter("not validates");
  private static final Dataset<Row> VALIDATION = ROWS.filter("validates");

  /** One that takes small steps. */
  /** Filling a cache can be a job of its own, which is no fit's. */
  @BeforeAll
  static void fillCache() {
    ROWS.count();
  }

  private static ImbalancedLogisticRegression byEpochs(int maxEpochs) {
    return new ImbalancedLogisticRegression()
        .setSolver("lbfgs")
        .setTol(1e-12)
        .setMaxEpochs(maxEpochs);
  }

  private static ImbalancedLogisticRegression validated(int maxEpochs) {
    return byEpochs(maxEpochs).setValidationIndicatorCol("validates");
  }

  @Test
  void linearDecayTrainsEachEpochWithItsWeight() {
    TrainingSummary summary =
        byEpochs(4).setPosWeight(8).setPosWeightSchedule("linearDecay").fit(ROWS).summary();

    assertThat(summary.epochs()).extracting(Epoch::posWeight).containsExactly(8., 6., 4., 2.);
    assertThat(summary.epochs()).extracting(Epoch::epoch).containsExactly(0, 1, 2, 3);
    assertThat(summary.stopReason()).isEqualTo(StopReason.MAX_EPOCHS);
    assertThat(summary.positiveClassWeight()).isEqualTo(2);
    assertThat(summary.objective()).isEqualTo(summary.epochs().get(3).objective());
    assertThat(summary.epochs()).extracting(Epoch::metric).containsOnly(Double.NaN);
  }

  @Test
  void anEpochIsOneStepDownFromZero() {
    ImbalancedLogisticRegressionModel model = byEpochs(4).setPosWeight(3).fit(ROWS);

    List<Double> history = model.summary().objectiveHistory();
    double positives = ROWS.filter("label = 1").count();
    double atZero = Math.log(2) * (ROWS.count() - positives + 3 * positives) / ROWS.count();
    assertThat(history.get(0)).isCloseTo(atZero, within(1e-12));
    assertThat(history).hasSize(5).isSortedAccordingTo(Collections.reverseOrder());
    double again =
        new ImbalancedLogisticRegression()
            .setPosWeight(3)
            .setInitialModel(model)
            .setMaxIter(0)
            .fit(ROWS)
            .summary()
            .objective();
    assertThat(history.get(4)).isCloseTo(again, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "lbfgs", "newton", "newtonCg", "owlqn"})
  void aConvexFitThatConvergesForgetsHowItGotThere(String solver) {
    ImbalancedLogisticRegression learner =
        byEpochs(1000).setSolver(solver).setPosWeight(3).setRegParam(0.01);

    ImbalancedLogisticRegressionModel slowly = learner.fit(ROWS);
    learner.clear(learner.maxEpochs());
    ImbalancedLogisticRegressionModel directly = learner.fit(ROWS);

    assertThat(slowly.summary().stopReason().converged()).isTrue();
    assertThat(slowly.coefficients().toArray())
        .containsExactly(directly.coefficients().toArray(), within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({
    "average_precision, constant",
    "roc_auc,           linearDecay",
    "f1,                plateau",
    "log_loss,          constant",
    "log_loss,          plateau",
    "recall@precision>=0.5, linearDecay"
  })
  void theBestEpochOnTheValidationRowsWins(String metric, String schedule) {
    ImbalancedLogisticRegressionModel model =
        validated(12)
            .setPosWeight(2)
            .setPosWeightSchedule(schedule)
            .setMaxPosWeight(40)
            .setValidationMetric(metric)
            .setPatience(3)
            .setThreshold(0.4)
            .setWeightCol("weight")
            .fit(ROWS);

    ImbalancedBinaryEvaluator evaluator =
        new ImbalancedBinaryEvaluator().setMetricName(metric).setWeightCol("weight");
    double[] metrics = model.summary().epochs().stream().mapToDouble(Epoch::metric).toArray();
    double expected = evaluator.evaluate(model.transform(VALIDATION));
    double best =
        evaluator.isLargerBetter()
            ? Arrays.stream(metrics).max().getAsDouble()
            : Arrays.stream(metrics).min().getAsDouble();
    assertThat(best).isCloseTo(expected, within(1e-12));
    assertThat(model.summary().rows()).isEqualTo(TRAINING.count());
    int kept = model.summary().totalIterations() - 1;
    assertThat(metrics[kept]).isEqualTo(best);
    assertThat(model.trainedClassWeights()[1])
        .isEqualTo(model.summary().epochs().get(kept).posWeight());
  }

  @Test
  void thePlateauFollowsTheMetricsAsTheScheduleSays() {
    TrainingSummary summary =
        validated(40)
            .setPosWeightSchedule("plateau")
            .setPatience(2)
            .setGrowth(2)
            .setMaxPosWeight(7)
            .fit(ROWS)
            .summary();

    PosWeightSchedule schedule = PosWeightSchedule.plateau(1, 2, 7, 2, true);
    for (Epoch epoch : summary.epochs()) {
      assertThat(schedule.exhausted()).isFalse();
      assertThat(epoch.posWeight()).isEqualTo(schedule.posWeight());
      schedule.tell(epoch.metric());
    }
    assertThat(schedule.exhausted()).isTrue();
    assertThat(summary.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(summary.epochs()).extracting(Epoch::posWeight).contains(1.0, 2.0, 4.0, 7.0);
  }

  @Test
  void withoutALargestWeightThePlateauEndsWhereTheClassesBalance() {
    double balance =
        (double) TRAINING.filter("label = 0").count() / TRAINING.filter("label = 1").count();

    TrainingSummary summary =
        validated(60).setPosWeightSchedule("plateau").setPatience(1).fit(ROWS).summary();

    assertThat(summary.epochs().get(summary.epochs().size() - 1).posWeight()).isEqualTo(balance);
  }

  @Test
  void aConstantScheduleStopsEarlyToo() {
    TrainingSummary summary = validated(200).setTol(0).setPatience(3).fit(ROWS).summary();

    int kept = summary.totalIterations() - 1;
    assertThat(summary.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(summary.epochs()).hasSize(kept + 4);
    assertThat(summary.epochs()).extracting(Epoch::posWeight).containsOnly(1.0);
  }

  @Test
  void partitionsDoNotMatter() {
    ImbalancedLogisticRegression learner =
        validated(8).setSolver("auto").setPosWeightSchedule("plateau").setPatience(1);
    ImbalancedLogisticRegressionModel one = learner.fit(ROWS);
    ImbalancedLogisticRegressionModel seven = learner.fit(ROWS.repartition(7));

    assertThat(seven.coefficients().toArray())
        .containsExactly(one.coefficients().toArray(), within(1e-9));
    assertThat(seven.trainedClassWeights()).isEqualTo(one.trainedClassWeights());
  }

  @Test
  void variantsShareTheirPasses() throws Exception {
    ImbalancedLogisticRegression learner =
        validated(6).setPosWeight(5).setPosWeightSchedule("linearDecay");
    ParamMap[] variants = {
      ParamMap.empty(),
      new ParamMap().put(learner.posWeight(), 2.0).put(learner.patience(), 1),
      new ParamMap().put(learner.loss(), "focal"),
      new ParamMap().put(learner.posWeightSchedule(), "plateau")
    };

    List<ImbalancedLogisticRegressionModel> together = new ArrayList<>();
    int jobs = SparkJobs.of(() -> together.addAll(learner.fit(ROWS, variants)));

    int alone = 0;
    for (int k = 0; k < variants.length; k++) {
      ImbalancedLogisticRegression variant = learner.copy(variants[k]);
      List<ImbalancedLogisticRegressionModel> single = new ArrayList<>();
      alone += SparkJobs.of(() -> single.add(variant.fit(ROWS)));
      assertThat(together.get(k).coefficients()).isEqualTo(single.get(0).coefficients());
      assertThat(together.get(k).summary().epochs().size())
          .isEqualTo(single.get(0).summary().epochs().size());
    }
    assertThat(jobs).isLessThan(alone / 2);
  }

  @Test
  void classWeightsDoNotWeighValidationRows() {
    Dataset<Row> weighted = new ClassWeighter().fit(ROWS).transform(ROWS);
    ImbalancedLogisticRegression learner =
        validated(3).setWeightCol("classWeight").setValidationMetric("precision");

    ImbalancedLogisticRegressionModel model = learner.fit(weighted);

    double unweighted =
        new ImbalancedBinaryEvaluator()
            .setMetricName("precision")
            .evaluate(model.transform(VALIDATION));
    assertThat(model.summary().epochs())
        .extracting(Epoch::metric)
        .anyMatch(m -> Math.abs(m - unweighted) < 1e-12);
  }

  @Test
  void anIndicatorThatIsNullMeansTraining() {
    Dataset<Row> rows = ROWS.withColumn("validates", expr("if(id = 1, null, validates)"));

    assertThat(validated(1).fit(rows).summary().rows()).isEqualTo(TRAINING.count());
  }

  @Test
  void progressIsLoggedALineAnEpoch() {
    try (Warnings log = Warnings.andProgressOf(ImbalancedLogisticRegression.class)) {
      List<Epoch> epochs =
          validated(3)
              .setPosWeight(6)
              .setPosWeightSchedule("linearDecay")
              .fit(ROWS)
              .summary()
              .epochs();

      assertThat(log.messages())
          .filteredOn(line -> line.startsWith("epoch ") && line.contains("objective"))
          .containsExactlyElementsOf(
              epochs.stream()
                  .map(
                      e ->
                          String.format(
                              "epoch %s: pos_weight %s, objective %s, average_precision %s",
                              e.epoch(), e.posWeight(), e.objective(), e.metric()))
                  .toList());
    }
  }

  /** The weight has to wait for its turn at an optimum that is reached long before. */
  @Test
  void patienceMayBeLong() {
    TrainingSummary summary =
        validated(30_000)
            .setPosWeightSchedule("plateau")
            .setMaxPosWeight(1)
            .setPatience(20_000)
            .fit(ROWS)
            .summary();

    assertThat(summary.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(summary.epochs()).hasSizeGreaterThan(20_000);
    assertThat(summary.passes()).isLessThan(200);
  }

  @Test
  void epochsAreATableToo() {
    TrainingSummary summary = validated(3).fit(ROWS).summary();
    Dataset<Row> table = summary.epochs(SparkSessions.shared());

    assertThat(table.columns())
        .containsExactly("epoch", "posWeight", "objective", "metric", "seconds");
    assertThat(table.count()).isEqualTo(3);
    Epoch last = summary.epochs().get(2);
    Row row = table.filter("epoch = 2").head();
    assertThat(row.getDouble(2)).isEqualTo(last.objective());
    assertThat(row.getDouble(3)).isEqualTo(last.metric());
    assertThat(byEpochs(1).fit(ROWS).summary().epochs(SparkSessions.shared()).head().isNullAt(3))
        .isTrue();
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression();
    assertRefused(
        l -> learner.setPosWeightSchedule("linearDecay"),
        "posWeightSchedule: linearDecay changes from epoch to epoch; set maxEpochs too");
    assertRefused(
        l -> new ImbalancedLogisticRegression().setValidationIndicatorCol("validates"),
        "validationIndicatorCol: validation rows (column 'validates') choose the best epoch; set"
            + " maxEpochs too, or filter them out");
    assertRefused(
        l -> byEpochs(3).setPosWeightSchedule("plateau"),
        "posWeightSchedule: plateau follows the validation metric; set validationIndicatorCol too");
    assertRefused(
        l -> l.setValidationMetric("expected_cost"),
        "validationMetric: expected_cost needs the costs of each row, which training does not read;"
            + " name the costs, as in expected_cost@fp=1,fn=50");
    assertRefused(
        l -> l.setPosWeightSchedule("plateau").setPosWeight(9).setMaxPosWeight(4),
        "maxPosWeight: is 4.0, below the posWeight 9.0 that the schedule starts at; raise it, or set"
            + " a smaller posWeight");
    assertRefused(
        l -> l.setValidationIndicatorCol("id"),
        "validationIndicatorCol: column 'id' is of type bigint; it must be boolean, true for"
            + " validation rows");
  }

  private static void assertRefused(
      UnaryOperator<ImbalancedLogisticRegression> change, String message) {
    ImbalancedLogisticRegression learner = change.apply(validated(3));
    assertThatThrownBy(() -> learner.fit(ROWS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesValidationRowsThatCannotChoose() {
    assertThatThrownBy(() -> validated(3).fit(ROWS.withColumn("validates", lit(false))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "validationIndicatorCol: column 'validates' is true for no row of positive weight; mark"
                + " some rows of both classes, or leave the column out");
    assertThatThrownBy(
            () ->
                validated(3)
                    .fit(ROWS.withColumn("validates", col("validates").and(expr("label = 0")))))
        .hasMessage(
            "validationMetric: average_precision does not exist without positive rows, among the"
                + " validation rows of column 'validates'; choose others, or another metric");
    assertThatThrownBy(
            () -> validated(3).fit(ROWS.withColumn("label", expr("if(id = 0, 0.5D, label)"))))
        .hasMessage(
            "labelCol: column 'label' holds 0.5; validation rows take only 0 and 1: round the"
                + " labels, or use bceWithLogits without validation rows");
  }
}
