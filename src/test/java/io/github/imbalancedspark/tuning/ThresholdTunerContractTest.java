package io.github.imbalancedspark.tuning;

import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

@Covers(ThresholdTuner.class)
class ThresholdTunerContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ThresholdTuner<PipelineModel>("tuner")
        .setEstimator(
            new Pipeline("pipeline")
                .setStages(
                    new PipelineStage[] {
                      new ImbalancedLogisticRegression("learner").setTol(1e-13)
                    }))
        .setCriterion("recall@precision>=0.6")
        .setWeightCol("weight")
        .setValidationFraction(0.3)
        .setKeyCol("id");
  }

  @Override
  protected String modelUid() {
    return "pipeline";
  }

  @Override
  protected PipelineStage[] pipeline() {
    return new PipelineStage[] {(PipelineStage) stage()};
  }

  private static Dataset<Row> spoil(Dataset<Row> rows, String column, String expression) {
    return rows.withColumn(column, expr(expression));
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no weight column",
            rows -> rows.drop("weight"),
            "weightCol: there is no column 'weight'; the columns are id, label, features,"
                + " other.column"),
        BadInput.data(
            "no key",
            rows -> rows.drop("id"),
            "keyCol: there is no column 'id'; the columns are label, weight, features,"
                + " other.column"),
        BadInput.data(
            "negative weight",
            rows -> spoil(rows, "weight", "-1D"),
            "weightCol: column 'weight' holds -1.0; weights must be finite and >= 0: mend or drop"
                + " the row"),
        BadInput.data(
            "one class",
            rows -> spoil(rows, "label", "1D"),
            "labelCol: column 'label' holds only the label 1 in 84 rows; both classes are needed:"
                + " check the label, or train on more data"),
        BadInput.params(
            "no estimator",
            tuner -> tuner.clear(tuner.getParam("estimator")),
            "estimator: is not set; set the one to tune"),
        BadInput.params(
            "no classifier",
            tuner -> tuner.set(tuner.getParam("estimator"), new ClassWeighter("weighter")),
            "estimator: weighter has neither a threshold nor thresholds; give a classifier, or a"
                + " pipeline that ends in one"),
        BadInput.params(
            "no days",
            tuner -> tuner.set(tuner.getParam("criterion"), "alerts_per_day<=3"),
            "dayCol: is not set, and the criterion alerts_per_day<=3 needs it"),
        BadInput.params(
            "no indicator",
            tuner -> tuner.set(tuner.getParam("validationIndicatorCol"), "id"),
            "validationIndicatorCol: column 'id' is of type bigint; it must be boolean"));
  }
}
