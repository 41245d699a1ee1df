package io.github.imbalancedspark.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batched tuners held against Spark's own, and shared passes against single fits. */
class BatchedTuningTest {

  private static final BinaryClassificationEvaluator EVALUATOR =
      new BinaryClassificationEvaluator().setMetricName("areaUnderPR");

  private final Dataset<Row> data =
      TestData.named("creditcard-sample").sample(0.1, 3).coalesce(1).cache();
  private final ImbalancedLogisticRegression learner =
      new ImbalancedLogisticRegression().setTol(1e-10);
  private final ParamMap[] grid =
      new ParamGridBuilder()
          .addGrid(learner.posWeight(), new double[] {1, 20})
          .addGrid(learner.regParam(), new double[] {1e-4, 1e-1})
          .build();

  @Test
  void manyModelsEqualSingleFits() {
    List<ImbalancedLogisticRegressionModel> together = learner.fit(data, grid);

    for (int k = 0; k < grid.length; k++) {
      ImbalancedLogisticRegressionModel alone = learner.fit(data, grid[k]);
      assertThat(together.get(k).summary().objective())
          .isCloseTo(alone.summary().objective(), within(1e-9 * alone.summary().objective()));
      assertThat(together.get(k).getRegParam()).isEqualTo(alone.getRegParam());
      assertThat(together.get(k).trainedClassWeights()).isEqualTo(alone.trainedClassWeights());
    }
  }

  @Test
  void aBatchSharesItsPasses() throws Exception {
    int alone = SparkJobs.tasksOf(() -> learner.fit(data, grid[0]));
    int together = SparkJobs.tasksOf(() -> learner.fit(data, grid));
    CrossValidator plain = new CrossValidator();
    CrossValidator batched = new BatchedCrossValidator();
    List<Integer> tasks = new ArrayList<>();
    for (CrossValidator tuner : List.of(plain, batched)) {
      tuner.setEstimator(learner).setEstimatorParamMaps(grid).setEvaluator(EVALUATOR).setSeed(5);
      tuner.setNumFolds(2);
      tasks.add(SparkJobs.tasksOf(() -> tuner.fit(data)));
    }

    assertThat(together).isLessThan(2 * alone);
    assertThat(tasks.get(1)).isLessThan(tasks.get(0));
  }

  /** Parameters of another stage cannot share a pass: each of their values makes other rows. */
  @Test
  void aGridOverAnotherStageIsFittedAsSparkFitsIt() {
    Pipeline pipeline = pipeline();
    StandardScaler scaler = (StandardScaler) pipeline.getStages()[0];
    ParamMap[] scaled =
        new ParamGridBuilder()
            .addGrid(scaler.withMean())
            .addGrid(learner.regParam(), new double[] {1e-4, 1e-1})
            .build();
    TrainValidationSplit plain = new TrainValidationSplit().setSeed(5);
    TrainValidationSplit batched = new BatchedTrainValidationSplit().setSeed(5);
    for (TrainValidationSplit tuner : List.of(plain, batched)) {
      tuner.setEstimator(pipeline).setEstimatorParamMaps(scaled).setEvaluator(EVALUATOR);
    }

    assertThat(batched.fit(data).validationMetrics())
        .containsExactly(plain.fit(data).validationMetrics(), within(1e-6));
  }

  @Test
  void variantsThatReadOtherColumnsAreFittedApart() {
    ParamMap weighted = new ParamMap().put(learner.weightCol().w("weight"));

    List<ImbalancedLogisticRegressionModel> models =
        learner.fit(data, new ParamMap[] {new ParamMap(), weighted});

    assertThat(models.get(1).summary().positiveWeight())
        .isGreaterThan(models.get(0).summary().positiveWeight());
  }

  @Test
  void crossValidatorChoosesWhatSparkChooses() {
    for (Estimator<?> estimator : List.of(learner.copy(ParamMap.empty()), pipeline())) {
      CrossValidator plain = new CrossValidator().setSeed(5).setNumFolds(2).setParallelism(2);
      CrossValidator batched =
          new BatchedCrossValidator().setSeed(5).setNumFolds(2).setParallelism(2);
      for (CrossValidator tuner : List.of(plain, batched)) {
        tuner.setEstimator(estimator).setEstimatorParamMaps(grid).setEvaluator(EVALUATOR);
      }

      CrossValidatorModel expected = plain.fit(data);
      CrossValidatorModel actual = batched.fit(data);

      assertThat(actual.avgMetrics()).containsExactly(expected.avgMetrics(), within(1e-6));
      assertThat(coefficients(actual.bestModel()))
          .containsExactly(coefficients(expected.bestModel()), within(1e-6));
      assertThat(actual.getEstimator()).isSameAs(estimator);
    }
  }

  @Test
  void foldColumnAndSubModelsAreHonoured() {
    CrossValidator batched =
        new BatchedCrossValidator()
            .setEstimator(learner)
            .setEstimatorParamMaps(grid)
            .setEvaluator(EVALUATOR)
            .setNumFolds(3)
            .setFoldCol("fold")
            .setCollectSubModels(true);

    CrossValidatorModel model = batched.fit(data.selectExpr("*", "cast(row % 3 as int) as fold"));

    assertThat(model.subModels()).hasNumberOfRows(3);
    assertThat(model.subModels()[0]).hasSize(grid.length).doesNotContainNull();
  }

  @Test
  void trainValidationSplitChoosesWhatSparkChooses() {
    TrainValidationSplit plain = new TrainValidationSplit().setSeed(5);
    TrainValidationSplit batched = new BatchedTrainValidationSplit().setSeed(5);
    for (TrainValidationSplit tuner : List.of(plain, batched)) {
      tuner.setEstimator(learner).setEstimatorParamMaps(grid).setEvaluator(EVALUATOR);
    }

    TrainValidationSplitModel expected = plain.fit(data);
    TrainValidationSplitModel actual = batched.fit(data);

    assertThat(actual.validationMetrics())
        .containsExactly(expected.validationMetrics(), within(1e-6));
  }

  @Test
  void survivesSavingAndLoading(@TempDir Path folder) throws Exception {
    BatchedCrossValidator tuner = new BatchedCrossValidator();
    tuner.setEstimator(learner).setEstimatorParamMaps(grid).setEvaluator(EVALUATOR).setNumFolds(4);
    String path = folder.resolve("tuner").toString();

    tuner.write().save(path);

    BatchedCrossValidator loaded = BatchedCrossValidator.load(path);
    assertThat(loaded.getNumFolds()).isEqualTo(4);
    assertThat(loaded.getEstimatorParamMaps()).hasSameSizeAs(grid);
    assertThat(loaded.uid()).isEqualTo(tuner.uid());
  }

  private Pipeline pipeline() {
    StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
    learner.setFeaturesCol("scaled");
    return new Pipeline().setStages(new PipelineStage[] {scaler, learner});
  }

  private static double[] coefficients(org.apache.spark.ml.Model<?> model) {
    Object last =
        model instanceof PipelineModel pipeline
            ? pipeline.stages()[pipeline.stages().length - 1]
            : model;
    return ((ImbalancedLogisticRegressionModel) last).coefficients().toArray();
  }
}
