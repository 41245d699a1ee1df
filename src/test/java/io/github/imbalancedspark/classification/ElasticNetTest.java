package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.TestData;
import java.util.Arrays;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits with an L1 penalty held against Spark's own, which minimises the same objective. */
class ElasticNetTest {

  private final Dataset<Row> data =
      TestData.named("creditcard-sample").sample(0.25, 5).coalesce(1).cache();

  @ParameterizedTest
  @CsvSource({"0.001, 1.0, true", "0.001, 0.5, true", "0.0005, 1.0, false"})
  void equalsSparksObjective(double regParam, double elasticNet, boolean standardization) {
    LogisticRegressionModel peer =
        new LogisticRegression()
            .setRegParam(regParam)
            .setElasticNetParam(elasticNet)
            .setStandardization(standardization)
            .setTol(1e-10)
            .setMaxIter(1000)
            .fit(data);
    ImbalancedLogisticRegressionModel ours =
        new ImbalancedLogisticRegression()
            .setRegParam(regParam)
            .setElasticNetParam(elasticNet)
            .setStandardization(standardization)
            .setMaxIter(1000)
            .fit(data);

    double[] history = peer.summary().objectiveHistory();
    double reference = history[history.length - 1];
    assertThat(ours.summary().objective()).isCloseTo(reference, within(1e-6 * reference));
    assertThat(ours.coefficients().toArray())
        .containsExactly(peer.coefficients().toArray(), within(1e-2));
    assertThat(zeros(ours.coefficients().toArray()))
        .isPositive()
        .isEqualTo(zeros(peer.coefficients().toArray()));
  }

  private static long zeros(double[] coefficients) {
    return Arrays.stream(coefficients).filter(c -> c == 0).count();
  }

  @Test
  void refusesSolversThatCannot() {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression()
            .setRegParam(0.1)
            .setElasticNetParam(0.5)
            .setSolver("newton");

    assertThatThrownBy(() -> learner.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "solver: newton cannot minimise an L1 penalty (elasticNetParam is 0.5); use owlqn or"
                + " auto");
  }
}
