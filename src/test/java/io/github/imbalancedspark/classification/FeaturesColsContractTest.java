package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The learner again, on features that stand in columns of their own. */
@Covers({ImbalancedLogisticRegression.class, ImbalancedLogisticRegressionModel.class})
class FeaturesColsContractTest extends StageContract {

  private static final String[] NAMES = {"x.1", "x2", "whole"};

  @Override
  protected Params stage() {
    return new ImbalancedLogisticRegression("learner")
        .setFeaturesCols(NAMES)
        .setWeightCol("weight")
        .setPosWeight(3)
        .setRegParam(0.01)
        .setTol(1e-13);
  }

  /** A column named as featuresCol is, but of text, is none of the stage's business. */
  @Override
  protected Dataset<Row> data() {
    Column array = vector_to_array(col("features"), "float64");
    return SampleRows.make()
        .withColumn(NAMES[0], array.getItem(0))
        .withColumn(NAMES[1], array.getItem(1).cast("float"))
        .withColumn(NAMES[2], expr("cast(id % 7 as int)"))
        .withColumn("features", expr("'text ' || id"));
  }

  @Override
  protected Map<String, ?> samples() {
    return Map.of("weightCol", "w");
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no such column",
            rows -> rows.drop("x2"),
            "featuresCols: there is no column 'x2'; the columns are id, label, weight, features,"
                + " other.column, x.1, whole"),
        BadInput.data(
            "a column of text",
            rows -> rows.withColumn("x2", col("x2").cast("string")),
            "featuresCols: column 'x2' is of type string; it must be numeric: cast it first"),
        BadInput.params(
            "a column named twice",
            stage -> ((ImbalancedLogisticRegression) stage).setFeaturesCols("x2", "whole", "x2"),
            "featuresCols: column 'x2' is named twice; name it once"),
        BadInput.params(
            "no columns",
            stage -> ((ImbalancedLogisticRegression) stage).setFeaturesCols(),
            "featuresCols: the list is empty; name at least one column, or clear it to read"
                + " vectors"),
        BadInput.data("null", rows -> spoilt(rows, "null"), unusable("null")),
        BadInput.data("NaN", rows -> spoilt(rows, "double('NaN')"), unusable("NaN")),
        BadInput.data(
            "infinite", rows -> spoilt(rows, "-double('Infinity')"), unusable("-Infinity")),
        BadInput.scoring("null when scoring", rows -> spoilt(rows, "null"), unusable("null")),
        BadInput.scoring(
            "NaN when scoring", rows -> spoilt(rows, "double('NaN')"), unusable("NaN")),
        BadInput.scoring(
            "no such column when scoring",
            rows -> rows.drop("whole"),
            "featuresCols: there is no column 'whole'; the columns are id, label, weight, features,"
                + " other.column, x.1, x2"),
        new BadInput(
            "another number of columns when scoring",
            true,
            model -> ((ImbalancedLogisticRegressionModel) model).setFeaturesCols("x2", "whole"),
            rows -> rows,
            "featuresCols: there are 2 columns; the model was trained on 3 features"));
  }

  private static Dataset<Row> spoilt(Dataset<Row> rows, String sql) {
    return rows.withColumn("x2", expr("if(id = 7, " + sql + ", double(x2))"));
  }

  private static String unusable(String value) {
    return "featuresCols: column 'x2' holds " + value + "; impute the value or drop the row";
  }
}
