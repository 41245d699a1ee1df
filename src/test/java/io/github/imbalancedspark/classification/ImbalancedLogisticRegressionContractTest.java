package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

@Covers({ImbalancedLogisticRegression.class, ImbalancedLogisticRegressionModel.class})
class ImbalancedLogisticRegressionContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ImbalancedLogisticRegression("learner")
        .setWeightCol("weight")
        .setPosWeight(3)
        .setRegParam(0.01)
        .setReduction("mean")
        .setThreshold(0.4)
        .setCorrectedProbabilityCol("corrected")
        .setTol(1e-13);
  }

  @Override
  protected Map<String, ?> samples() {
    return Map.of("weightCol", "w");
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no rows",
            rows -> rows.filter("id < 0"),
            "the training data has no rows: check the input path and its filters"),
        BadInput.data(
            "one class only",
            rows -> rows.filter("label = 1"),
            "labelCol: column 'label' holds only the label 1 in 32 rows; both classes are needed:"
                + " check the label, or train on more data"),
        badLabel("null", "null"),
        badLabel("double('NaN')", "NaN"),
        badLabel("-1D", "-1.0"),
        badLabel("1.5D", "1.5"),
        badWeight("null", "null"),
        badWeight("double('NaN')", "NaN"),
        badWeight("-2D", "-2.0"),
        badWeight("double('Infinity')", "Infinity"),
        BadInput.data(
            "all weights 0",
            rows -> rows.withColumn("weight", lit(0)),
            "weightCol: all weights in column 'weight' are 0; some must be positive"),
        BadInput.data(
            "no weight column",
            rows -> rows.drop("weight"),
            "weightCol: there is no column 'weight'; the columns are id, label, features,"
                + " other.column"),
        BadInput.data(
            "weights of text",
            rows -> rows.withColumn("weight", lit("heavy")),
            "weightCol: column 'weight' is of type string; it must be numeric: cast it first"),
        BadInput.data(
            "null features",
            rows -> rows.withColumn("features", expr("if(id = 7, null, features)")),
            "featuresCol: column 'features' holds null; assemble a vector for every row or drop the"
                + " row"),
        badFeature("double('NaN')", "NaN"),
        badFeature("-double('Infinity')", "-Infinity"),
        BadInput.data(
            "features of two sizes in one partition",
            rows -> sized(rows, "if(id = 7, array(1D, 2D), array(1D, 2D, 3D))").coalesce(1),
            "featuresCol: column 'features' holds vectors of 2 and of 3 features; all must be of"
                + " one size"),
        BadInput.data(
            "features of two sizes in different partitions",
            rows -> sized(rows, "if(id < 40, array(1D, 2D), array(1D, 2D, 3D))"),
            "featuresCol: column 'features' holds vectors of 2 and of 3 features; all must be of"
                + " one size"),
        BadInput.params(
            "a solver that knows no L1 penalty",
            stage ->
                ((ImbalancedLogisticRegression) stage).setElasticNetParam(0.5).setSolver("newton"),
            "solver: newton cannot minimise an L1 penalty (elasticNetParam is 0.5); use owlqn or"
                + " auto"),
        BadInput.params(
            "an intercept to start at without coefficients",
            stage -> ((ImbalancedLogisticRegression) stage).setInitialIntercept(5),
            "initialIntercept: is 5.0, and there are no initialCoefficients to start at; set both,"
                + " or neither"),
        BadInput.scoring(
            "null features",
            rows -> rows.withColumn("features", expr("if(id = 7, null, features)")),
            "featuresCol: column 'features' holds null; assemble a vector for every row or drop the"
                + " row"),
        BadInput.params(
            "a column of corrected probabilities that exists",
            stage -> ((ImbalancedLogisticRegression) stage).setCorrectedProbabilityCol("id"),
            "correctedProbabilityCol: column 'id' exists already; drop it or choose another name"),
        BadInput.scoring(
            "features of another size",
            rows -> sized(rows, "array(1D, 2D)"),
            "featuresCol: column 'features' holds a vector of 2 features; the model was trained on"
                + " 3"));
  }

  private static BadInput badLabel(String sql, String text) {
    return BadInput.data(
        "label " + text,
        rows -> rows.withColumn("label", expr("if(id = 7, " + sql + ", label)")),
        "labelCol: column 'label' holds "
            + text
            + "; labels must lie in [0, 1]: map the positive class to 1 and the other to 0, and drop"
            + " rows without a label");
  }

  private static BadInput badWeight(String sql, String text) {
    return BadInput.data(
        "weight " + text,
        rows -> rows.withColumn("weight", expr("if(id = 7, " + sql + ", weight)")),
        "weightCol: column 'weight' holds "
            + text
            + "; weights must be finite and >= 0: mend or drop the row");
  }

  private static BadInput badFeature(String sql, String text) {
    return BadInput.data(
        "feature " + text,
        rows -> sized(rows, "array(1D, if(id = 7, " + sql + ", id), 0.5D)"),
        "featuresCol: column 'features' holds "
            + text
            + " in feature index 1; impute the value or drop the row");
  }

  private static Dataset<Row> sized(Dataset<Row> rows, String sql) {
    return rows.withColumn("features", expr(sql))
        .withColumn("features", array_to_vector(col("features")));
  }
}
