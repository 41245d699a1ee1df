package io.github.imbalancedspark.evaluation;

import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

@Covers(ImbalancedBinaryEvaluator.class)
class ImbalancedBinaryEvaluatorContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ImbalancedBinaryEvaluator("evaluator")
        .setMetricName("roc_auc")
        .setWeightCol("weight");
  }

  @Override
  protected Dataset<Row> data() {
    return SampleRows.make().withColumn("probability", expr("0.5 + 0.5 * sin(id)"));
  }

  @Override
  protected Dataset<Row> pipelineData() {
    return SampleRows.make();
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no scores",
            rows -> rows.drop("probability"),
            "probabilityCol: there is no column 'probability'; the columns are id, label, weight,"
                + " features, other.column"),
        BadInput.data(
            "third label",
            rows -> rows.withColumn("label", expr("if(id = 7, 2.0D, label)")),
            "labelCol: column 'label' holds 2.0; labels must be 0 or 1: map the positive class to 1"
                + " and the other to 0, and drop rows without a label"),
        BadInput.data(
            "NaN score",
            rows -> rows.withColumn("probability", expr("if(id = 7, double('NaN'), probability)")),
            "probabilityCol: column 'probability' holds NaN; every row needs a score: mend or drop"
                + " the row"),
        BadInput.data(
            "negative weight",
            rows -> rows.withColumn("weight", expr("if(id = 7, -1.5D, weight)")),
            "weightCol: column 'weight' holds -1.5; weights must be finite and >= 0: mend or drop"
                + " the row"));
  }
}
