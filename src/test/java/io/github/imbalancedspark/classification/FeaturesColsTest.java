package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.Frames;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features in columns of their own, held against the same features in vectors. */
class FeaturesColsTest {

  private static final String[] NAMES = {"a", "b", "c"};

  private static final Dataset<Row> BOTH =
      new VectorAssembler()
          .setInputCols(NAMES)
          .setOutputCol("features")
          .transform(
              SampleRows.make()
                  .selectExpr(
                      "id",
                      "int(label) as label",
                      "weight",
                      "sin(id) as a",
                      "float(cos(id * 1.7)) as b",
                      "int(id % 11) as c"));

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setTol(1e-13).setPosWeight(3).setRegParam(0.01);
  }

  private static void assertSameModel(
      ImbalancedLogisticRegressionModel actual, ImbalancedLogisticRegressionModel expected) {
    assertThat(actual.coefficients().toArray())
        .containsExactly(expected.coefficients().toArray(), within(1e-12));
    assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(1e-12));
  }

  @Test
  void trainsAndScoresAsVectorsDo() {
    ImbalancedLogisticRegressionModel byVector = learner().setWeightCol("weight").fit(BOTH);
    ImbalancedLogisticRegressionModel byColumns =
        learner().setWeightCol("weight").setFeaturesCols(NAMES).fit(BOTH.drop("features"));

    assertSameModel(byColumns, byVector);
    Frames.assertSame(byColumns.transform(BOTH), byVector.transform(BOTH), 1e-12);
  }

  @Test
  void readsColumnarBatchesOfFilesAndOfCaches(@TempDir Path folder) {
    Dataset<Row> doubles =
        BOTH.selectExpr("double(label) as label", "a", "double(b) as b", "double(c) as c", "id");
    String path = folder.resolve("rows").toString();
    doubles.write().parquet(path);
    Dataset<Row> cached = doubles.select("*").cache();
    ImbalancedLogisticRegressionModel expected = learner().fit(BOTH);

    assertSameModel(
        learner().setFeaturesCols(NAMES).fit(SparkSessions.shared().read().parquet(path)),
        expected);
    assertSameModel(learner().setFeaturesCols(NAMES).fit(cached), expected);
    cached.unpersist(true);
  }

  @Test
  void theOrderOfTheNamesIsThatOfTheCoefficients() {
    ImbalancedLogisticRegressionModel forth = learner().setFeaturesCols("a", "b", "c").fit(BOTH);
    ImbalancedLogisticRegressionModel back = learner().setFeaturesCols("c", "b", "a").fit(BOTH);

    for (int j = 0; j < 3; j++) {
      assertThat(back.coefficients().apply(j))
          .isCloseTo(forth.coefficients().apply(2 - j), within(1e-9));
    }
  }

  @Test
  void columnsWinOverAVectorColumnWhenBothAreSet() {
    ImbalancedLogisticRegressionModel model =
        learner().setFeaturesCol("features").setFeaturesCols("a").fit(BOTH);

    assertThat(model.numFeatures()).isOne();
    assertSameModel(model, learner().setFeaturesCols("a").fit(BOTH));
  }

  @Test
  void variantsThatReadOtherColumnsDoNotShareThem() {
    ImbalancedLogisticRegression learner = learner();
    ParamMap[] maps = {
      ParamMap.empty(),
      new ParamMap().put(learner.featuresCols().w(new String[] {"a"})),
      new ParamMap().put(learner.featuresCols().w(NAMES))
    };

    assertThat(learner.fit(BOTH, maps))
        .extracting(ImbalancedLogisticRegressionModel::numFeatures)
        .containsExactly(3, 1, 3);
  }

  @Test
  void anInfiniteValueIsScored() {
    ImbalancedLogisticRegressionModel model = learner().setFeaturesCols("a").fit(BOTH);
    double sign = Math.signum(model.coefficients().apply(0));

    Row row =
        model
            .transform(SparkSessions.shared().sql("select double('Infinity') * " + sign + " as a"))
            .head();

    assertThat(row.<Double>getAs("prediction")).isOne();
  }
}
