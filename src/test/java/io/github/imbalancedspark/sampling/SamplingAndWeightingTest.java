package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Weighted sampling plus a weighted loss, as tutorials have it. */
class SamplingAndWeightingTest {

  private final Dataset<Row> train =
      new VectorAssembler()
          .setInputCols(new String[] {"x"})
          .setOutputCol("features")
          .transform(thousand().withColumn("x", col("id").mod(7).cast("double")))
          .cache();

  private final WeightedSampler sampler =
      new WeightedSampler().setBalanced(true).setNumSamples(600).setSeed(1);
  private final ClassWeighter weighter = new ClassWeighter().setOutputCol("w");

  @Test
  void bothWorkInOnePipeline() {
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  sampler, weighter, new ImbalancedLogisticRegression().setWeightCol("w")
                })
            .fit(train);

    ImbalancedLogisticRegressionModel learned =
        (ImbalancedLogisticRegressionModel) model.stages()[2];
    assertThat(learned.summary().rows()).isEqualTo(600);
    // inverse frequencies make both classes weigh the same, whatever was drawn
    assertThat(learned.summary().positiveWeight()).isCloseTo(300, within(1e-9));
    assertThat(model.transform(train).count()).isEqualTo(1000);
    assertThat(model.transform(train.drop("label")).count()).isEqualTo(1000);
  }

  @Test
  void theLedgerHoldsBothFactors() {
    Dataset<Row> sample = sampler.resample(train);
    StructType schema = weighter.fit(sample).transform(sample).schema();
    List<OddsLedger.Entry> sampling = OddsLedger.read(schema.apply("label").metadata());
    List<OddsLedger.Entry> weighting = OddsLedger.read(schema.apply("w").metadata());
    long positives = sample.filter("label = 1").count();

    assertThat(sampling).extracting(OddsLedger.Entry::stage).containsExactly(sampler.uid());
    assertThat(weighting).extracting(OddsLedger.Entry::stage).containsExactly(weighter.uid());
    assertThat(odds(sampling.get(0)))
        .isCloseTo(positives / 100.0 / ((600 - positives) / 900.0), within(1e-12));
    // together they take the odds from 1 : 9 to 1 : 1, as each of them alone nearly does
    assertThat(odds(sampling.get(0)) * odds(weighting.get(0))).isCloseTo(9, within(1e-9));
  }

  private static double odds(OddsLedger.Entry entry) {
    return entry.factors().get(1.0) / entry.factors().get(0.0);
  }
}
