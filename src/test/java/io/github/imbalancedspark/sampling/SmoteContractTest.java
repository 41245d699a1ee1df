package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;

@Covers({Smote.class, SamplerModel.class})
class SmoteContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new Smote("smote").setSamplingStrategy(0.8).setSyntheticCol("made").setSeed(3);
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no features",
            rows -> rows.drop("features"),
            "featuresCol: there is no column 'features'; the columns are id, label, weight,"
                + " other.column"),
        BadInput.data(
            "one class only",
            rows -> rows.filter(expr("label = 1")),
            "labelCol: there is only the class 1.0, in 32 rows; both classes are needed: check the"
                + " label, or sample more data"));
  }
}
