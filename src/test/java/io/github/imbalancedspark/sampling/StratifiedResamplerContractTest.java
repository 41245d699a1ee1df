package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.lit;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;

@Covers({StratifiedResampler.class, SamplerModel.class})
class StratifiedResamplerContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new StratifiedResampler("sampler")
        .setSamplingStrategy(0.7)
        .setWeightCol("samplingWeight")
        .setSeed(3);
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
        BadInput.params(
            "no key column",
            stage -> ((StratifiedResampler) stage).setKeyCol("key"),
            "keyCol: there is no column 'key'; the columns are id, label, weight, features,"
                + " other.column"));
  }
}
