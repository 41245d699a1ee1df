package io.github.imbalancedspark.classification;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bias corrections against {@code golden/rare_events.json}. */
class BiasCorrectionTest {

  private static final JsonNode CASES = Golden.read("rare_events.json").get("cases");

  private static JsonNode named(String name) {
    for (JsonNode candidate : CASES) {
      if (candidate.get("name").asText().equals(name)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static Dataset<Row> rows(JsonNode c, boolean sparse) {
    double[] labels = Golden.doubles(c.get("labels"));
    double[] weights = Golden.doubles(c.get("weights"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      double[] x = Golden.doubles(c.get("features").get(i));
      if (sparse) {
        double[] padded = Arrays.copyOf(x, 4 * x.length);
        rows.add(RowFactory.create(labels[i], weights[i], Vectors.dense(padded).toSparse()));
      } else {
        rows.add(RowFactory.create(labels[i], weights[i], Vectors.dense(x)));
      }
    }
    return SparkSessions.shared()
        .createDataFrame(
            rows,
            new StructType()
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType)
                .add("features", SQLDataTypes.VectorType()))
        .repartition(3);
  }

  private static ImbalancedLogisticRegression learner(String correction) {
    return new ImbalancedLogisticRegression()
        .setTol(1e-13)
        .setWeightCol("weight")
        .setBiasCorrection(correction);
  }

  @ParameterizedTest
  @CsvSource({
    "rare,      none,     mle,       false",
    "rare,      kingZeng, king_zeng, false",
    "rare,      kingZeng, king_zeng, true",
    "rare,      firth,    firth,     false",
    "rare,      firth,    firth,     true",
    "weighted,  kingZeng, king_zeng, false",
    "weighted,  firth,    firth,     false",
    "separated, firth,    firth,     false"
  })
  void equalsTheReference(String name, String correction, String key, boolean sparse) {
    JsonNode c = named(name);
    ImbalancedLogisticRegressionModel model = learner(correction).fit(rows(c, sparse));

    double[] expected = Golden.doubles(c.get(key));
    double[] deviations = Golden.doubles(c.get("std"));
    assertThat(model.summary().stopReason().converged()).isTrue();
    for (int j = 0; j < deviations.length; j++) {
      assertThat(model.coefficients().apply(j) * deviations[j])
          .as("coefficient %d times its deviation", j)
          .isCloseTo(expected[j] * deviations[j], within(1e-5));
    }
    assertThat(model.intercept()).isCloseTo(expected[deviations.length], within(1e-3));
  }

  @Test
  void correctionsShareTheirPasses() throws Exception {
    Dataset<Row> rows = rows(named("rare"), false).coalesce(1).cache();
    rows.count();
    ImbalancedLogisticRegression learner = learner("none");
    ParamMap[] variants = {
      new ParamMap().put(learner.biasCorrection(), "kingZeng"),
      new ParamMap().put(learner.biasCorrection(), "firth"),
      ParamMap.empty()
    };

    List<ImbalancedLogisticRegressionModel> together = new ArrayList<>();
    int jobs = SparkJobs.of(() -> together.addAll(learner.fit(rows, variants)));
    int firth = SparkJobs.of(() -> learner.copy(variants[1]).fit(rows));

    assertThat(jobs).as("those of firth, and the others' sketch").isBetween(firth, firth + 1);
    for (int k = 0; k < variants.length; k++) {
      assertThat(together.get(k).coefficients().toArray())
          .containsExactly(
              learner.copy(variants[k]).fit(rows).coefficients().toArray(), within(1e-9));
    }
    assertThat(together.get(0).summary().passes())
        .isEqualTo(together.get(2).summary().passes() + 2);
  }

  @Test
  void separableClassesHaveNoEstimateToCorrect() {
    assertThatThrownBy(() -> learner("kingZeng").fit(rows(named("separated"), false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "biasCorrection: kingZeng corrects the maximum likelihood estimate, and there is none,"
                + " as the classes are separable; use firth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kingZeng", "firth"})
  void refusesWhatIsNoLikelihood(String correction) {
    assertRefused(
        correction,
        l -> l.setRegParam(0.1),
        " is for fits without a penalty, and regParam is 0.1; set it to 0");
    assertRefused(
        correction,
        l -> l.setLoss("focal"),
        " is for bceWithLogits, run until it converges: take no other loss, and no epochs");
    assertRefused(
        correction,
        l -> l.setPosWeight(3),
        " is for classes that weigh the same; leave class weights and posWeight out, and let"
            + " populationRate correct the odds");
    Dataset<Row> rows = rows(named("rare"), false);
    for (double[] weights : new double[][] {{1, 2}, {2, 1}}) {
      assertThatThrownBy(
              () -> learner(correction).setClassWeights(weights).transformSchema(rows.schema()))
          .as("before there are rows")
          .hasMessageContaining("is for classes that weigh the same");
    }
    assertThat(
            learner(correction)
                .setClassWeights(new double[] {1, 2})
                .setPosWeight(1)
                .transformSchema(rows.schema()))
        .isNotNull();
    Dataset<Row> weighted = new ClassWeighter().fit(rows).transform(rows);
    assertThatThrownBy(() -> learner(correction).setWeightCol("classWeight").fit(weighted))
        .hasMessageContaining("is for classes that weigh the same");
    assertThatThrownBy(
            () -> learner(correction).fit(rows.withColumn("label", expr("abs(label - 0.25)"))))
        .hasMessageStartingWith(
            "labelCol: column 'label' holds 0.25; biasCorrection takes only 0 and 1");
  }

  private static void assertRefused(
      String correction, UnaryOperator<ImbalancedLogisticRegression> change, String message) {
    ImbalancedLogisticRegression learner = change.apply(learner(correction));
    assertThatThrownBy(() -> learner.fit(rows(named("rare"), false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("biasCorrection: " + correction + message);
  }
}
