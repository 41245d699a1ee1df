package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Metrics held against scikit-learn's and imbalanced-learn's in {@code golden/metrics.json}. */
class GoldenMetricsTest {

  private static final List<String> NAMES =
      List.of(
          "tp",
          "fp",
          "tn",
          "fn",
          "precision",
          "recall",
          "f1",
          "f2",
          "specificity",
          "balanced_accuracy",
          "geometric_mean",
          "mcc",
          "accuracy",
          "roc_auc",
          "average_precision",
          "brier",
          "ks");

  @TestFactory
  Stream<DynamicTest> metricsEqualScikitLearn() {
    return StreamSupport.stream(Golden.read("metrics.json").get("cases").spliterator(), false)
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    String.format(
                        "%s, %s, threshold %s",
                        golden.get("kind").asText(),
                        golden.get("weights").isNull() ? "unweighted" : "weighted",
                        golden.get("threshold")),
                    () -> check(golden)));
  }

  private static void check(JsonNode golden) {
    BinaryMetrics metrics =
        BinaryMetrics.of(
            ScoredRows.of(golden).tally(ScoreCurve.DEFAULT_MAX_BINS),
            golden.get("threshold").asDouble());

    for (String name : NAMES) {
      assertClose(name, metrics.asMap().get(name), golden.get(name));
    }
    assertClose("log_loss", metrics.get("log_loss"), golden.get("log_loss_clipped_1e_15"));
    for (String constraint : List.of("recall@precision>=", "precision@recall>=", "recall@fpr<=")) {
      golden
          .get(constraint.replaceAll("[<>]=", "").replace("@", "_at_"))
          .properties()
          .forEach(
              e -> assertClose(constraint, metrics.get(constraint + e.getKey()), e.getValue()));
    }
    assertThat(metrics.ranking().rocAucError()).isZero();
    assertThat(metrics.ranking().averagePrecisionError()).isZero();
    assertThat(metrics.reasons()).isEmpty();
  }

  private static void assertClose(String name, double value, JsonNode expected) {
    assertThat(value)
        .as(name)
        .isCloseTo(expected.asDouble(), within(1e-12 * Math.abs(expected.asDouble())));
  }
}
