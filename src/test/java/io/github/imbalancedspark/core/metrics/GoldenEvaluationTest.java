package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Metrics with figures in their names, held against {@code golden/evaluation.json}. */
class GoldenEvaluationTest {

  private static final JsonNode CASES = Golden.read("metrics.json").get("cases");
  private static final JsonNode EXPECTED = Golden.read("evaluation.json").get("cases");

  @TestFactory
  Stream<DynamicTest> metricsEqualNumPys() {
    return IntStream.range(0, EXPECTED.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest("case " + i, () -> check(CASES.get(i), EXPECTED.get(i))));
  }

  private static void check(JsonNode golden, JsonNode expected) {
    BinaryMetrics metrics =
        BinaryMetrics.of(
            ScoredRows.of(golden).tallyWithCosts(expected, 100_000),
            golden.get("threshold").asDouble());

    for (String name :
        List.of(
            "f0.5", "expected_calibration_error", "expected_cost@fp=1,fn=50", "expected_cost")) {
      assertClose(metrics, name, expected.get(name));
    }
    for (String rows : List.of("k", "top")) {
      expected
          .get("at_" + rows)
          .properties()
          .forEach(
              figure ->
                  figure
                      .getValue()
                      .properties()
                      .forEach(
                          e ->
                              assertClose(
                                  metrics,
                                  e.getKey() + "@" + rows + "=" + figure.getKey(),
                                  e.getValue())));
    }
  }

  private static void assertClose(BinaryMetrics metrics, String name, JsonNode expected) {
    assertThat(metrics.get(name))
        .as(name)
        .isCloseTo(expected.asDouble(), within(1e-12 * Math.max(expected.asDouble(), 1e-3)));
  }
}
