package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.TestData;
import io.github.imbalancedspark.support.Warnings;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data at the edge of what can be fitted, by every solver. */
class CornersTest {

  private static final String[] SOLVERS = {"auto", "newton", "newtonCg", "lbfgs", "owlqn"};

  private static final Dataset<Row> ROWS = SampleRows.make().coalesce(1).cache();

  private static ImbalancedLogisticRegression exact() {
    return new ImbalancedLogisticRegression().setTol(1e-12).setMaxIter(200);
  }

  /** Returns one model a solver, in the order of {@link #SOLVERS}. */
  private static List<ImbalancedLogisticRegressionModel> fit(
      ImbalancedLogisticRegression learner, Dataset<Row> data) {
    ParamMap[] maps =
        Arrays.stream(SOLVERS)
            .map(solver -> new ParamMap().put(learner.solver().w(solver)))
            .toArray(ParamMap[]::new);
    return learner.fit(data, maps);
  }

  private static Dataset<Row> withFeatures(Dataset<Row> rows, Column... features) {
    Column[] doubles = Arrays.stream(features).map(f -> f.cast("double")).toArray(Column[]::new);
    return rows.withColumn("features", array_to_vector(array(doubles)));
  }

  private static void assertSame(
      ImbalancedLogisticRegressionModel actual,
      ImbalancedLogisticRegressionModel expected,
      double relative) {
    double[] coefficients = expected.coefficients().toArray();
    for (int j = 0; j < coefficients.length; j++) {
      assertThat(actual.coefficients().apply(j))
          .as("coefficient " + j)
          .isCloseTo(coefficients[j], within(relative * Math.abs(coefficients[j])));
    }
    assertThat(actual.intercept())
        .isCloseTo(expected.intercept(), within(relative * Math.abs(expected.intercept())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void constantAndEmptyFeaturesChangeNothing(boolean intercept) {
    ImbalancedLogisticRegression learner = exact().setFitIntercept(intercept);
    ImbalancedLogisticRegressionModel without =
        learner.fit(withFeatures(ROWS, expr("sin(id)"), expr("cos(id)")));

    for (ImbalancedLogisticRegressionModel model :
        fit(
            learner,
            withFeatures(ROWS, lit(7.3), expr("sin(id)"), lit(0.0), expr("cos(id)"), lit(-1e9)))) {
      assertThat(model.summary().stopReason().converged()).isTrue();
      double[] coefficients = model.coefficients().toArray();
      assertThat(coefficients[0]).isZero();
      assertThat(coefficients[2]).isZero();
      assertThat(coefficients[4]).isZero();
      assertThat(coefficients[1]).isCloseTo(without.coefficients().apply(0), within(1e-6));
      assertThat(coefficients[3]).isCloseTo(without.coefficients().apply(1), within(1e-6));
      assertThat(model.intercept()).isCloseTo(without.intercept(), within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void constantFeaturesChangeNothingUnderWeightsEither(boolean sparseRows) {
    Dataset<Row> weighted = ROWS.withColumn("weight", expr("if(label = 1, 25 / 6, 25 / 44)"));
    // every other row of zeros is stored sparsely
    Column half = sparseRows ? expr("if(id % 2 = 0, 0, sin(id))") : expr("sin(id)");
    Column[] zeros = {lit(0.0), lit(0.0), lit(0.0), lit(0.0), lit(0.0), lit(0.0)};
    ImbalancedLogisticRegression learner = exact().setWeightCol("weight");
    ImbalancedLogisticRegressionModel without = learner.fit(withFeatures(weighted, half));
    Column[] features = new Column[zeros.length + 4];
    System.arraycopy(zeros, 0, features, 4, zeros.length);
    features[0] = lit(0.1);
    features[1] = half;
    features[2] = lit(1);
    features[3] = lit(-1e9);
    Dataset<Row> data = withFeatures(weighted, features);
    if (sparseRows) {
      data = data.withColumn("features", compressed(data.col("features")));
    }

    for (ImbalancedLogisticRegressionModel model : fit(learner, data.repartition(3))) {
      double[] coefficients = model.coefficients().toArray();
      assertThat(coefficients[0]).isZero();
      assertThat(coefficients[2]).isZero();
      assertThat(coefficients[3]).isZero();
      assertThat(coefficients[1]).isCloseTo(without.coefficients().apply(0), within(1e-6));
      assertThat(model.intercept()).isCloseTo(without.intercept(), within(1e-6));
    }
  }

  private static Column compressed(Column vector) {
    return udf((UDF1<Vector, Vector>) Vector::compressed, SQLDataTypes.VectorType()).apply(vector);
  }

  /** Sums over sparse rows are centred after they are made, and have lost the digits by then. */
  @ParameterizedTest
  @ValueSource(doubles = {1e5, 1e7, 1e9})
  void aSparseRowMayHaveAFeatureFarFromZero(double base) {
    Column far = expr("id % 7").plus(base);
    Column[] dense = {far, expr("sin(id)"), lit(0.0), lit(0.0), lit(0.0), lit(0.0)};
    Dataset<Row> data = withFeatures(ROWS, dense);
    Dataset<Row> sparse = data.withColumn("features", compressed(data.col("features")));
    ImbalancedLogisticRegressionModel expected = exact().fit(data);

    for (ImbalancedLogisticRegressionModel model :
        fit(new ImbalancedLogisticRegression().setMaxIter(300), sparse)) {
      assertThat(model.summary().stopReason().converged()).isTrue();
      assertThat(model.summary().objective())
          .isCloseTo(expected.summary().objective(), within(1e-6 * expected.summary().objective()));
    }
  }

  @Test
  void valuesWhoseSquaresOverflowAreNamed() {
    Dataset<Row> data = ROWS.withColumn("x", expr("if(id = 7, 1e300, sin(id))"));

    assertThatThrownBy(
            () -> new ImbalancedLogisticRegression().fit(withFeatures(data, lit(1), col("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("featuresCol: column 'features' holds values in feature index 1");
    assertThatThrownBy(
            () ->
                new ImbalancedLogisticRegression()
                    .setFeaturesCols(new String[] {"x", "label"})
                    .fit(data.drop("features")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("featuresCols: column 'x' holds values whose squares overflow");
  }

  @Test
  void aReadingThatFailsLeavesNothingCached() {
    Dataset<Row> broken =
        ROWS.withColumn("id", expr("if(id = 100, raise_error('broken'), id)"))
            .withColumn("validates", expr("id % 2 = 0"));
    int before = cached();

    for (ImbalancedLogisticRegression learner :
        List.of(
            new ImbalancedLogisticRegression(),
            new ImbalancedLogisticRegression()
                .setMaxEpochs(3)
                .setValidationIndicatorCol("validates"))) {
      assertThatThrownBy(() -> learner.fit(withFeatures(broken, col("id"))))
          .hasStackTraceContaining("broken");
      assertThat(cached()).isEqualTo(before);
    }
  }

  private static int cached() {
    return ROWS.sparkSession().sparkContext().getPersistentRDDs().size();
  }

  @Test
  void exactHessiansAreForFewFeatures() {
    Dataset<Row> wide =
        ROWS.withColumn(
            "features",
            udf(
                    (UDF1<Object, Vector>)
                        id -> Vectors.sparse(10_001, new int[] {3}, new double[] {1}),
                    SQLDataTypes.VectorType())
                .apply(col("label")));

    assertThatThrownBy(() -> new ImbalancedLogisticRegression().setSolver("newton").fit(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "solver: takes a matrix of 10001×10001 numbers, and at most 10000×10000; use auto or"
                + " lbfgs");
  }

  @Test
  void withoutAnyUsefulFeatureTheInterceptIsTheLogOdds() {
    double positives = ROWS.filter("label = 1").count();
    double odds = positives / (ROWS.count() - positives);

    for (ImbalancedLogisticRegressionModel model :
        fit(exact().setPosWeight(3), withFeatures(ROWS, lit(0.0), lit(5.0)))) {
      assertThat(model.coefficients().toArray()).containsOnly(0);
      assertThat(model.intercept()).isCloseTo(Math.log(3 * odds), within(1e-7));
    }
  }

  @Test
  void separableClassesEndTheSearchWithFiniteCoefficients() {
    Dataset<Row> data = withFeatures(ROWS, expr("if(label = 1, 1, -1) * (1 + id % 3)"));

    List<ImbalancedLogisticRegressionModel> models;
    try (Warnings warnings = Warnings.of(ImbalancedLogisticRegression.class)) {
      models = fit(new ImbalancedLogisticRegression("learner"), data);

      assertThat(warnings.messages())
          .hasSize(SOLVERS.length)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .endsWith("learner stopped early: " + StopReason.SEPARATED.advice()));
    }
    for (ImbalancedLogisticRegressionModel model : models) {
      assertThat(model.summary().stopReason()).isEqualTo(StopReason.SEPARATED);
      assertThat(model.coefficients().apply(0)).isFinite().isPositive();
      assertThat(model.transform(data).filter("prediction != label").count()).isZero();
    }
  }

  @Test
  void aPenaltyMakesSeparableClassesConverge() {
    Dataset<Row> data = withFeatures(ROWS, expr("if(label = 1, 1, -1) * (1 + id % 3)"));
    List<ImbalancedLogisticRegressionModel> models = fit(exact().setRegParam(0.1), data);

    for (ImbalancedLogisticRegressionModel model : models) {
      assertThat(model.summary().stopReason().converged()).isTrue();
      assertSame(model, models.get(0), 1e-5);
    }
  }

  @Test
  void scalesOfFeaturesDoNotMatterWhenTheyAreStandardized() {
    double[] scales = {1e-8, 1e8, 1};
    Column[] plain = {expr("sin(id)"), expr("cos(id * 1.7)"), expr("3 + sin(id * 2.3)")};
    Column[] scaled = new Column[3];
    for (int j = 0; j < 3; j++) {
      scaled[j] = plain[j].multiply(scales[j]);
    }

    for (double regParam : new double[] {0, 0.01}) {
      ImbalancedLogisticRegression learner = exact().setRegParam(regParam);
      ImbalancedLogisticRegressionModel expected = learner.fit(withFeatures(ROWS, plain));
      for (ImbalancedLogisticRegressionModel model : fit(learner, withFeatures(ROWS, scaled))) {
        assertThat(model.summary().objective())
            .isCloseTo(expected.summary().objective(), within(1e-12));
        for (int j = 0; j < 3; j++) {
          assertThat(model.coefficients().apply(j) * scales[j])
              .isCloseTo(expected.coefficients().apply(j), within(1e-5));
        }
      }
    }
  }

  @Test
  void partitionsWithoutPositivesOrWithoutRowsDoNotMatter() {
    Dataset<Row> apart =
        ROWS.filter("label = 0")
            .repartition(3)
            .union(ROWS.filter("label = 1").coalesce(1))
            .union(ROWS.filter("id < 0").repartition(2));
    List<ImbalancedLogisticRegressionModel> together = fit(exact().setPosWeight(5), ROWS);

    List<ImbalancedLogisticRegressionModel> models = fit(exact().setPosWeight(5), apart);

    for (int k = 0; k < SOLVERS.length; k++) {
      assertSame(models.get(k), together.get(k), 1e-6);
    }
  }

  @Test
  void oneRowOfEachClassIsEnough() {
    Dataset<Row> data =
        withFeatures(
            SparkSessions.shared().range(2).selectExpr("id", "double(id) as label"), col("id"));

    for (ImbalancedLogisticRegressionModel model : fit(exact().setRegParam(0.1), data)) {
      // With z = ±m at the two rows, the condition for the minimum is σ(−m) = λ β std² with
      // m = β/2 and std² = 1/2, halved once more because each row has half of the mean.
      double beta = model.coefficients().apply(0);
      assertThat(model.intercept()).isCloseTo(-beta / 2, within(1e-6));
      assertThat(1 / (1 + Math.exp(beta / 2)) / 2).isCloseTo(0.1 * beta / 2, within(1e-6));
    }
  }

  private static Dataset<Row> fewerRowsThanFeatures() {
    Column[] features = new Column[30];
    for (int j = 0; j < features.length; j++) {
      features[j] = expr("sin(id * " + (j + 1.3) + ")");
    }
    return withFeatures(ROWS.filter("id < 12"), features);
  }

  @Test
  void fewerRowsThanFeaturesNeedAPenalty() {
    Dataset<Row> data = fewerRowsThanFeatures();

    List<ImbalancedLogisticRegressionModel> penalised = fit(exact().setRegParam(0.1), data);
    for (ImbalancedLogisticRegressionModel model : penalised) {
      assertThat(model.summary().stopReason().converged()).isTrue();
      for (int j = 0; j < model.numFeatures(); j++) {
        assertThat(model.coefficients().apply(j))
            .isCloseTo(penalised.get(0).coefficients().apply(j), within(1e-5));
      }
    }
    for (ImbalancedLogisticRegressionModel model : fit(exact(), data)) {
      assertThat(model.summary().stopReason()).isEqualTo(StopReason.SEPARATED);
      assertThat(Arrays.stream(model.coefficients().toArray()).allMatch(Double::isFinite)).isTrue();
    }
  }

  /**
   * The objective is 1e-12 of that of all coefficients 0, which is no sign of separability here.
   */
  @Test
  void withAPenaltyNothingIsSeparable() {
    Dataset<Row> data = fewerRowsThanFeatures();

    List<ImbalancedLogisticRegressionModel> models = fit(exact().setRegParam(1e-14), data);

    double least = models.stream().mapToDouble(m -> m.summary().objective()).min().orElseThrow();
    assertThat(least).isLessThan(1e-11);
    for (ImbalancedLogisticRegressionModel model : models) {
      assertThat(model.summary().stopReason().converged()).isTrue();
      assertThat(model.summary().objective()).isCloseTo(least, within(1e-6 * least));
    }
  }

  /**
   * On more rows than a sketch takes, at the default tolerance. Conjugate gradients of floats end
   * at points that differ in more digits, though not in their objective.
   */
  @ParameterizedTest
  @CsvSource({
    "creditcard-sample, auto, 1e-9",
    "creditcard-sample, newton, 1e-9",
    "creditcard-sample, newtonCg, 1e-5",
    "creditcard-sample, lbfgs, 1e-9",
    "creditcard-sample, owlqn, 1e-9",
    "w8a, auto, 1e-9",
    "w8a, newton, 1e-9"
  })
  void partitionsDoNotMatter(String name, String solver, double relative) {
    Dataset<Row> data = TestData.named(name);
    ImbalancedLogisticRegression learner = penalised().setSolver(solver);
    ImbalancedLogisticRegressionModel expected = learner.fit(data.coalesce(1));

    for (int partitions : new int[] {2, 7}) {
      ImbalancedLogisticRegressionModel model = learner.fit(data.repartition(partitions));
      assertSameObjective(model, expected, 1e-12);
      assertSame(model, expected, relative);
    }
  }

  /**
   * Over the many steps of L-BFGS on w8a the order of sums grows, in directions that its rows
   * hardly tell: the objective stays the same to well within the tolerance, coefficients to 1e-5 of
   * the largest.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lbfgs", "owlqn"})
  void partitionsHardlyMatterToManySteps(String solver) {
    Dataset<Row> data = TestData.named("w8a");
    ImbalancedLogisticRegression learner = penalised().setSolver(solver);
    ImbalancedLogisticRegressionModel expected = learner.fit(data.coalesce(1));
    double[] coefficients = expected.coefficients().toArray();
    double largest = Arrays.stream(coefficients).map(Math::abs).max().orElseThrow();

    for (int partitions : new int[] {2, 7}) {
      ImbalancedLogisticRegressionModel model = learner.fit(data.repartition(partitions));
      assertSameObjective(model, expected, 1e-9);
      assertThat(model.coefficients().toArray())
          .containsExactly(coefficients, within(1e-5 * largest));
    }
  }

  private static ImbalancedLogisticRegression penalised() {
    return new ImbalancedLogisticRegression().setAutoPosWeight(true).setRegParam(1e-3);
  }

  private static void assertSameObjective(
      ImbalancedLogisticRegressionModel actual,
      ImbalancedLogisticRegressionModel expected,
      double relative) {
    double objective = expected.summary().objective();
    assertThat(actual.summary().objective()).isCloseTo(objective, within(relative * objective));
  }

  /** Deviations would be 0, and every coefficient with them. */
  @ParameterizedTest
  @ValueSource(strings = {"1E160D", "if(id = 7, 1E20D, 1D)"})
  void weightsThatLeaveNoDeviationsAreRefused(String weight) {
    ImbalancedLogisticRegression learner = exact().setWeightCol("weight");
    Dataset<Row> rows = ROWS.withColumn("weight", expr(weight));
    assertThatThrownBy(() -> learner.fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "weightCol: the weights in column 'weight' are too large to be squared, or one outweighs"
                + " all others; divide them by their mean, and mend or drop that row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E150D", "1E-150D", "4.9E-324D", "if(id = 7, 1E10D, 1D)"})
  void otherWeightsAreNot(String weight) {
    ImbalancedLogisticRegressionModel model =
        exact()
            .setWeightCol("weight")
            .setReduction("weightedMean")
            .setRegParam(0.1)
            .fit(ROWS.withColumn("weight", expr(weight)));
    assertThat(model.coefficients().toArray()).doesNotContain(0.0);
    assertThat(model.summary().stopReason().converged()).isTrue();
  }

  /** What they hold, such as the code of a missing value, is of no matter. */
  @ParameterizedTest
  @CsvSource({
    "999999999, false",
    "9.97e36, false",
    "-1e308, false",
    "999999999, true",
    "-1e308, true"
  })
  void rowsThatWeighNothingAreAsIfTheyWereNotThere(double code, boolean sparseRows) {
    Column missing = expr("id % 10 < 3");
    Column[] features = new Column[sparseRows ? 9 : 3];
    Arrays.fill(features, lit(0.0));
    features[1] = when(missing, code).otherwise(expr("sin(id)"));
    features[2] = when(missing, code).otherwise(expr("if(id % 2 = 0, 0, 1000 + cos(id))"));
    Dataset<Row> rows =
        withFeatures(ROWS, features)
            .withColumn("weight", when(missing, 0.0).otherwise(col("weight")));
    if (sparseRows) {
      rows = rows.withColumn("features", compressed(rows.col("features")));
    }
    ImbalancedLogisticRegression learner =
        exact().setWeightCol("weight").setReduction("weightedMean").setRegParam(0.1);
    ImbalancedLogisticRegressionModel without = learner.fit(rows.where("weight > 0"));
    assertThat(without.coefficients().apply(1)).isNotZero();

    for (ImbalancedLogisticRegressionModel model : fit(learner, rows)) {
      assertThat(model.summary().rows()).isEqualTo(ROWS.count());
      assertSame(model, without, 1e-6);
    }
  }
}
