package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.ReferenceFit;
import io.github.imbalancedspark.support.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits held against scikit-learn's, as recorded in {@code golden/logistic_fits.json}. */
class GoldenFitsTest {

  /** Those that reach the very minimum; all of them are held to their default tolerance below. */
  private static final String[] SOLVERS = {"auto", "newton"};

  /** Fits of the same rows are made in one batch. */
  @TestFactory
  Stream<DynamicTest> fitsEqualScikitLearn() {
    Map<String, List<JsonNode>> batches = new LinkedHashMap<>();
    for (JsonNode fit : Golden.read("logistic_fits.json").get("fits")) {
      String rows = fit.get("data").asText() + (ReferenceFit.isWeighted(fit) ? ", weighted" : "");
      batches.computeIfAbsent(rows, key -> new ArrayList<>()).add(fit);
    }
    return batches.values().stream().flatMap(GoldenFitsTest::tests);
  }

  private static Stream<DynamicTest> tests(List<JsonNode> fits) {
    Dataset<Row> data = TestData.named(fits.get(0).get("data").asText());
    double[] deviations = deviations(data, ReferenceFit.isWeighted(fits.get(0)));
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression();
    ParamMap[] maps =
        fits.stream()
            .flatMap(fit -> Arrays.stream(SOLVERS).map(solver -> variant(learner, fit, solver)))
            .map(Params::extractParamMap)
            .toArray(ParamMap[]::new);
    List<ImbalancedLogisticRegressionModel> models = learner.fit(data, maps);
    return IntStream.range(0, models.size())
        .mapToObj(
            k -> {
              JsonNode fit = fits.get(k / SOLVERS.length);
              return DynamicTest.dynamicTest(
                  name(fit) + " by " + SOLVERS[k % SOLVERS.length],
                  () -> check(fit, models.get(k), deviations));
            });
  }

  private static ImbalancedLogisticRegression variant(
      ImbalancedLogisticRegression learner, JsonNode fit, String solver) {
    return ReferenceFit.set(learner.copy(ParamMap.empty()), fit).setSolver(solver);
  }

  private static String name(JsonNode fit) {
    return String.format(
        "%s, pos_weight %s, λ %s, %s, %s",
        fit.get("data").asText(),
        fit.get("pos_weight"),
        fit.get("reg_lambda"),
        fit.get("standardized").asBoolean() ? "standardized" : "raw",
        fit.get("weights").isNull() ? "unweighted" : "weighted");
  }

  private static void check(
      JsonNode fit, ImbalancedLogisticRegressionModel model, double[] deviations) {
    double reference = fit.get("objective").asDouble();
    assertThat(model.summary().objective()).isCloseTo(reference, within(1e-9 * reference));
    double[] coefficients = Golden.doubles(fit.get("coefficients"));
    for (int j = 0; j < coefficients.length; j++) {
      assertThat(model.coefficients().apply(j) * deviations[j])
          .as("coefficient %d times its deviation", j)
          .isCloseTo(coefficients[j] * deviations[j], within(1e-5));
    }
    assertThat(model.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-4));
  }

  /**
   * At Spark's default tolerance: in its default iterations, and from no coefficients in twice as
   * many. L-BFGS may be there before its model of the objective says so, hence before it stops.
   */
  @ParameterizedTest
  @CsvSource({
    "creditcard-sample, false, false",
    "creditcard-sample, false, true",
    "creditcard-sample, true, false",
    "w8a, false, false",
    "w8a, false, true",
    "w8a, true, false"
  })
  void everySolverReachesTheOptimum(String name, boolean weighted, boolean cold) {
    Dataset<Row> data = TestData.named(name);
    List<JsonNode> fits = new ArrayList<>();
    List<ParamMap> maps = new ArrayList<>();
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression();
    for (JsonNode fit : Golden.read("logistic_fits.json").get("fits")) {
      if (fit.get("data").asText().equals(name) && ReferenceFit.isWeighted(fit) == weighted) {
        for (String solver : new String[] {"auto", "newton", "newtonCg", "lbfgs", "owlqn"}) {
          ImbalancedLogisticRegression estimator =
              variant(learner, fit, solver).setTol(learner.getTol());
          if (cold) {
            estimator
                .setInitialCoefficients(new double[fit.get("coefficients").size()])
                .setMaxIter(2 * learner.getMaxIter());
          }
          fits.add(fit);
          maps.add(estimator.extractParamMap());
        }
      }
    }

    List<ImbalancedLogisticRegressionModel> models =
        learner.fit(data, maps.toArray(new ParamMap[0]));

    assertThat(models).hasSizeGreaterThan(1);
    SoftAssertions.assertSoftly(
        softly -> {
          for (int k = 0; k < models.size(); k++) {
            TrainingSummary summary = models.get(k).summary();
            double reference = fits.get(k).get("objective").asDouble();
            softly
                .assertThat(summary.objective() / reference - 1)
                .as(
                    "%s by %s: %s in %d passes",
                    name(fits.get(k)),
                    maps.get(k).get(learner.solver()).get(),
                    summary.stopReason(),
                    summary.passes())
                .isBetween(-1e-9, 1e-6);
            if (cold) {
              softly.assertThat(summary.stopReason().converged()).isTrue();
            }
          }
        });
  }

  private static double[] deviations(Dataset<Row> data, boolean weighted) {
    Row row =
        data.select(
                Summarizer.std(
                    functions.col("features"),
                    weighted ? functions.col("weight") : functions.lit(1.0)))
            .head();
    return ((Vector) row.get(0)).toArray();
  }
}
