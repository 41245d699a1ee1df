package io.github.imbalancedspark.tuning;

import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

@Covers(BatchedCrossValidator.class)
class BatchedCrossValidatorContractTest extends StageContract {

  private static final ImbalancedLogisticRegression LEARNER =
      new ImbalancedLogisticRegression("learner").setWeightCol("weight").setTol(1e-13);

  @Override
  protected Params stage() {
    return fresh();
  }

  /** Spark saves no tuner without the first three, and saves the rest whether set or not. */
  @Override
  protected Params fresh() {
    BatchedCrossValidator tuner = new BatchedCrossValidator("tuner");
    tuner
        .setEstimator(LEARNER)
        .setEvaluator(new BinaryClassificationEvaluator("evaluator"))
        .setEstimatorParamMaps(
            new ParamGridBuilder().addGrid(LEARNER.regParam(), new double[] {0.01, 1}).build())
        .setNumFolds(2)
        .setFoldCol("fold")
        .setSeed(5)
        .setParallelism(2)
        .setCollectSubModels(false);
    return tuner;
  }

  /** Spark's random folds depend on the partitions; these do not. */
  @Override
  protected Dataset<Row> data() {
    return SampleRows.make().withColumn("fold", expr("int(id % 2)"));
  }

  @Override
  protected PipelineStage[] pipeline() {
    return new PipelineStage[] {(PipelineStage) stage()};
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no weight column",
            rows -> rows.drop("weight"),
            "weightCol: there is no column 'weight'; the columns are id, label, features,"
                + " other.column, fold"));
  }
}
