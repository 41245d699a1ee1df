package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.ParamGridBuilder;

@Covers(BatchedTrainValidationSplit.class)
class BatchedTrainValidationSplitContractTest extends StageContract {

  private static final ImbalancedLogisticRegression LEARNER =
      new ImbalancedLogisticRegression("learner").setWeightCol("weight").setTol(1e-13);

  @Override
  protected Params stage() {
    return fresh();
  }

  /** Spark saves no tuner without the first three, and saves the rest whether set or not. */
  @Override
  protected Params fresh() {
    BatchedTrainValidationSplit tuner = new BatchedTrainValidationSplit("tuner");
    tuner
        .setEstimator(LEARNER)
        .setEvaluator(new BinaryClassificationEvaluator("evaluator"))
        .setEstimatorParamMaps(
            new ParamGridBuilder().addGrid(LEARNER.regParam(), new double[] {0.01, 1}).build())
        .setTrainRatio(0.6)
        .setSeed(5)
        .setParallelism(2)
        .setCollectSubModels(false);
    return tuner;
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
                + " other.column"));
  }
}
