package io.github.imbalancedspark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.ReferenceFit;
import io.github.imbalancedspark.support.TestData;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * From features to metrics: each fit of {@code golden/logistic_fits.json} is made, scores the rows
 * it was made from, and is held against scikit-learn's metrics of the same fit.
 */
class FittedMetricsTest {

  @TestFactory
  Stream<DynamicTest> metricsEqualScikitLearn() {
    return StreamSupport.stream(Golden.read("logistic_fits.json").get("fits").spliterator(), false)
        .filter(fit -> fit.has("metrics"))
        .map(
            fit ->
                DynamicTest.dynamicTest(
                    String.format(
                        "%s, pos_weight %s, λ %s",
                        fit.get("data").asText(), fit.get("pos_weight"), fit.get("reg_lambda")),
                    () -> check(fit)));
  }

  private static void check(JsonNode fit) {
    Dataset<Row> data = TestData.named(fit.get("data").asText());
    JsonNode expected = fit.get("metrics");

    BinaryMetrics metrics =
        BinaryEvaluation.evaluate(
            ReferenceFit.estimator(fit).fit(data).transform(data),
            "probability",
            "label",
            null,
            expected.get("threshold").asDouble());

    assertThat(metrics.tally().rows()).isEqualTo(fit.get("rows").asLong());
    assertThat(metrics.tally().positives()).isEqualTo(fit.get("positives").asLong());
    Map<String, Double> actual = metrics.asMap();
    expected
        .properties()
        .forEach(
            e ->
                assertThat(actual.get(e.getKey()))
                    .as(e.getKey())
                    .isCloseTo(e.getValue().asDouble(), within(1e-6)));
  }
}
