package io.github.imbalancedspark.weighting;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;

@Covers({ClassWeighter.class, ClassWeighterModel.class})
class ClassWeighterContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ClassWeighter("weighter")
        .setWeightCol("weight")
        .setStrategy("effectiveNumber")
        .setBeta("auto")
        .setNormalization("meanOne");
  }

  @Override
  protected Map<String, ?> samples() {
    return Map.of("customWeights", new double[][] {{0, 1}, {1, 5}});
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no label column",
            rows -> rows.drop("label"),
            "labelCol: there is no column 'label'; the columns are id, weight, features,"
                + " other.column"),
        BadInput.data(
            "label of text",
            rows -> rows.withColumn("label", lit("fraud")),
            "labelCol: column 'label' is of type string; it must be numeric: cast it first"),
        BadInput.data(
            "null label",
            rows -> rows.withColumn("label", expr("if(id = 7, null, label)")),
            "labelCol: column 'label' holds null, which is no class; mend or drop the row, or set"
                + " handleInvalid to skip or keep"),
        BadInput.data(
            "negative weight",
            rows -> rows.withColumn("weight", expr("if(id = 7, -1.5D, weight)")),
            "weightCol: column 'weight' holds -1.5; weights must be finite and >= 0: mend or drop"
                + " the row"),
        BadInput.params(
            "output column that exists",
            stage -> ((ClassWeighter) stage).setOutputCol("id"),
            "outputCol: column 'id' exists already; drop it or choose another name"),
        BadInput.scoring(
            "unseen label",
            rows -> rows.withColumn("label", expr("if(id = 7, 2.0D, label)")),
            "labelCol: column 'label' holds 2.0, which was not among the classes of the fit"),
        BadInput.scoring(
            "NaN weight",
            rows -> rows.withColumn("weight", expr("if(id = 7, double('NaN'), weight)")),
            "weightCol: column 'weight' holds NaN; weights must be finite and >= 0"));
  }
}
