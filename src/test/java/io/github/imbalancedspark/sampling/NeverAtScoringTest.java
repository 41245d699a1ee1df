package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sampler in a pipeline does to the rows, counted. */
class NeverAtScoringTest {

  private final Dataset<Row> train =
      thousand().withColumn("x", col("id").mod(7).cast("double")).cache();

  /** Counts the rows that it is given to evaluate. */
  public static class CountingEvaluator extends Evaluator {

    static final List<Long> COUNTS = Collections.synchronizedList(new ArrayList<>());

    @Override
    public double evaluate(Dataset<?> dataset) {
      COUNTS.add(dataset.count());
      return 0;
    }

    @Override
    public Evaluator copy(ParamMap extra) {
      return this;
    }

    @Override
    public String uid() {
      return "counting";
    }
  }

  /** 100 positives and 900 negatives become 100 and 200. */
  private static StratifiedResampler sampler() {
    return new StratifiedResampler().setSamplingStrategy(0.5);
  }

  private static Pipeline pipeline(PipelineStage... last) {
    List<PipelineStage> stages = new ArrayList<>();
    stages.add(new VectorAssembler().setInputCols(new String[] {"x"}).setOutputCol("features"));
    stages.addAll(Arrays.asList(last));
    return new Pipeline().setStages(stages.toArray(new PipelineStage[0]));
  }

  private static long trainedOn(Transformer model) {
    if (model instanceof PipelineModel pipeline) {
      Transformer[] stages = pipeline.stages();
      return trainedOn(stages[stages.length - 1]);
    }
    return ((ImbalancedLogisticRegressionModel) model).summary().rows();
  }

  @Test
  void theModelResamplesItsDatasetOnce() throws IOException {
    SamplerModel model = sampler().fit(train);
    Dataset<Row> sameContent = train.toDF();

    assertThat(model.transform(sameContent).count()).isEqualTo(1000);
    assertThat(model.copy(new ParamMap()).transform(train).count()).isEqualTo(1000);
    assertThat(model.transform(train).count()).isEqualTo(300);
    assertThat(model.transform(train).count()).isEqualTo(1000);
    assertThat(sampler().fit(sameContent).transform(train).count()).isEqualTo(1000);
  }

  @Test
  void aSavedModelPassesEverythingThrough(@TempDir Path folder) throws IOException {
    SamplerModel model = sampler().setWeightCol("w").fit(train);
    model.write().save(folder.resolve("model").toString());
    SamplerModel loaded = SamplerModel.load(folder.resolve("model").toString());

    Dataset<Row> rows = loaded.transform(train);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(rows.count()).isEqualTo(1000);
    assertThat(rows.drop("w").except(train).count()).isZero();
    assertThat(rows.filter("w = 1").count()).isEqualTo(1000);
    assertThat(model.transform(train).filter("w = 4.5").count()).isEqualTo(200);
  }

  @Test
  void inAPipelineOnlyTheLearnerSeesTheSample() {
    PipelineModel model = pipeline(sampler(), new ImbalancedLogisticRegression()).fit(train);

    assertThat(trainedOn(model)).isEqualTo(300);
    assertThat(model.transform(train).count()).isEqualTo(1000);
    assertThat(model.transform(train).count()).isEqualTo(1000);
    assertThat(model.transform(train.filter("id < 50")).count()).isEqualTo(50);
    assertThat(model.transform(train.drop("label")).count()).isEqualTo(1000);
  }

  @Test
  void asTheFirstStageToo() {
    Dataset<Row> assembled = pipeline().fit(train).transform(train);
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {sampler(), new ImbalancedLogisticRegression()})
            .fit(assembled);

    assertThat(trainedOn(model)).isEqualTo(300);
    assertThat(model.transform(assembled).count()).isEqualTo(1000);
  }

  @Test
  void asTheLastStageItDoesNothing() {
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {sampler()}).fit(train);

    assertThat(model.transform(train).count()).isEqualTo(1000);
  }

  @Test
  void samplersInARowAndWeightsWorkTogether() {
    PipelineModel model =
        pipeline(
                sampler().setWeightCol("w"),
                new StratifiedResampler().setMethod("over").setSamplingStrategy("auto"),
                new ImbalancedLogisticRegression().setWeightCol("w"))
            .fit(train);

    assertThat(trainedOn(model)).isEqualTo(400);
    assertThat(model.transform(train).count()).isEqualTo(1000);
  }

  @Test
  void aSavedPipelinePassesEverythingThrough(@TempDir Path folder) throws IOException {
    String path = folder.resolve("pipeline").toString();
    Pipeline pipeline = pipeline(sampler(), new ImbalancedLogisticRegression());
    pipeline.fit(train).write().save(path + "-model");
    pipeline.write().save(path);

    assertThat(PipelineModel.load(path + "-model").transform(train).count()).isEqualTo(1000);
    assertThat(trainedOn(Pipeline.load(path).fit(train))).isEqualTo(300);
  }

  @Test
  void insideANestedPipelineToo() {
    Pipeline inner =
        new Pipeline()
            .setStages(new PipelineStage[] {sampler(), new ImbalancedLogisticRegression()});
    PipelineModel model = pipeline(inner).fit(train);
    assertThat(trainedOn(model)).isEqualTo(300);
    assertThat(model.transform(train).count()).isEqualTo(1000);

    Pipeline apart = new Pipeline().setStages(new PipelineStage[] {sampler()});
    PipelineModel outer = pipeline(apart, new ImbalancedLogisticRegression()).fit(train);
    assertThat(trainedOn(outer)).isEqualTo(1000); // as documented: not in the learner's pipeline
    assertThat(outer.transform(train).count()).isEqualTo(1000);
  }

  @Test
  void crossValidationValidatesOnUntouchedFolds() {
    CountingEvaluator.COUNTS.clear();
    Dataset<Row> folds = train.withColumn("fold", col("id").mod(4).divide(2).cast("int"));
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(pipeline(sampler(), new ImbalancedLogisticRegression()))
            .setEvaluator(new CountingEvaluator())
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setNumFolds(2)
            .setFoldCol("fold")
            .setCollectSubModels(true)
            .setParallelism(2)
            .fit(folds);

    // half of 900 negatives and 100 positives each: ids 0, 10, 20 … fall into both halves
    for (Model<?>[] fold : model.subModels()) {
      assertThat(trainedOn(fold[0])).isEqualTo(150);
    }
    assertThat(CountingEvaluator.COUNTS).containsExactly(500L, 500L);
    assertThat(trainedOn((PipelineModel) model.bestModel())).isEqualTo(300);
    assertThat(model.transform(folds).count()).isEqualTo(1000);
  }

  @Test
  void trainValidationSplitValidatesOnUntouchedRows() {
    CountingEvaluator.COUNTS.clear();
    TrainValidationSplitModel model =
        new TrainValidationSplit()
            .setEstimator(pipeline(sampler(), new ImbalancedLogisticRegression()))
            .setEvaluator(new CountingEvaluator())
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setTrainRatio(0.5)
            .setCollectSubModels(true)
            .setSeed(1)
            .fit(train);

    Dataset<Row>[] split = train.randomSplit(new double[] {0.5, 0.5}, 1);
    assertThat(CountingEvaluator.COUNTS).containsExactly(split[1].count());
    assertThat(trainedOn(model.subModels()[0])).isEqualTo(3 * split[0].filter("label = 1").count());
    assertThat(trainedOn((PipelineModel) model.bestModel())).isEqualTo(300);
  }

  @Test
  void streamsPassThrough(@TempDir Path folder) throws Exception {
    String input = folder.resolve("input").toString();
    train.write().parquet(input);
    PipelineModel model = pipeline(sampler(), new ImbalancedLogisticRegression()).fit(train);
    Dataset<Row> stream = SparkSessions.shared().readStream().schema(train.schema()).parquet(input);

    StreamingQuery query =
        model
            .transform(stream)
            .select("id", "prediction")
            .writeStream()
            .format("memory")
            .queryName("scored")
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();

    assertThat(SparkSessions.shared().table("scored").count()).isEqualTo(1000);
  }
}
