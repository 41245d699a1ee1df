package io.github.imbalancedspark.features;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;

@Covers(ColumnDropper.class)
class ColumnDropperContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ColumnDropper("dropper").setInputCols("weight", "other.column");
  }

  @Override
  protected List<String> removedColumns() {
    return List.of("weight", "other.column");
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no such column",
            rows -> rows.drop("weight"),
            "inputCols: there is no column 'weight'; the columns are id, label, features,"
                + " other.column"));
  }
}
