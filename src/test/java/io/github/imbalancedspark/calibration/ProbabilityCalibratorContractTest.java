package io.github.imbalancedspark.calibration;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.github.imbalancedspark.support.BadInput;
import io.github.imbalancedspark.support.Covers;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.StageContract;
import java.util.List;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

@Covers({ProbabilityCalibrator.class, ProbabilityCalibratorModel.class})
class ProbabilityCalibratorContractTest extends StageContract {

  @Override
  protected Params stage() {
    return new ProbabilityCalibrator("calibrator")
        .setRawPredictionCol("margin")
        .setWeightCol("weight")
        .setMethod("isotonic")
        .setOutputCol("calibrated");
  }

  /** The first feature as a margin, with ties. */
  @Override
  protected Dataset<Row> data() {
    Column margin = round(vector_to_array(col("features"), "float64").getItem(0), 1);
    return SampleRows.make()
        .withColumn("margin", array_to_vector(array(margin.multiply(-1), margin)));
  }

  @Override
  protected List<BadInput> badInputs() {
    return List.of(
        BadInput.data(
            "no rows",
            rows -> rows.filter("id < 0"),
            "the held-out data has no rows: check the input path and its filters"),
        BadInput.data(
            "one class only",
            rows -> rows.filter("label = 1"),
            "labelCol: only one class of column 'label' has weight among 32 rows; both are needed:"
                + " hold out more rows"),
        BadInput.data(
            "no scores",
            rows -> rows.drop("margin"),
            "rawPredictionCol: there is no column 'margin'; the columns are id, label, weight,"
                + " features, other.column"),
        BadInput.data(
            "scores of text",
            rows -> rows.withColumn("margin", lit("high")),
            "rawPredictionCol: column 'margin' is of type string; it must be numeric: cast it"
                + " first"),
        BadInput.data(
            "null score",
            rows -> rows.withColumn("margin", expr("if(id = 7, null, margin)")),
            "rawPredictionCol: column 'margin' holds null; every row needs a score: mend or drop the"
                + " row"),
        BadInput.data(
            "NaN score",
            rows -> rows.withColumn("margin", expr("if(id = 7, double('NaN'), id)")),
            "rawPredictionCol: column 'margin' holds NaN; scores must be finite: mend or drop the"
                + " row"),
        BadInput.data(
            "infinite score",
            rows -> rows.withColumn("margin", expr("if(id = 7, -double('Infinity'), id)")),
            "rawPredictionCol: column 'margin' holds -Infinity; scores must be finite: mend or drop"
                + " the row"),
        BadInput.data(
            "scores of three classes",
            rows -> rows.withColumn("margin", col("features")),
            "rawPredictionCol: column 'margin' holds a vector of 3 elements; a binary classifier's"
                + " has 2: choose another column"),
        BadInput.data(
            "label of 2",
            rows -> rows.withColumn("label", expr("if(id = 7, 2D, label)")),
            "labelCol: column 'label' holds 2.0; labels must be 0 or 1: map the positive class to 1"
                + " and the other to 0, and drop rows without a label"),
        BadInput.data(
            "null label",
            rows -> rows.withColumn("label", expr("if(id = 7, null, label)")),
            "labelCol: column 'label' holds null; labels must be 0 or 1: map the positive class to 1"
                + " and the other to 0, and drop rows without a label"),
        BadInput.data(
            "negative weight",
            rows -> rows.withColumn("weight", expr("if(id = 7, -2D, weight)")),
            "weightCol: column 'weight' holds -2.0; weights must be finite and >= 0: mend or drop"
                + " the row"),
        BadInput.params(
            "output column that exists",
            stage -> ((ProbabilityCalibrator) stage).setOutputCol("id"),
            "outputCol: column 'id' exists already; drop it or choose another name"),
        BadInput.scoring(
            "null score to score",
            rows -> rows.withColumn("margin", expr("if(id = 7, null, margin)")),
            "rawPredictionCol: column 'margin' holds null; every row needs a score"),
        BadInput.scoring(
            "scores of three classes to score",
            rows -> rows.withColumn("margin", col("features")),
            "rawPredictionCol: column 'margin' holds a vector of 3 elements"));
  }
}
