package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Fits to sparse rows of 1,500 features held against scikit-learn, as recorded in {@code
 * golden/sparse_fits.json}, whose script says how the rows are made.
 */
class GoldenSparseFitsTest {

  private static final int ROWS = 6000;
  private static final int BANDS = 6;
  private static final int WIDTH = 250;

  private static Dataset<Row> rows(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int[] numbers = new int[BANDS];
      int[] indices = new int[BANDS];
      double[] values = new double[BANDS];
      for (int k = 0; k < BANDS; k++) {
        numbers[k] = (i * (2 * k + 7) + i / (k + 3)) % WIDTH;
        indices[k] = WIDTH * k + numbers[k];
        values[k] = 1 + (i + k) % 3;
      }
      int f0 = indices[0];
      int f3 = indices[3];
      int below = indices[1] % 5 == 0 ? 26 : 6;
      double label = (37 * i + i / 11 + 5 * f0 + 3 * f3) % 97 < below ? 1 : 0;
      rows.add(RowFactory.create(label, Vectors.sparse(BANDS * WIDTH, indices, values)));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    return SparkSessions.shared().createDataFrame(rows, schema).repartition(partitions);
  }

  @TestFactory
  Stream<DynamicTest> fitsEqualScikitLearn() {
    JsonNode golden = Golden.read("sparse_fits.json");
    return StreamSupport.stream(golden.get("fits").spliterator(), false)
        .flatMap(
            fit ->
                Stream.of("auto", "newtonCg", "newton")
                    .map(
                        solver ->
                            DynamicTest.dynamicTest(
                                solver + ", λ " + fit.get("reg_lambda"),
                                () -> check(fit, solver))));
  }

  private static void check(JsonNode fit, String solver) {
    double reference = fit.get("objective").asDouble();
    double[] coefficients = Golden.doubles(fit.get("coefficients"));
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression()
            .setSolver(solver)
            .setPosWeight(fit.get("pos_weight").asDouble())
            .setRegParam(fit.get("reg_lambda").asDouble())
            .setStandardization(fit.get("standardized").asBoolean())
            .setMaxIter(500);
    ImbalancedLogisticRegressionModel model = learner.fit(rows(3));

    assertThat(model.summary().stopReason().converged()).isTrue();
    assertThat(model.summary().objective()).isCloseTo(reference, within(1e-6 * reference));

    ImbalancedLogisticRegressionModel exact = learner.setTol(1e-12).fit(rows(2));

    assertThat(exact.summary().objective()).isCloseTo(reference, within(1e-10 * reference));
    double largest = 0;
    for (double coefficient : coefficients) {
      largest = Math.max(largest, Math.abs(coefficient));
    }
    assertThat(exact.coefficients().toArray())
        .containsExactly(coefficients, within(1e-4 * largest));
    assertThat(exact.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-4));
  }

  /** From zero on, not from a sketch that holds all rows; in any partitions the same. */
  @TestFactory
  Stream<DynamicTest> newtonCgTakesFewPassesWhateverThePartitions() {
    return StreamSupport.stream(Golden.read("sparse_fits.json").get("fits").spliterator(), false)
        .map(
            fit ->
                DynamicTest.dynamicTest("λ " + fit.get("reg_lambda"), () -> checkPartitions(fit)));
  }

  private static void checkPartitions(JsonNode fit) {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression()
            .setInitialCoefficients(new double[BANDS * WIDTH])
            .setPosWeight(fit.get("pos_weight").asDouble())
            .setRegParam(fit.get("reg_lambda").asDouble())
            .setStandardization(fit.get("standardized").asBoolean())
            .setMaxIter(500);
    TrainingSummary byLbfgs = learner.setSolver("lbfgs").fit(rows(2)).summary();
    TrainingSummary one = learner.setSolver("newtonCg").fit(rows(1)).summary();

    assertThat(2 * one.passes()).isLessThan(byLbfgs.passes());
    assertThat(learner.setSolver("auto").fit(rows(1)).summary().passes()).isEqualTo(one.passes());
    for (int partitions : new int[] {2, 7}) {
      TrainingSummary several = learner.fit(rows(partitions)).summary();
      assertThat(several.objective()).isCloseTo(one.objective(), within(1e-9 * one.objective()));
    }
  }
}
