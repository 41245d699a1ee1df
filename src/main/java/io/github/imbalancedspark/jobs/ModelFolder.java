package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.internal.Columns;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A model that {@code train} saved, and its scores.
 *
 * @param pipeline all of it
 * @param classifier its last stage
 */
record ModelFolder(PipelineModel pipeline, ImbalancedLogisticRegressionModel classifier) {

  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";

  /** The columns that scoring makes. */
  private static final String[] MADE = {PREDICTION, PROBABILITY, "rawPrediction"};

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ModelFolder load(SparkSession spark, String folder) {
    HadoopFiles.requireExists(folder, "model");
    HadoopFiles.requireExists(
        new Path(folder, "metadata").toString(), "model: '" + folder + "' is no saved model");
    PipelineModel pipeline = PipelineModel.load(folder);
    Transformer last = pipeline.stages()[pipeline.stages().length - 1];
    if (!(last instanceof ImbalancedLogisticRegressionModel classifier)) {
      throw new IllegalArgumentException(
          "model: '"
              + folder
              + "' ends in a "
              + last.getClass().getSimpleName()
              + "; give the folder that train wrote");
    }
    return new ModelFolder(pipeline, classifier);
  }

  /** Returns the reader's options that make a libsvm file as wide as the training data. */
  Map<String, String> libsvmOptions() {
    return Map.of("numFeatures", Integer.toString(classifier.numFeatures()));
  }

  /**
   * Checks that a table has none of the columns that scoring makes.
   *
   * @throws IllegalArgumentException if it has
   */
  static void requireFree(StructType schema) {
    Arrays.stream(MADE).forEach(name -> Columns.requireNew(schema, name, "input"));
  }

  /** Returns {@code table} with Spark's prediction columns. */
  Dataset<Row> transform(Dataset<Row> table) {
    requireFree(table.schema());
    return pipeline.transform(table);
  }

  /**
   * Returns a scored table's probability of the positive class; NaN and infinity raise an error.
   */
  Column probability() {
    Column margin = vectorElement("rawPrediction");
    Column message =
        org.apache.spark.sql.functions.lit(
            "features: column '"
                + classifier.getFeaturesCol()
                + "' holds NaN or an infinity; mend the value or drop the row");
    return org.apache
        .spark
        .sql
        .functions
        .when(
            org.apache.spark.sql.functions.abs(margin).lt(Double.POSITIVE_INFINITY),
            vectorElement(PROBABILITY))
        .otherwise(org.apache.spark.sql.functions.raise_error(message).cast("double"));
  }

  private static Column vectorElement(String vector) {
    return functions.vector_to_array(Columns.named(vector), "float64").getItem(1);
  }
}
