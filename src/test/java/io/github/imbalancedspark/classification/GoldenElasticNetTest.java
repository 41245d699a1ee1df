package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.TestData;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Fits with an L1 penalty held against scikit-learn's saga, as recorded in {@code
 * golden/elastic_net.json}.
 */
class GoldenElasticNetTest {

  @TestFactory
  Stream<DynamicTest> fitsEqualScikitLearn() {
    return StreamSupport.stream(Golden.read("elastic_net.json").get("fits").spliterator(), false)
        .map(fit -> DynamicTest.dynamicTest(name(fit), () -> check(fit)));
  }

  private static String name(JsonNode fit) {
    return String.format(
        "%s, pos_weight %s, λ %s, a %s, %s",
        fit.get("data").asText(),
        fit.get("pos_weight"),
        fit.get("reg_lambda"),
        fit.get("elastic_net"),
        fit.get("standardized").asBoolean() ? "standardized" : "raw");
  }

  /** At the default tolerance the objective is within that of the optimum, by every solver. */
  @TestFactory
  Stream<DynamicTest> everySolverKeepsItsTolerance() {
    return StreamSupport.stream(Golden.read("elastic_net.json").get("fits").spliterator(), false)
        .flatMap(
            fit ->
                Stream.of("auto", "owlqn")
                    .map(
                        solver ->
                            DynamicTest.dynamicTest(
                                name(fit) + ", " + solver, () -> checkTolerance(fit, solver))));
  }

  private static void checkTolerance(JsonNode fit, String solver) {
    double reference = fit.get("objective").asDouble();
    for (int partitions : new int[] {1, 7}) {
      ImbalancedLogisticRegressionModel model =
          learner(fit)
              .setSolver(solver)
              .setMaxIter(500)
              .fit(TestData.named(fit.get("data").asText()).repartition(partitions));

      assertThat(model.summary().stopReason().converged()).isTrue();
      assertThat(model.summary().objective()).isCloseTo(reference, within(1e-6 * reference));
    }
  }

  private static ImbalancedLogisticRegression learner(JsonNode fit) {
    return new ImbalancedLogisticRegression()
        .setPosWeight(fit.get("pos_weight").asDouble())
        .setRegParam(fit.get("reg_lambda").asDouble())
        .setElasticNetParam(fit.get("elastic_net").asDouble())
        .setStandardization(fit.get("standardized").asBoolean());
  }

  private static void check(JsonNode fit) {
    ImbalancedLogisticRegressionModel model =
        learner(fit).setTol(1e-13).setMaxIter(1000).fit(TestData.named(fit.get("data").asText()));

    double reference = fit.get("objective").asDouble();
    assertThat(model.summary().objective()).isCloseTo(reference, within(1e-9 * reference));
    double[] coefficients = Golden.doubles(fit.get("coefficients"));
    for (int j = 0; j < coefficients.length; j++) {
      double actual = model.coefficients().apply(j);
      assertThat(actual == 0).as("coefficient %d is 0", j).isEqualTo(coefficients[j] == 0);
      assertThat(actual)
          .as("coefficient %d", j)
          .isCloseTo(coefficients[j], within(1e-4 * Math.max(Math.abs(coefficients[j]), 1e-3)));
    }
    assertThat(model.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-4));
  }
}
