package io.github.imbalancedspark.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SampleRows;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ThresholdTunerTest {

  /** Every fourth row is held out; ten rows are of one day. */
  private static final Dataset<Row> ROWS =
      SampleRows.make()
          .withColumn("held", expr("if(id % 4 = 0, true, if(id % 8 = 1, null, false))"))
          .withColumn("day", expr("timestamp_seconds(id div 10 * 86400 + id % 10 * 3600)"))
          .withColumn("fpCost", expr("double(1 + id % 2)"))
          .withColumn("fnCost", expr("double(2 + id % 5)"))
          .cache();

  private static final Dataset<Row> TRAINING = ROWS.filter("id % 4 <> 0");
  private static final Dataset<Row> HELD_OUT = ROWS.filter("id % 4 = 0");

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setRegParam(0.01).setTol(1e-12);
  }

  private static ThresholdTuner<ImbalancedLogisticRegressionModel> tuner(String criterion) {
    return new ThresholdTuner<ImbalancedLogisticRegressionModel>()
        .setEstimator(learner())
        .setCriterion(criterion)
        .setValidationIndicatorCol("held");
  }

  /** A row with its probability, as this test's own arithmetic sees it. */
  private record Scored(double p, boolean positive, double fpCost, double fnCost) {}

  private static List<Scored> heldOut(ImbalancedLogisticRegressionModel model) {
    return model
        .transform(HELD_OUT)
        .select(
            functions.vector_to_array(col("probability"), "float64").getItem(1).as("p"),
            col("label"),
            col("fpCost"),
            col("fnCost"))
        .collectAsList()
        .stream()
        .map(r -> new Scored(r.getDouble(0), r.getDouble(1) == 1, r.getDouble(2), r.getDouble(3)))
        .toList();
  }

  private static double sum(List<Scored> rows, ToDoubleFunction<Scored> of) {
    return rows.stream().mapToDouble(of).sum();
  }

  private static double alerts(List<Scored> rows, double threshold) {
    return sum(rows, r -> r.p > threshold ? 1 : 0);
  }

  private static double hits(List<Scored> rows, double threshold) {
    return sum(rows, r -> r.p > threshold && r.positive ? 1 : 0);
  }

  @Test
  void tellsWhatTheValidationRowsSayOfTheChoice() {
    TunedModel<ImbalancedLogisticRegressionModel> tuned = tuner("f1").tune(ROWS);

    double threshold = tuned.model().getThreshold();
    List<Scored> rows = heldOut(tuned.model());
    double hits = hits(rows, threshold);
    double alerts = alerts(rows, threshold);
    double positives = sum(rows, r -> r.positive ? 1 : 0);
    assertThat(tuned.choice().threshold()).isEqualTo(threshold);
    assertThat(tuned.choice().value()).isCloseTo(2 * hits / (alerts + positives), within(1e-12));
    assertThat(tuned.choice().confusion().fp()).isEqualTo(alerts - hits);
  }

  @Test
  void fitsOnSomeRowsAndChoosesOnTheOthers() {
    ImbalancedLogisticRegressionModel model = tuner("recall@precision>=0.6").fit(ROWS);

    ImbalancedLogisticRegressionModel plain = learner().fit(TRAINING);
    assertThat(model.coefficients().toArray())
        .containsExactly(plain.coefficients().toArray(), within(1e-9));
    double threshold = model.getThreshold();
    List<Scored> rows = heldOut(model);
    double found = hits(rows, threshold);
    assertThat(found / alerts(rows, threshold)).isGreaterThanOrEqualTo(0.6);
    for (Scored other : rows) {
      double lower = other.p - 1e-9;
      assertThat(hits(rows, lower) <= found || hits(rows, lower) / alerts(rows, lower) < 0.6)
          .isTrue();
    }
    assertThat(rows).noneMatch(r -> Math.abs(r.p - threshold) < 1e-6);
    assertThat(model.transform(HELD_OUT).agg(expr("sum(prediction)")).head().getDouble(0))
        .isEqualTo(alerts(rows, threshold));
  }

  @Test
  void keepsTheThresholdWhenItFitsAgainOnAllRows() {
    double threshold = tuner("mcc").fit(ROWS).getThreshold();

    ImbalancedLogisticRegressionModel model = tuner("mcc").setRefit(true).fit(ROWS);

    assertThat(model.getThreshold()).isCloseTo(threshold, within(1e-9));
    assertThat(model.coefficients().toArray())
        .containsExactly(learner().fit(ROWS).coefficients().toArray(), within(1e-9));
  }

  @Test
  void holdsOutAShareOfEitherClass() {
    ThresholdTuner<ImbalancedLogisticRegressionModel> tuner =
        tuner("f1").setValidationFraction(0.3).setKeyCol("id").setSeed(3);
    tuner.clear(tuner.validationIndicatorCol());

    ImbalancedLogisticRegressionModel model = tuner.fit(ROWS);

    assertThat(model.summary().rows()).isEqualTo(84);
    assertThat(model.getThreshold()).isNotEqualTo(0.5);
  }

  @Test
  void weighsWhatEachRowCosts() {
    ImbalancedLogisticRegressionModel model =
        tuner("expected_cost")
            .setFalsePositiveCostCol("fpCost")
            .setFalseNegativeCostCol("fnCost")
            .fit(ROWS);

    List<Scored> rows = heldOut(model);
    double least = rows.stream().mapToDouble(r -> cost(rows, r.p)).min().orElseThrow();
    assertThat(cost(rows, model.getThreshold())).isEqualTo(Math.min(least, cost(rows, 0)));
  }

  private static double cost(List<Scored> rows, double threshold) {
    return sum(rows, r -> (r.p > threshold) == r.positive ? 0 : r.positive ? r.fnCost : r.fpCost);
  }

  /**
   * A quarter of each day is held out, so of 12 days with 10 rows it sees 30, and a quarter of k.
   */
  @Test
  void spendsABudgetOfAlertsOnWholeDays() {
    ImbalancedLogisticRegressionModel model = tuner("alerts_per_day<=2").setDayCol("day").fit(ROWS);

    double threshold = model.getThreshold();
    List<Scored> rows = heldOut(model);
    assertThat(rows).hasSize(30);
    assertThat(alerts(rows, threshold) / 12 * 4).isEqualTo(2);
    ImbalancedLogisticRegressionModel ofHalf =
        tuner("alerts_per_day<=4").setDayCol("day").setDayShare(0.5).fit(ROWS);
    assertThat(ofHalf.getThreshold()).isCloseTo(threshold, within(1e-9));
  }

  @Test
  void spendsABudgetOfAlertsWhereWholeDaysAreHeldOut() {
    ImbalancedLogisticRegressionModel model =
        tuner("alerts_per_day<=2.6")
            .setDayCol("day")
            .fit(ROWS.withColumn("held", expr("id >= 70")));

    double alerts =
        model.transform(ROWS.filter("id >= 70")).agg(expr("sum(prediction)")).head().getDouble(0);
    assertThat(alerts).isEqualTo(13);
  }

  @Test
  void saysHowNearABoundCanBeCome() {
    Dataset<Row> noise = ROWS.withColumn("label", expr("if(held, 1 - label, label)"));
    ThresholdTuner<ImbalancedLogisticRegressionModel> tuner = tuner("recall@precision>=0.99");

    assertThatThrownBy(() -> tuner.fit(noise))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "criterion: no threshold gives a precision >= 0.99; the highest precision there is, is"
                + " 0\\.\\d+, above 0\\.\\d+, where recall is [01][.\\d]* \\(on the validation"
                + " rows\\); ask for less, or set onUnreachable to nearest");
    assertThat(tuner.setOnUnreachable("nearest").fit(noise).getThreshold()).isPositive();
  }

  @Test
  void givesThresholdsToAModelThatKnowsNoOther() {
    RandomForestClassificationModel model =
        new ThresholdTuner<RandomForestClassificationModel>()
            .setEstimator(new RandomForestClassifier().setNumTrees(5).setMaxDepth(3).setSeed(1))
            .setCriterion("f2")
            .setValidationIndicatorCol("held")
            .fit(ROWS);

    double threshold = model.getThresholds()[1];
    assertThat(model.getThresholds()[0]).isEqualTo(1 - threshold);
    assertThat(threshold).isStrictlyBetween(0.0, 1.0).isNotEqualTo(0.5);
    for (Row row : model.transform(ROWS).select("probability", "prediction").collectAsList()) {
      assertThat(row.getDouble(1) == 1).isEqualTo(((Vector) row.get(0)).apply(1) > threshold);
    }
  }

  @Test
  void findsTheClassifierInAPipelineAndLeavesTheEstimatorAlone() {
    LogisticRegression learner = new LogisticRegression().setThresholds(new double[] {0.4, 0.6});
    PipelineModel model =
        new ThresholdTuner<PipelineModel>()
            .setEstimator(new Pipeline().setStages(new PipelineStage[] {learner}))
            .setCriterion("f2")
            .setValidationIndicatorCol("held")
            .fit(ROWS);

    LogisticRegressionModel last = (LogisticRegressionModel) model.stages()[0];
    assertThat(last.getThreshold()).isNotEqualTo(0.6);
    assertThat(learner.getThresholds()).containsExactly(0.4, 0.6);
  }

  @Test
  void namesWhatIsWrongWithTheHeldOutRows() {
    assertThatThrownBy(() -> tuner("f1").fit(ROWS.withColumn("held", expr("id < 0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "validationIndicatorCol: column 'held' is true in no row; mark the rows to choose on");
    assertThatThrownBy(() -> tuner("f1").fit(ROWS.withColumn("label", expr("if(held, 0D, label)"))))
        .hasMessage("criterion: f1 does not exist without positive rows (on the validation rows)");
    assertThatThrownBy(
            () ->
                tuner("alerts_per_day<=2")
                    .setDayCol("day")
                    .fit(ROWS.withColumn("day", expr("if(id = 8, null, day)"))))
        .hasMessage("dayCol: column 'day' holds null; every row needs a day: mend or drop the row");
    assertThatThrownBy(() -> tuner("roc_auc"))
        .hasMessageStartingWith("no threshold can be chosen for 'roc_auc'");
  }
}
