package io.github.imbalancedspark.sampling;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each sampler in a pipeline does to the rows, counted. */
class NeverAtScoringTest {

  private final Dataset<Row> train =
      thousand().withColumn("x", col("id").mod(7).cast("double")).cache();

  /** Keeps the ids of the rows that it is given to evaluate. */
  public static class WatchingEvaluator extends Evaluator {

    private final List<List<Long>> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public double evaluate(Dataset<?> dataset) {
      seen.add(idsOf(dataset));
      return 0;
    }

    @Override
    public Evaluator copy(ParamMap extra) {
      return this;
    }

    @Override
    public String uid() {
      return "watching";
    }
  }

  /** The samplers, and how many rows each makes of so many of both classes. */
  enum Kind {
    STRATIFIED_RESAMPLER {
      @Override
      Sampler<?> sampler() {
        return new StratifiedResampler().setSamplingStrategy(0.5);
      }

      @Override
      long rows(long positives, long negatives) {
        return 3 * positives;
      }
    },
    WEIGHTED_SAMPLER {
      @Override
      Sampler<?> sampler() {
        return new WeightedSampler().setBalanced(true).setNumSamples(700);
      }

      @Override
      long rows(long positives, long negatives) {
        return 700;
      }
    },
    SMOTE {
      @Override
      Sampler<?> sampler() {
        return new Smote();
      }

      @Override
      long rows(long positives, long negatives) {
        return 2 * negatives;
      }
    };

    abstract Sampler<?> sampler();

    abstract long rows(long positives, long negatives);

    /** Returns what it makes of all 1000 rows. */
    long rows() {
      return rows(100, 900);
    }
  }

  private static StratifiedResampler weighing() {
    return new StratifiedResampler().setSamplingStrategy(0.5).setWeightCol("w");
  }

  private static Pipeline pipeline(PipelineStage... last) {
    List<PipelineStage> stages = new ArrayList<>();
    stages.add(new VectorAssembler().setInputCols(new String[] {"x"}).setOutputCol("features"));
    stages.addAll(Arrays.asList(last));
    return only(stages.toArray(new PipelineStage[0]));
  }

  private static Pipeline only(PipelineStage... stages) {
    return new Pipeline().setStages(stages);
  }

  private Dataset<Row> assembled() {
    return pipeline().fit(train).transform(train);
  }

  private static List<Long> idsOf(Dataset<?> rows) {
    return rows.select("id").collectAsList().stream().map(r -> r.getLong(0)).sorted().toList();
  }

  private static void assertAllOf(Dataset<Row> expected, Dataset<Row> rows) {
    assertThat(idsOf(rows)).isEqualTo(idsOf(expected));
  }

  private static long trainedOn(Transformer model) {
    if (model instanceof PipelineModel pipeline) {
      Transformer[] stages = pipeline.stages();
      return trainedOn(stages[stages.length - 1]);
    }
    return ((ImbalancedLogisticRegressionModel) model).summary().rows();
  }

  @ParameterizedTest
  @EnumSource
  void theModelResamplesItsDatasetOnce(Kind kind) {
    Dataset<Row> rows = assembled();
    SamplerModel model = kind.sampler().fit(rows);
    Dataset<Row> sameContent = rows.toDF();

    assertAllOf(train, model.transform(sameContent));
    assertAllOf(train, model.copy(new ParamMap()).transform(rows));
    assertThat(model.transform(rows).count()).isEqualTo(kind.rows());
    assertAllOf(train, model.transform(rows));
    assertAllOf(train, kind.sampler().fit(sameContent).transform(rows));
  }

  @ParameterizedTest
  @EnumSource
  void aSavedModelPassesEverythingThrough(Kind kind, @TempDir Path folder) throws IOException {
    Dataset<Row> rows = assembled();
    SamplerModel model = kind.sampler().fit(rows);
    model.write().save(folder.resolve("model").toString());
    SamplerModel loaded = SamplerModel.load(folder.resolve("model").toString());

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertAllOf(train, loaded.transform(rows));
    Dataset<Row> same = loaded.transform(rows).select("id", "label", "x");
    assertThat(same.except(train.select("id", "label", "x")).count()).isZero();
    assertThat(model.transform(rows).count()).isEqualTo(kind.rows());
  }

  @Test
  void weightsOfRowsPassedThroughAreOne(@TempDir Path folder) throws IOException {
    SamplerModel model = weighing().fit(train);
    model.write().save(folder.resolve("model").toString());
    Dataset<Row> rows = SamplerModel.load(folder.resolve("model").toString()).transform(train);

    assertThat(rows.drop("w").except(train).count()).isZero();
    assertThat(rows.filter("w = 1").count()).isEqualTo(1000);
    assertThat(model.transform(train).filter("w = 4.5").count()).isEqualTo(200);
  }

  @Test
  void noRowPassedThroughIsSynthetic() {
    Dataset<Row> rows = assembled();
    SamplerModel model = new Smote().fit(rows);

    assertThat(model.transform(rows).filter("synthetic").count()).isEqualTo(800);
    assertThat(model.transform(rows).filter("not synthetic").count()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource
  void inAPipelineOnlyTheLearnerSeesTheSample(Kind kind) {
    PipelineModel model = pipeline(kind.sampler(), new ImbalancedLogisticRegression()).fit(train);

    assertThat(trainedOn(model)).isEqualTo(kind.rows());
    assertAllOf(train, model.transform(train));
    assertAllOf(train, model.transform(train));
    assertAllOf(train.filter("id < 50"), model.transform(train.filter("id < 50")));
    assertAllOf(train, model.transform(train.drop("label")));
  }

  @ParameterizedTest
  @EnumSource
  void asTheFirstStageToo(Kind kind) {
    Dataset<Row> assembled = assembled();
    PipelineModel model = only(kind.sampler(), new ImbalancedLogisticRegression()).fit(assembled);

    assertThat(trainedOn(model)).isEqualTo(kind.rows());
    assertAllOf(train, model.transform(assembled));
  }

  @ParameterizedTest
  @EnumSource
  void asTheLastStageItDoesNothing(Kind kind) {
    assertAllOf(train, pipeline(kind.sampler()).fit(train).transform(train));
    Dataset<Row> assembled = assembled();
    assertAllOf(train, only(kind.sampler()).fit(assembled).transform(assembled));
  }

  @Test
  void samplersInARowAndWeightsWorkTogether() {
    PipelineModel model =
        pipeline(
                weighing(),
                new StratifiedResampler().setMethod("over").setSamplingStrategy("auto"),
                new ImbalancedLogisticRegression().setWeightCol("w"))
            .fit(train);

    assertThat(trainedOn(model)).isEqualTo(400);
    assertThat(model.transform(train).count()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource
  void aSavedPipelinePassesEverythingThrough(Kind kind, @TempDir Path folder) throws IOException {
    String path = folder.resolve("pipeline").toString();
    Pipeline pipeline = pipeline(kind.sampler(), new ImbalancedLogisticRegression());
    pipeline.fit(train).write().save(path + "-model");
    pipeline.write().save(path);

    assertAllOf(train, PipelineModel.load(path + "-model").transform(train));
    assertThat(trainedOn(Pipeline.load(path).fit(train))).isEqualTo(kind.rows());
  }

  @ParameterizedTest
  @EnumSource
  void insideANestedPipelineToo(Kind kind) {
    Pipeline inner = only(kind.sampler(), new ImbalancedLogisticRegression());
    PipelineModel model = pipeline(inner).fit(train);
    assertThat(trainedOn(model)).isEqualTo(kind.rows());
    assertAllOf(train, model.transform(train));

    Pipeline apart = only(kind.sampler());
    PipelineModel outer = pipeline(apart, new ImbalancedLogisticRegression()).fit(train);
    assertThat(trainedOn(outer)).isEqualTo(1000); // as documented: not in the learner's pipeline
    assertAllOf(train, outer.transform(train));
  }

  @ParameterizedTest
  @EnumSource
  void crossValidationValidatesOnUntouchedFolds(Kind kind) {
    WatchingEvaluator evaluator = new WatchingEvaluator();
    Dataset<Row> folds = train.withColumn("fold", col("id").mod(4).divide(2).cast("int"));
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(pipeline(kind.sampler(), new ImbalancedLogisticRegression()))
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setNumFolds(2)
            .setFoldCol("fold")
            .setCollectSubModels(true)
            .setParallelism(2)
            .fit(folds);

    // ids 0, 10, 20 … fall into both halves
    for (Model<?>[] fold : model.subModels()) {
      assertThat(trainedOn(fold[0])).isEqualTo(kind.rows(50, 450));
    }
    assertThat(evaluator.seen)
        .containsExactlyInAnyOrder(
            idsOf(folds.filter("fold = 0")), idsOf(folds.filter("fold = 1")));
    assertThat(trainedOn((PipelineModel) model.bestModel())).isEqualTo(kind.rows());
    assertAllOf(train, model.transform(folds));
  }

  @ParameterizedTest
  @EnumSource
  void trainValidationSplitValidatesOnUntouchedRows(Kind kind) {
    WatchingEvaluator evaluator = new WatchingEvaluator();
    TrainValidationSplitModel model =
        new TrainValidationSplit()
            .setEstimator(pipeline(kind.sampler(), new ImbalancedLogisticRegression()))
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setTrainRatio(0.5)
            .setCollectSubModels(true)
            .setSeed(1)
            .fit(train);

    Dataset<Row>[] split = train.randomSplit(new double[] {0.5, 0.5}, 1);
    assertThat(evaluator.seen).containsExactly(idsOf(split[1]));
    long positives = split[0].filter("label = 1").count();
    assertThat(trainedOn(model.subModels()[0]))
        .isEqualTo(kind.rows(positives, split[0].count() - positives));
    assertThat(trainedOn((PipelineModel) model.bestModel())).isEqualTo(kind.rows());
  }

  @ParameterizedTest
  @EnumSource
  void streamsPassThrough(Kind kind, @TempDir Path folder) throws Exception {
    String input = folder.resolve("input").toString();
    train.write().parquet(input);
    PipelineModel model = pipeline(kind.sampler(), new ImbalancedLogisticRegression()).fit(train);
    Dataset<Row> stream = SparkSessions.shared().readStream().schema(train.schema()).parquet(input);

    String table = "scored_after_" + kind.name().toLowerCase(Locale.ROOT);
    StreamingQuery query =
        model
            .transform(stream)
            .select("id", "prediction")
            .writeStream()
            .format("memory")
            .queryName(table)
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();

    assertAllOf(train, SparkSessions.shared().table(table));
  }

  /** The inner pipeline has been fitted by the time that the outer one asks for its rows. */
  @Test
  void aSamplerInAPipelineInsideAPipelineWarns() {
    ImbalancedLogisticRegression learner = new ImbalancedLogisticRegression();
    try (Warnings warnings = Warnings.of(SamplerModel.class)) {
      pipeline(new StratifiedResampler(), learner).fit(train).transform(train).count();
      assertThat(warnings.messages()).isEmpty();

      PipelineModel nested = only(pipeline(new StratifiedResampler()), learner).fit(train);
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .endsWith("a sampler belongs into the learner's own pipeline");
      nested.transform(train).count();
      assertThat(warnings.messages()).hasSize(1);
    }
  }
}
