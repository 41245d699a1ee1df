package io.github.imbalancedspark.classification;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.sampling.Smote;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.sampling.WeightedSampler;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By how much the odds of a model are larger than the population's: 100 positives of 1,000. */
class OddsFactorTest {

  private static final Dataset<Row> ROWS =
      new VectorAssembler()
          .setInputCols(new String[] {"x"})
          .setOutputCol("features")
          .transform(thousand().withColumn("x", col("id").mod(7).cast("double")))
          .cache();

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression("learner").setOnDoubleCorrection("ignore");
  }

  private static ClassWeighter weighter() {
    return new ClassWeighter("weighter").setOutputCol("w");
  }

  private static StratifiedResampler halved() {
    return new StratifiedResampler("sampler").setSamplingStrategy(0.5).setSeed(1);
  }

  private static ImbalancedLogisticRegressionModel fit(
      ImbalancedLogisticRegression learner, PipelineStage... before) {
    return (ImbalancedLogisticRegressionModel) pipeline(learner, before).stages()[before.length];
  }

  private static PipelineModel pipeline(
      ImbalancedLogisticRegression learner, PipelineStage... before) {
    PipelineStage[] stages = Arrays.copyOf(before, before.length + 1);
    stages[before.length] = learner;
    return new Pipeline().setStages(stages).fit(ROWS);
  }

  private static void assertFactor(ImbalancedLogisticRegressionModel model, double k) {
    assertThat(model.oddsFactor()).isCloseTo(k, within(1e-12 * k));
    assertThat(model.hasExactOddsFactor()).isTrue();
    assertThat(model.summary().odds().product()).isEqualTo(model.oddsFactor());
  }

  @Test
  void classWeightsMultiplyTheOdds() {
    assertFactor(fit(learner()), 1);
    assertFactor(fit(learner().setPosWeight(5)), 5);
    assertFactor(fit(learner().setClassWeights(new double[] {2, 6})), 3);
    assertFactor(fit(learner().setClassWeights(new double[] {2, 6}).setPosWeight(5)), 2.5);
    assertFactor(fit(learner().setAutoPosWeight(true)), 9);
  }

  @Test
  void aWeightColumnMultipliesTheOddsOfTheLearnerThatReadsIt() {
    assertFactor(fit(learner().setWeightCol("w"), weighter()), 9);
    assertFactor(fit(learner(), weighter()), 1);
    assertFactor(
        fit(learner().setWeightCol("w").setAutoPosWeight(true), weighter()), 9); // c₁ is 1 then
    assertFactor(fit(learner().setWeightCol("w").setPosWeight(2), weighter()), 18);
  }

  @Test
  void samplingMultipliesTheOddsUnlessWeightsUndoIt() {
    assertFactor(fit(learner(), halved()), 900.0 / 200);
    assertFactor(fit(learner().setAutoPosWeight(true), halved()), 9);
    StratifiedResampler undone = halved().setWeightCol("w");
    assertFactor(fit(learner(), undone), 900.0 / 200);
    assertFactor(fit(learner().setWeightCol("w"), undone), 1);
  }

  @Test
  void whatADrawCameToIsKnown() {
    WeightedSampler sampler = new WeightedSampler().setBalanced(true).setNumSamples(600).setSeed(3);
    Dataset<Row> drawn = sampler.resample(ROWS);
    double positives = drawn.filter("label = 1").count();

    assertFactor(learner().fit(drawn), positives / (600 - positives) * 9);
    WeightedSampler uneven = sampler.copy(ParamMap.empty()).setSamplingWeightCol("x");
    assertThat(learner().fit(uneven.resample(ROWS)).hasExactOddsFactor()).isFalse();
  }

  @Test
  void syntheticRowsAreNotExact() {
    ImbalancedLogisticRegressionModel model = fit(learner(), new Smote().setSeed(1));

    assertThat(model.oddsFactor()).isCloseTo(9, within(1e-12));
    assertThat(model.hasExactOddsFactor()).isFalse();
  }

  @Test
  void theLedgerSurvivesSelectFilterAndParquet(@TempDir Path folder) {
    Dataset<Row> resampled = halved().resample(ROWS);
    Dataset<Row> weighed = weighter().fit(resampled).transform(resampled);
    String path = folder.resolve("rows").toString();
    weighed
        .filter("id >= 0")
        .select(col("w"), col("label").as("y"), col("features"))
        .withColumnRenamed("y", "label")
        .write()
        .parquet(path);

    Dataset<Row> read = SparkSessions.shared().read().parquet(path);

    // 4.5 by the sampler, and the weighter doubles the 200 negatives' counterweight
    assertFactor(learner().setWeightCol("w").fit(read), 9);
  }

  @Test
  void aSavedPipelineKeepsIt(@TempDir Path folder) throws Exception {
    String path = folder.resolve("model").toString();
    pipeline(learner().setPosWeight(3), halved()).write().save(path);

    ImbalancedLogisticRegressionModel loaded =
        (ImbalancedLogisticRegressionModel) PipelineModel.load(path).stages()[1];

    assertThat(loaded.oddsFactor()).isCloseTo(13.5, within(1e-12));
    assertThat(loaded.hasExactOddsFactor()).isTrue();
    assertThat(loaded.correctionRefusal()).isEmpty();
  }

  @Test
  void aKnownPopulationOverridesTheLedger() {
    double odds = 0.01 / 0.99;
    assertFactor(fit(learner().setPopulationRate(0.01)), 1.0 / 9 / odds);
    assertFactor(fit(learner().setPopulationRate(0.01).setPosWeight(5)), 5.0 / 9 / odds);
    assertFactor(fit(learner().setPopulationRate(0.01), halved()), 0.5 / odds);
    assertFactor(
        fit(learner().setPopulationRate(0.01).setWeightCol("w").setPosWeight(2), weighter()),
        2 / odds);
  }

  @Test
  void weightsOfAnotherLabelsClassesAreNotTakenForTheLabels() {
    Dataset<Row> rows = ROWS.withColumn("other", when(col("id").lt(300), 1.0).otherwise(0.0));
    Dataset<Row> weighed = weighter().setLabelCol("other").fit(rows).transform(rows);
    try (Warnings warnings = Warnings.of(OddsLedger.class)) {
      ImbalancedLogisticRegressionModel model = learner().setWeightCol("w").fit(weighed);

      assertThat(model.oddsFactor()).isEqualTo(1);
      assertThat(model.hasExactOddsFactor()).isFalse();
      assertThat(warnings.messages())
          .containsExactly(
              "weighter changes the classes of 'other', and the label is 'label': what it did to the"
                  + " odds is unknown; set populationRate");
    }
  }

  @Test
  void oddsOfOtherClassesAreUnknown() {
    Dataset<Row> sampled = halved().resample(ROWS.withColumn("label", col("label").plus(1)));
    Metadata ledger = sampled.schema().apply("label").metadata();
    try (Warnings warnings = Warnings.of(OddsLedger.class)) {
      ImbalancedLogisticRegressionModel model =
          learner().fit(sampled.withColumn("label", col("label").minus(1).as("label", ledger)));

      assertThat(model.hasExactOddsFactor()).isFalse();
      assertThat(warnings.messages()).singleElement().asString().contains("[1.0, 2.0]");
    }
  }

  @Test
  void aCastForgets() {
    Dataset<Row> sampled = halved().resample(ROWS);

    assertFactor(learner().fit(sampled.withColumn("label", col("label").cast("int"))), 1);
  }

  @Test
  void doubleCorrectionIsSaid() {
    String factors =
        "the odds of the positive class are multiplied by 4.50000 (sampler) and 9.00000 (posWeight),"
            + " together 40.5000, where 9.00000 would make both classes weigh the same; leave one of"
            + " them out, or set onDoubleCorrection to ignore";
    ImbalancedLogisticRegression doubled = learner().setPosWeight(9);
    try (Warnings warnings = Warnings.of(ImbalancedLogisticRegression.class)) {
      fit(doubled.setOnDoubleCorrection("warn"), halved());
      assertThat(warnings.messages())
          .containsExactly("learner: the same imbalance is corrected twice: " + factors);
    }
    assertThatThrownBy(() -> fit(doubled.setOnDoubleCorrection("error"), halved()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("onDoubleCorrection: the same imbalance is corrected twice: " + factors);
    assertSilent(doubled.setOnDoubleCorrection("ignore"), halved());
  }

  @Test
  void aWeightingStageAndPosWeightAreADoubleCorrectionToo() {
    ImbalancedLogisticRegression doubled =
        learner().setOnDoubleCorrection("error").setWeightCol("w").setPosWeight(9);

    assertThatThrownBy(() -> fit(doubled, weighter()))
        .hasMessageContaining(
            "9.00000 (weighter) and 9.00000 (posWeight), together 81.0000, where 9.00000 would make");
    assertSilent(learner().setOnDoubleCorrection("error").setPosWeight(9), weighter()); // not read
  }

  @Test
  void twoStagesThatShareTheWorkAreNotDoubled() {
    assertSilent(learner().setOnDoubleCorrection("error").setAutoPosWeight(true), halved());
    assertSilent(
        learner().setOnDoubleCorrection("error").setWeightCol("w").setPosWeight(12),
        halved().setWeightCol("w")); // the sampler undoes itself
    assertSilent(learner().setOnDoubleCorrection("error").setPosWeight(200));
  }

  @Test
  void samplingBeforehandCountsOnceThePopulationIsKnown() {
    ImbalancedLogisticRegression learner =
        learner().setOnDoubleCorrection("error").setPopulationRate(0.01);

    assertSilent(learner.setPosWeight(9));
    assertThatThrownBy(() -> fit(learner.setPosWeight(99)))
        .hasMessageContaining("11.0000 (populationRate) and 99.0000 (posWeight), together 1089.00,")
        .hasMessageContaining("99.0000 would make");
  }

  private static void assertSilent(ImbalancedLogisticRegression learner, PipelineStage... before) {
    try (Warnings warnings = Warnings.of(ImbalancedLogisticRegression.class)) {
      fit(learner, before);
      assertThat(warnings.messages()).isEmpty();
    }
  }

  @Test
  void anUnconvergedFitSaysWhyItCannotBeCorrected() {
    assertThat(fit(learner().setMaxIter(0)).correctionRefusal())
        .hasValue(
            "the fit did not converge, so its probabilities are not those of its rows: maxIter"
                + " reached; raise it, or tol");
  }

  /** The label is a copy of the column that was sampled by, as after an indexer. */
  private static Dataset<Row> sampledByAnotherLabel() {
    return halved()
        .setLabelCol("other")
        .resample(ROWS.withColumn("other", col("label").cast("int")));
  }

  @Test
  void rowsSampledByAnotherLabelAreNotTakenForUnsampled() {
    Dataset<Row> sampled = sampledByAnotherLabel();
    try (Warnings warnings = Warnings.of(OddsLedger.class)) {
      ImbalancedLogisticRegressionModel model = learner().fit(sampled);

      assertThat(model.oddsFactor()).isEqualTo(1);
      assertThat(model.hasExactOddsFactor()).isFalse();
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .endsWith(
              "changes the classes of 'other', and the label is 'label': what it did to the odds is"
                  + " unknown; set populationRate");
    }
  }

  /** Variants of one batch know what they would know alone. */
  @Test
  void aVariantsKnownPopulationIsItsOwn() {
    ImbalancedLogisticRegression learner = learner();
    ParamMap[] variants = {
      new ParamMap().put(learner.populationRate(), 0.01), new ParamMap(), new ParamMap()
    };
    try (Warnings warnings = Warnings.of(OddsLedger.class)) {
      List<ImbalancedLogisticRegressionModel> models =
          learner.fit(sampledByAnotherLabel(), variants);

      assertFactor(models.get(0), 0.5 / (0.01 / 0.99));
      assertThat(models)
          .extracting(ImbalancedLogisticRegressionModel::hasExactOddsFactor)
          .containsExactly(true, false, false);
      assertThat(warnings.messages()).hasSize(1);
    }
  }

  /** What the population's odds make up for is nothing to warn of. */
  @Test
  void aKnownPopulationMakesUpForWhatIsUnknown() {
    Dataset<Row> sampled = sampledByAnotherLabel();
    try (Warnings warnings = Warnings.of(OddsLedger.class)) {
      ImbalancedLogisticRegressionModel model = learner().setPopulationRate(0.01).fit(sampled);

      assertFactor(model, 0.5 / (0.01 / 0.99));
      assertThat(model.hasExactOddsFactor()).isTrue();
      assertThat(warnings.messages()).isEmpty();
    }
  }
}
