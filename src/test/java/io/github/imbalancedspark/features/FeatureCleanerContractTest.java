package io.github.imbalancedspark.features;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.functions;

@Covers(FeatureCleaner.class)
class FeatureCleanerContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new FeatureCleaner("cleaner")
        .setInputCols("weight", "id", "other.column", "features")
        .setOutputCols("w", "i", "o", "f")
        .setKinds("number", "numberedCategory", "category", "vector")
        .setMissing("keep");
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no such column",
            rows -> rows.drop("weight"),
            "inputCols: there is no column 'weight'; the columns are id, label, features,"
                + " other.column"),
        BadInput.data(
            "taken name",
            rows -> rows.withColumn("w", functions.lit(1)),
            "outputCols: column 'w' exists already; drop it or choose another name"),
        BadInput.params(
            "a name too few",
            stage -> ((FeatureCleaner) stage).setOutputCols("w"),
            "outputCols: there are 4 inputCols, 1 outputCols and 4 kinds; give one of each for"
                + " every column"));
  }
}
