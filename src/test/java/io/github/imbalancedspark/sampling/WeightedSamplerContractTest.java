package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;

@Covers({WeightedSampler.class, SamplerModel.class})
class WeightedSamplerContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new WeightedSampler("sampler")
        .setNumSamples(80)
        .setSamplingWeightCol("weight")
        .setBalanced(true)
        .setKeyCol("id")
        .setSeed(3);
  }

  @Override
  protected Map<String, ?> samples() {
    return Map.of("classWeights", new double[][] {{0, 1}, {1, 5}});
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no rows",
            rows -> rows.filter("id < 0"),
            "the data has no rows: check the input path and its filters"),
        BadInput.data(
            "negative weight",
            rows -> rows.withColumn("weight", expr("if(id = 7, -1.5D, weight)")),
            "samplingWeightCol: column 'weight' holds -1.5; weights must be finite and >= 0: mend"
                + " or drop the row"),
        BadInput.params(
            "two kinds of class weights",
            stage -> ((WeightedSampler) stage).setClassWeights(Map.of(0.0, 1.0, 1.0, 5.0)),
            "balanced: is true, and classWeights are set; set only one of them"));
  }
}
