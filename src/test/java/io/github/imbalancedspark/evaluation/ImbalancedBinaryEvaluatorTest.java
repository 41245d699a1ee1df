package io.github.imbalancedspark.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.TestData;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImbalancedBinaryEvaluatorTest {

  /**
   * Labels 1, 0, 1, 0 at scores 0.9, 0.8, 0.4, 0.1, of weights 1 to 4; the model says 1, 0, 1, 0.
   */
  private static final Dataset<Row> SCORED =
      SparkSessions.shared()
          .sql(
              "SELECT * FROM VALUES (1.0, 0.9, 2.2, 1.0, 1, 5.0, 7.0),"
                  + " (0.0, 0.8, 1.4, 0.0, 2, 5.0, 7.0), (1.0, 0.4, -0.4, 1.0, 3, 5.0, 7.0),"
                  + " (0.0, 0.1, -2.2, 0.0, 4, 5.0, 7.0)"
                  + " AS t(label, probability, rawPrediction, prediction, weight, fp, fn)");

  @Test
  void followsTheModelsDecisionUnlessAThresholdIsSet() {
    ImbalancedBinaryEvaluator evaluator = new ImbalancedBinaryEvaluator().setMetricName("accuracy");

    assertThat(evaluator.evaluate(SCORED)).isEqualTo(1);
    assertThat(evaluator.setThreshold(0.5).evaluate(SCORED)).isEqualTo(0.5);
    assertThat(evaluator.setWeightCol("weight").evaluate(SCORED)).isEqualTo(0.5);
    assertThat(evaluator.setThreshold(0.85).evaluate(SCORED)).isEqualTo(0.7);
  }

  @Test
  void scoresAreNoDecisions() {
    for (String column : new String[] {"probability", "weight"}) {
      ImbalancedBinaryEvaluator evaluator =
          new ImbalancedBinaryEvaluator().setMetricName("f1").setPredictionCol(column);
      assertThatThrownBy(() -> evaluator.evaluate(SCORED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("predictionCol: column '" + column + "' holds ")
          .hasMessageEndingWith(
              "; predictions must be 0 or 1: for scores set probabilityCol and threshold");
    }
  }

  @Test
  void readsProbabilitiesUnlessMarginsAreAskedFor() {
    ImbalancedBinaryEvaluator evaluator = new ImbalancedBinaryEvaluator();

    assertThat(evaluator.setMetricName("roc_auc").evaluate(SCORED)).isEqualTo(0.75);
    assertThat(evaluator.setMetricName("brier").evaluate(SCORED))
        .isCloseTo((0.01 + 0.64 + 0.36 + 0.01) / 4, within(1e-15));
    evaluator.setRawPredictionCol("rawPrediction");
    assertThat(evaluator.setMetricName("roc_auc").evaluate(SCORED)).isEqualTo(0.75);
    assertThatThrownBy(() -> evaluator.setMetricName("brier").evaluate(SCORED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "metricName: brier needs probabilities, but the scores range from -2.2 to 2.2: they are"
                + " margins");
  }

  @Test
  void weighsEachRowsCosts() {
    ImbalancedBinaryEvaluator evaluator =
        new ImbalancedBinaryEvaluator()
            .setMetricName("expected_cost")
            .setWeightCol("weight")
            .setThreshold(0.5);

    assertThatThrownBy(() -> evaluator.evaluate(SCORED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metricName: expected_cost needs the costs of each row");
    evaluator.setFalsePositiveCostCol("fp");
    assertThatThrownBy(() -> evaluator.evaluate(SCORED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one is set and the other is not; set both, or none");
    evaluator.setFalseNegativeCostCol("fn");
    assertThat(evaluator.evaluate(SCORED)).isEqualTo((2 * 5.0 + 3 * 7.0) / 10);
    assertThatThrownBy(() -> evaluator.evaluate(SCORED.withColumn("fn", lit(-7))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("falseNegativeCostCol: column 'fn' holds -7.0; costs must be");
  }

  @Test
  void equalsSparksAreaOnAFittedModel() {
    Dataset<Row> data = TestData.named("w8a");
    Dataset<Row> scored =
        new ImbalancedLogisticRegression().setRegParam(0.01).fit(data).transform(data).cache();

    double expected =
        new BinaryClassificationEvaluator()
            .setMetricName("areaUnderROC")
            .setNumBins(0)
            .setWeightCol("weight")
            .evaluate(scored);

    assertThat(
            new ImbalancedBinaryEvaluator()
                .setMetricName("roc_auc")
                .setWeightCol("weight")
                .evaluate(scored))
        .isCloseTo(expected, within(1e-12));
    scored.unpersist();
  }

  @Test
  void choosesInACrossValidator() {
    Dataset<Row> data = TestData.named("w8a").sample(0.2, 1);
    ImbalancedLogisticRegression estimator = new ImbalancedLogisticRegression();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(estimator.regParam(), new double[] {1e6, 1e-3}).build();
    for (String metric : new String[] {"average_precision", "log_loss", "mcc"}) {
      CrossValidatorModel model =
          new CrossValidator()
              .setEstimator(estimator)
              .setEstimatorParamMaps(grid)
              .setEvaluator(new ImbalancedBinaryEvaluator().setMetricName(metric))
              .setNumFolds(2)
              .setSeed(1)
              .fit(data);

      assertThat(((ImbalancedLogisticRegressionModel) model.bestModel()).getRegParam())
          .as(metric)
          .isEqualTo(1e-3);
    }
  }

  @Test
  void choosesByTheModelsOwnThreshold() {
    Dataset<Row> data = TestData.named("w8a").sample(0.2, 1);
    LogisticRegression estimator = new LogisticRegression().setMaxIter(5);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(estimator.threshold(), new double[] {1, 0.2}).build();

    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(estimator)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new ImbalancedBinaryEvaluator().setMetricName("f1"))
            .setNumFolds(2)
            .fit(data);

    assertThat(model.avgMetrics()[0]).isZero();
    assertThat(model.avgMetrics()[1]).isPositive();
  }

  @Test
  void keepsItsParamsWhenSavedCopiedAndLoaded(@TempDir Path folder) throws IOException {
    ImbalancedBinaryEvaluator evaluator =
        new ImbalancedBinaryEvaluator()
            .setMetricName("recall@fpr<=0.01")
            .setLabelCol("y")
            .setProbabilityCol("p")
            .setPredictionCol("d")
            .setWeightCol("w")
            .setThreshold(0.25)
            .setNumBins(1000);
    String path = folder.resolve("evaluator").toString();
    evaluator.write().save(path);

    ImbalancedBinaryEvaluator loaded = ImbalancedBinaryEvaluator.load(path);
    ImbalancedBinaryEvaluator copy = evaluator.copy(ParamMap.empty());

    assertThat(loaded.uid()).isEqualTo(evaluator.uid());
    assertThat(loaded.extractParamMap().toString())
        .isEqualTo(evaluator.extractParamMap().toString());
    assertThat(loaded.isSet(loaded.rawPredictionCol())).isFalse();
    assertThat(copy.uid()).isEqualTo(evaluator.uid());
    assertThat(copy.getMetricName()).isEqualTo("recall@fpr<=0.01");
    assertThat(copy.getNumBins()).isEqualTo(1000);
  }

  @Test
  void saysWhichWayIsBetter() {
    ImbalancedBinaryEvaluator evaluator = new ImbalancedBinaryEvaluator();

    assertThat(evaluator.getMetricName()).isEqualTo("average_precision");
    assertThat(evaluator.isLargerBetter()).isTrue();
    assertThat(evaluator.setMetricName("log_loss").isLargerBetter()).isFalse();
    assertThat(evaluator.setMetricName("expected_cost@fp=1,fn=9").isLargerBetter()).isFalse();
  }

  @Test
  void refusesWhatItCannotEvaluate() {
    ImbalancedBinaryEvaluator evaluator = new ImbalancedBinaryEvaluator();

    assertThatThrownBy(() -> evaluator.setMetricName("areaUnderROC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no metric 'areaUnderROC'; choose one of roc_auc,");
    assertThatThrownBy(() -> evaluator.setNumBins(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numBins given invalid value 2");
    assertThatThrownBy(() -> evaluator.evaluate(SCORED.drop("probability")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probabilityCol: there is no column 'probability'");
    assertThatThrownBy(() -> evaluator.evaluate(SCORED.filter(col("label").equalTo(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metricName: average_precision does not exist without positive rows");
  }
}
