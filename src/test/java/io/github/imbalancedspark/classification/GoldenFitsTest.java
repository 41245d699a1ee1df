package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.ReferenceFit;
import io.github.imbalancedspark.support.TestData;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Fits held against scikit-learn's, as recorded in {@code golden/logistic_fits.json}. */
class GoldenFitsTest {

  @TestFactory
  Stream<DynamicTest> fitsEqualScikitLearn() {
    return StreamSupport.stream(Golden.read("logistic_fits.json").get("fits").spliterator(), false)
        .map(fit -> DynamicTest.dynamicTest(name(fit), () -> check(fit)));
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

  private static void check(JsonNode fit) {
    Dataset<Row> data = TestData.named(fit.get("data").asText());
    ImbalancedLogisticRegressionModel model = ReferenceFit.estimator(fit).fit(data);

    double reference = fit.get("objective").asDouble();
    assertThat(model.summary().objective()).isCloseTo(reference, within(1e-9 * reference));
    double[] coefficients = Golden.doubles(fit.get("coefficients"));
    double[] deviations = deviations(data, ReferenceFit.isWeighted(fit));
    for (int j = 0; j < coefficients.length; j++) {
      assertThat(model.coefficients().apply(j) * deviations[j])
          .as("coefficient %d times its deviation", j)
          .isCloseTo(coefficients[j] * deviations[j], within(1e-5));
    }
    assertThat(model.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-4));
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
