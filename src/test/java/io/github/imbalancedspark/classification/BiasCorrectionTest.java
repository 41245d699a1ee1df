package io.github.imbalancedspark.classification;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
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
    return rows(
        c,
        (x, i) ->
            sparse ? Vectors.dense(Arrays.copyOf(x, 4 * x.length)).toSparse() : Vectors.dense(x));
  }

  /** Returns the rows of a case with what {@code features} makes of a row's features and number. */
  private static Dataset<Row> rows(JsonNode c, BiFunction<double[], Integer, Vector> features) {
    double[] labels = Golden.doubles(c.get("labels"));
    double[] weights = Golden.doubles(c.get("weights"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      double[] x = Golden.doubles(c.get("features").get(i));
      rows.add(RowFactory.create(labels[i], weights[i], features.apply(x, i)));
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

  /** A feature again, or the dummy of the category that the other dummies leave over. */
  @ParameterizedTest
  @CsvSource({
    "repeated, rare",
    "repeated, weighted",
    "repeated, separated",
    "dummies,  rare",
    "dummies,  weighted",
    "dummies,  separated"
  })
  void aColumnThatOthersMakeUpChangesNoFirthProbability(String kind, String name) {
    boolean dummies = kind.equals("dummies");
    BiFunction<double[], Integer, Vector> needed = (x, i) -> withDummies(x, i, dummies ? 3 : 0);
    BiFunction<double[], Integer, Vector> all =
        (x, i) -> dummies ? withDummies(x, i, 4) : repeated(x);
    JsonNode c = named(name);
    ImbalancedLogisticRegressionModel full = learner("firth").fit(rows(c, needed));
    ImbalancedLogisticRegressionModel collinear = learner("firth").fit(rows(c, all));

    assertThat(collinear.summary().stopReason()).isEqualTo(StopReason.CONVERGED);
    for (int i = 0; i < c.get("labels").size(); i++) {
      double[] x = Golden.doubles(c.get("features").get(i));
      assertThat(collinear.predictProbability(all.apply(x, i)).apply(1))
          .isCloseTo(full.predictProbability(needed.apply(x, i)).apply(1), within(1e-6));
    }
  }

  private static Vector repeated(double[] x) {
    double[] longer = Arrays.copyOf(x, x.length + 1);
    longer[x.length] = 3 * x[0];
    return Vectors.dense(longer);
  }

  /** Returns {@code x} with the first of the four dummies of the category i mod 4. */
  private static Vector withDummies(double[] x, int i, int dummies) {
    double[] longer = Arrays.copyOf(x, x.length + dummies);
    if (i % 4 < dummies) {
      longer[x.length + i % 4] = 1;
    }
    return Vectors.dense(longer);
  }

  @Test
  void correctionsShareTheirPasses() throws Exception {
    Dataset<Row> rows = rows(named("rare"), false).coalesce(1).cache();
    rows.count(); // filling a cache can be a job of its own, which is no fit's
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
