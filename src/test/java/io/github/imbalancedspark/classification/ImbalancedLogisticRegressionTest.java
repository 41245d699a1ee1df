package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.support.Frames;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighter;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImbalancedLogisticRegressionTest {

  private static final Dataset<Row> ROWS = SampleRows.make().coalesce(1).cache();

  private static ImbalancedLogisticRegression exact() {
    return new ImbalancedLogisticRegression().setTol(1e-14);
  }

  @ParameterizedTest
  @CsvSource({
    "0,    true,  true,  false",
    "0,    true,  false, true",
    "0.05, true,  true,  true",
    "0.05, true,  false, false",
    "0.05, false, true,  false",
    "0.05, false, false, true",
  })
  void equalsSparksOwn(
      double regParam, boolean standardization, boolean fitIntercept, boolean weighted) {
    ImbalancedLogisticRegression ours =
        exact()
            .setRegParam(regParam)
            .setStandardization(standardization)
            .setFitIntercept(fitIntercept);
    LogisticRegression sparks =
        new LogisticRegression()
            .setTol(1e-12)
            .setMaxIter(500)
            .setRegParam(regParam)
            .setStandardization(standardization)
            .setFitIntercept(fitIntercept);
    if (weighted) {
      ours.setWeightCol("weight");
      sparks.setWeightCol("weight");
    }

    ImbalancedLogisticRegressionModel actual = ours.fit(ROWS);
    LogisticRegressionModel expected = sparks.fit(ROWS);

    double[] history = expected.summary().objectiveHistory();
    double objective = history[history.length - 1];
    assertThat(actual.summary().objective()).isCloseTo(objective, within(1e-9 * objective));
    Vector std =
        ROWS.select(Summarizer.std(col("features"), weighted ? col("weight") : lit(1.0)))
            .head()
            .getAs(0);
    for (int j = 0; j < 3; j++) {
      assertThat(actual.coefficients().apply(j) * std.apply(j))
          .isCloseTo(expected.coefficients().apply(j) * std.apply(j), within(1e-4));
    }
    assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(1e-4));
  }

  @Test
  void defaultsAreSparks() {
    ImbalancedLogisticRegression ours = new ImbalancedLogisticRegression();
    LogisticRegression sparks = new LogisticRegression();

    for (String name :
        new String[] {
          "featuresCol",
          "labelCol",
          "predictionCol",
          "probabilityCol",
          "rawPredictionCol",
          "threshold",
          "regParam",
          "elasticNetParam",
          "fitIntercept",
          "standardization",
          "maxIter",
          "tol",
          "aggregationDepth",
          "maxBlockSizeInMB"
        }) {
      assertThat(ours.getOrDefault(ours.getParam(name)))
          .as(name)
          .isEqualTo(sparks.getOrDefault(sparks.getParam(name)));
    }
  }

  @Test
  void posWeightOverridesAutoPosWeightOverridesClassWeights() {
    ImbalancedLogisticRegression learner = exact();
    double ratio = (double) ROWS.filter("label = 0").count() / ROWS.filter("label = 1").count();

    assertThat(learner.fit(ROWS).trainedClassWeights()).containsExactly(1, 1);
    learner.setClassWeights(new double[] {0.5, 7});
    assertThat(learner.fit(ROWS).trainedClassWeights()).containsExactly(0.5, 7);
    learner.setAutoPosWeight(true);
    assertThat(learner.fit(ROWS).trainedClassWeights()).containsExactly(0.5, ratio);
    learner.setPosWeight(3);
    assertThat(learner.fit(ROWS).trainedClassWeights()).containsExactly(0.5, 3);
  }

  @Test
  void autoPosWeightIsByWeight() {
    Row sums = ROWS.selectExpr("sum(weight * (1 - label))", "sum(weight * label)").head();

    assertThat(
            exact().setAutoPosWeight(true).setWeightCol("weight").fit(ROWS).trainedClassWeights())
        .containsExactly(1, sums.getDouble(0) / sums.getDouble(1));
  }

  @Test
  void classWeightsAreRowWeightsWhenNothingIsPenalised() {
    Dataset<Row> weighted = new ClassWeighter().setWeightCol("weight").fit(ROWS).transform(ROWS);
    ClassWeighter weighter = new ClassWeighter().setWeightCol("weight");
    double[] classWeights =
        weighter.fit(ROWS).classWeights().values().stream()
            .mapToDouble(Double::doubleValue)
            .toArray();

    ImbalancedLogisticRegressionModel byColumn = exact().setWeightCol("classWeight").fit(weighted);
    ImbalancedLogisticRegressionModel byClass =
        exact().setWeightCol("weight").setClassWeights(classWeights).fit(ROWS);

    assertSameModel(byColumn, byClass, 1e-6);
  }

  @Test
  void reductionsDivideBySumOfWeightsRowsOrNothing() {
    double weightSum = ROWS.selectExpr("sum(weight)").head().getDouble(0);
    ImbalancedLogisticRegression learner = exact().setWeightCol("weight").setPosWeight(3);

    double weightedMean = learner.fit(ROWS).summary().objective();
    double mean = learner.setReduction("mean").fit(ROWS).summary().objective();
    double sum = learner.setReduction("sum").fit(ROWS).summary().objective();

    assertThat(mean).isCloseTo(sum / ROWS.count(), within(1e-12 * sum));
    assertThat(weightedMean).isCloseTo(sum / weightSum, within(1e-12 * sum));
  }

  @Test
  void aSoftLabelIsBothLabelsInPart() {
    Dataset<Row> soft = ROWS.withColumn("label", expr("if(id % 2 = 0, label, 0.25D)"));
    Dataset<Row> hard =
        soft.withColumn("label", expr("explode(array(0D, 1D))"))
            .join(soft.selectExpr("id", "label as y"), "id")
            .withColumn("weight", expr("if(label = 1, y, 1 - y)"));

    assertSameModel(
        exact().setPosWeight(4).setRegParam(0.01).setStandardization(false).fit(soft),
        exact()
            .setPosWeight(4)
            .setRegParam(0.01)
            .setStandardization(false)
            .setWeightCol("weight")
            .fit(hard),
        1e-6);
  }

  @Test
  void thresholdAndThresholdsStayInStep() {
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression().setThreshold(0.3);
    assertThat(learner.getThresholds()).containsExactly(0.7, 0.3);

    learner.setThresholds(new double[] {0.8, 0.2});
    assertThat(learner.getThreshold())
        .isEqualTo(new LogisticRegression().setThresholds(new double[] {0.8, 0.2}).getThreshold());
    assertThat(learner.isSet(learner.threshold())).isFalse();

    ImbalancedLogisticRegressionModel model = learner.fit(ROWS);
    Dataset<Row> byThresholds = model.transform(ROWS);
    Frames.assertSame(
        model.copy(model.extractParamMap()).setThreshold(learner.getThreshold()).transform(ROWS),
        byThresholds,
        0);
    assertThat(byThresholds.filter("prediction = 1").count())
        .isPositive()
        .isEqualTo(
            byThresholds
                .filter(vector_to_array(col("probability"), "float64").getItem(1).gt(0.2))
                .count());
  }

  @Test
  void predictionIsStrictlyAboveTheThreshold() {
    ImbalancedLogisticRegressionModel model = exact().fit(ROWS);
    Vector features = ROWS.select("features").head().getAs(0);
    double probability = model.predictProbability(features).apply(1);

    assertThat(model.setThreshold(probability).predict(features)).isZero();
    assertThat(model.setThreshold(Math.nextDown(probability)).predict(features)).isEqualTo(1);
  }

  @Test
  void sparksModelScoresTheSame() {
    ImbalancedLogisticRegressionModel model = exact().setPosWeight(5).setThreshold(0.35).fit(ROWS);

    Frames.assertSame(model.toSpark().transform(ROWS), model.transform(ROWS), 1e-14);
  }

  @Test
  void sparksModelReadsNoColumnsOfTheirOwn() {
    Dataset<Row> rows = ROWS.withColumn("a", expr("sin(id)")).withColumn("b", expr("cos(id)"));
    ImbalancedLogisticRegressionModel model = exact().setFeaturesCols("a", "b").fit(rows);

    assertThatThrownBy(model::toSpark)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "featuresCols: a, b are columns of their own, and Spark's model reads one vector"
                + " column; assemble them in this order, name that column by setFeaturesCol, and"
                + " clear featuresCols");
    model.clear(model.featuresCols());
    Dataset<Row> assembled =
        rows.withColumn("features", array_to_vector(array(col("a"), col("b"))));
    Frames.assertSame(model.toSpark().transform(assembled), model.transform(assembled), 1e-14);
  }

  @Test
  void aSingleRowIsTooFew() {
    assertThatThrownBy(() -> exact().fit(ROWS.limit(1).withColumn("label", lit(0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the training data has a single row, of a soft label; at least two are needed");
  }

  /** A model that is worse than none at all is no start, but without iterations nothing starts. */
  @Test
  void withoutIterationsTheInitialModelStays() {
    double[] coefficients = exact().fit(ROWS).coefficients().toArray();
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] *= -100;
    }

    ImbalancedLogisticRegressionModel model =
        exact().setInitialCoefficients(coefficients).setInitialIntercept(1).setMaxIter(0).fit(ROWS);

    assertThat(model.coefficients().toArray()).containsExactly(coefficients, within(1e-9));
    assertThat(model.summary().objective()).isGreaterThan(1);
    assertThat(model.isSet(model.initialCoefficients())).isFalse();
    assertThat(model.isSet(model.initialIntercept())).isFalse();
    assertThat(model.getMaxIter()).isZero();
  }

  @Test
  void oneVsRestPassesWeights() {
    Dataset<Row> three = ROWS.withColumn("label", expr("if(id % 4 = 0, 2D, label)"));
    OneVsRestModel model =
        new OneVsRest().setClassifier(exact().setRegParam(0.1)).setWeightCol("weight").fit(three);

    for (int k = 0; k < 3; k++) {
      ImbalancedLogisticRegressionModel alone =
          exact()
              .setRegParam(0.1)
              .setWeightCol("weight")
              .fit(three.withColumn("label", expr("if(label = " + k + ", 1D, 0D)")));
      assertSameModel((ImbalancedLogisticRegressionModel) model.models()[k], alone, 1e-9);
    }
  }

  @Test
  void constantAndEmptyFeaturesHaveNoCoefficient() {
    Dataset<Row> data = withFeatures(ROWS, expr("sin(id)"), lit(7.0), lit(0.0));

    for (boolean intercept : new boolean[] {true, false}) {
      ImbalancedLogisticRegressionModel model = exact().setFitIntercept(intercept).fit(data);

      assertThat(model.summary().stopReason().converged()).isTrue();
      assertThat(model.coefficients().apply(0)).isNotZero().isFinite();
      assertThat(model.coefficients().apply(1)).isZero();
      assertThat(model.coefficients().apply(2)).isZero();
    }
  }

  @Test
  void oneRowOfEachClassIsEnough() {
    Dataset<Row> data =
        withFeatures(
            SparkSessions.shared().range(2).selectExpr("id", "double(id) as label"), col("id"));

    ImbalancedLogisticRegressionModel model = exact().setRegParam(0.1).fit(data);

    // By symmetry the margin is 0 halfway.
    assertThat(model.intercept()).isCloseTo(-model.coefficients().apply(0) / 2, within(1e-7));
    assertThat(model.coefficients().apply(0)).isPositive();
  }

  @Test
  void fewerRowsThanFeaturesNeedAPenaltyOrAreSeparated() {
    Column[] features = new Column[30];
    for (int j = 0; j < features.length; j++) {
      features[j] = expr("sin(id * " + (j + 1.3) + ")");
    }
    Dataset<Row> data = withFeatures(ROWS.limit(12), features);

    ImbalancedLogisticRegressionModel penalised = exact().setRegParam(0.1).fit(data);
    ImbalancedLogisticRegressionModel free = exact().fit(data);

    assertThat(penalised.summary().stopReason().converged()).isTrue();
    assertThat(free.summary().stopReason()).isEqualTo(StopReason.SEPARATED);
    for (double coefficient : free.coefficients().toArray()) {
      assertThat(coefficient).isFinite();
    }
  }

  @Test
  void maxIterIsKept() {
    double[] zeros = new double[exact().fit(ROWS).coefficients().size()];
    for (int maxIter = 0; maxIter < 3; maxIter++) {
      ImbalancedLogisticRegressionModel model =
          exact().setInitialCoefficients(zeros).setMaxIter(maxIter).fit(ROWS);

      assertThat(model.summary().totalIterations()).isEqualTo(maxIter);
      assertThat(model.summary().stopReason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }
  }

  /** Of rows few enough, the driver has them all and gives the passes little to do. */
  @Test
  void fewRowsAreFittedOnTheDriver() {
    double[] zeros = new double[exact().fit(ROWS).coefficients().size()];

    int passes = exact().fit(ROWS).summary().passes();

    assertThat(passes)
        .isLessThan(exact().setInitialCoefficients(zeros).fit(ROWS).summary().passes());
    assertThat(passes).isLessThan(4);
  }

  @Test
  void aLoadedModelHasNoSummary() {
    ImbalancedLogisticRegressionModel model =
        new ImbalancedLogisticRegressionModel(
            "loaded",
            exact().fit(ROWS).coefficients(),
            0,
            new double[] {1, 1},
            OddsCorrection.NONE);

    assertThat(model.hasSummary()).isFalse();
    assertThatThrownBy(model::summary)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("model loaded was not fitted in this session, so it has no training summary");
  }

  private static Dataset<Row> withFeatures(Dataset<Row> rows, Column... features) {
    Column[] doubles = new Column[features.length];
    for (int j = 0; j < doubles.length; j++) {
      doubles[j] = features[j].cast("double");
    }
    return rows.withColumn("features", array_to_vector(array(doubles)));
  }

  private static void assertSameModel(
      ImbalancedLogisticRegressionModel actual,
      ImbalancedLogisticRegressionModel expected,
      double tolerance) {
    assertThat(actual.coefficients().toArray())
        .containsExactly(expected.coefficients().toArray(), within(tolerance));
    assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(tolerance));
  }

  /** As a grid over one of them does, which goes past the setters. */
  @Test
  void aThresholdThatContradictsThresholdsIsRefused() {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setThresholds(new double[] {0.5, 0.5});
    assertThatThrownBy(() -> learner.fit(ROWS, new ParamMap().put(learner.threshold().w(0.9))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threshold: is 0.9, and thresholds is [0.5, 0.5], which means 0.5; set only one of"
                + " them");
    assertThat(learner.fit(ROWS, new ParamMap().put(learner.threshold().w(0.5))).getThreshold())
        .isEqualTo(0.5);
  }
}
