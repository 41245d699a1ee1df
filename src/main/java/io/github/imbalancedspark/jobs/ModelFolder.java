package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.calibration.ProbabilityCalibratorModel;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.features.FeatureCleaner;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that {@code train} saved, and its scores.
 *
 * @param pipeline all of it
 * @param classifier its last stage but for a calibrator
 */
record ModelFolder(PipelineModel pipeline, ImbalancedLogisticRegressionModel classifier) {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);

  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";
  private static final String MARGIN = "rawPrediction";
  static final String CORRECTED_PROBABILITY = "corrected_probability";
  static final String CALIBRATED_PROBABILITY = "calibrated_probability";

  /** The columns that scoring makes. */
  private static final String[] MADE = {
    PREDICTION, PROBABILITY, CORRECTED_PROBABILITY, CALIBRATED_PROBABILITY, MARGIN
  };

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException if there is none, it is not whole, it is damaged, or it holds
   *     a stage that is not trusted
   */
  static ModelFolder load(SparkSession spark, String folder, TrustedStages trusted) {
    HadoopFiles.requireExists(folder, "model");
    HadoopFiles.requireExists(
        new Path(folder, "metadata").toString(), "model: '" + folder + "' is no saved model");
    CompletionMark.require(folder, "model");
    Checksums.require(folder, "model");
    trusted.requireIn(folder);
    PipelineModel pipeline = pipeline(spark, folder);
    ImbalancedLogisticRegressionModel classifier = classifier(pipeline);
    if (classifier == null) {
      Transformer last = pipeline.stages()[pipeline.stages().length - 1];
      throw new IllegalArgumentException(
          "model: '"
              + folder
              + "' ends in a "
              + last.getClass().getSimpleName()
              + "; give the folder that train wrote");
    }
    return of(pipeline, classifier);
  }

  /** Returns a fitted pipeline and its classifier, which is told to correct if it can. */
  private static ModelFolder of(
      PipelineModel pipeline, ImbalancedLogisticRegressionModel classifier) {
    classifier.setCorrectedProbabilityCol(
        classifier.correctionRefusal().isEmpty() ? CORRECTED_PROBABILITY : "");
    return new ModelFolder(pipeline, classifier);
  }

  /**
   * Returns the last stage, or the one before a calibrator; {@code null} if that is no classifier.
   */
  static ImbalancedLogisticRegressionModel classifier(PipelineModel pipeline) {
    Transformer[] stages = pipeline.stages();
    int last = stages.length - 1;
    Transformer stage = isCalibrated(pipeline) && last > 0 ? stages[last - 1] : stages[last];
    return stage instanceof ImbalancedLogisticRegressionModel classifier ? classifier : null;
  }

  private static boolean isCalibrated(PipelineModel pipeline) {
    return pipeline.stages()[pipeline.stages().length - 1] instanceof ProbabilityCalibratorModel;
  }

  /** Returns whether scoring makes a calibrated probability too. */
  boolean isCalibrated() {
    return isCalibrated(pipeline);
  }

  /** Returns what would be loaded if {@code fitted} were saved; that is left as it is. */
  static ModelFolder of(PipelineModel fitted) {
    PipelineModel copy = fitted.copy(ParamMap.empty());
    return of(copy, classifier(copy));
  }

  /**
   * Evaluates the scores that {@link #transform} wrote.
   *
   * @param label 1 and 0
   * @param weightCol the rows' weights, or {@code null}
   */
  Evaluated evaluate(
      Dataset<Row> scored, Column label, String labelCol, String weightCol, double threshold) {
    boolean corrects = classifier.correctionRefusal().isEmpty() && classifier.oddsFactor() != 1;
    List<Column> read = new ArrayList<>();
    read.add(probability().as(PROBABILITY));
    read.add(Columns.named(MARGIN));
    read.add(label.as(labelCol));
    if (corrects) {
      read.add(Columns.named(CORRECTED_PROBABILITY));
    }
    if (weightCol != null) {
      read.add(Columns.named(weightCol));
    }
    return Evaluated.of(
        scored.select(read.toArray(new Column[0])),
        PROBABILITY,
        corrects ? CORRECTED_PROBABILITY : null,
        MARGIN,
        labelCol,
        weightCol,
        threshold,
        populationRate(classifier));
  }

  /** Returns the share of positives in the population, or {@code null} if that is not known. */
  static Double populationRate(ImbalancedLogisticRegressionModel classifier) {
    return classifier.isSet(classifier.populationRate()) ? classifier.getPopulationRate() : null;
  }

  private static PipelineModel pipeline(SparkSession spark, String folder) {
    try {
      return PipelineModel.read().session(spark).load(folder);
    } catch (Exception e) { // Spark throws checked ones too, undeclared
      throw new IllegalArgumentException(
          String.format(
              "model: '%s' cannot be loaded (%s); it is damaged or of a later version: restore it,"
                  + " train again, or take that version of this program",
              folder, FailureLine.of(e)),
          e);
    }
  }

  /** Returns the reader's options that make a libsvm file as wide as the training data. */
  Map<String, String> libsvmOptions() {
    return Map.of("numFeatures", Integer.toString(classifier.numFeatures()));
  }

  /**
   * Returns the schema in which the columns that the model reads as text are text, though they may
   * hold nothing but digits today.
   */
  StructType withTextsAsText(StructType found) {
    Set<String> texts = columns("category");
    return ColumnTypes.changed(found, field -> texts.contains(field.name()), DataTypes.StringType);
  }

  /** Returns that schema in which, moreover, columns that it reads as numbers may hold any. */
  StructType withAnyNumbers(StructType found) {
    Set<String> numbers = columns("number");
    return ColumnTypes.changed(
        withTextsAsText(found), field -> numbers.contains(field.name()), DataTypes.DoubleType);
  }

  /** Returns the columns that the model reads, but for a vector that it takes as it is. */
  List<String> reads() {
    return Arrays.stream(pipeline.stages())
        .filter(FeatureCleaner.class::isInstance)
        .flatMap(cleaner -> Arrays.stream(((FeatureCleaner) cleaner).getInputCols()))
        .toList();
  }

  private Set<String> columns(String kind) {
    Set<String> columns = new HashSet<>();
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof FeatureCleaner cleaner) {
        for (int i = 0; i < cleaner.getKinds().length; i++) {
          if (cleaner.getKinds()[i].equals(kind)) {
            columns.add(cleaner.getInputCols()[i]);
          }
        }
      }
    }
    return columns;
  }

  /**
   * Checks that a table has none of the columns that scoring makes.
   *
   * @throws IllegalArgumentException if it has
   */
  static void requireFree(StructType schema) {
    for (String name : MADE) {
      if (Columns.has(schema, name)) {
        throw new IllegalArgumentException(
            String.format(
                "input: column '%s' exists already, and scoring makes it; rename it or drop it from"
                    + " the table%s",
                name, Terms.remedy("columns", ", or name those to keep with --columns")));
      }
    }
  }

  /** Returns a table without those columns that scoring makes, but for {@code kept} ones. */
  static Dataset<Row> freed(Dataset<Row> table, List<String> kept) {
    return table.drop(
        Arrays.stream(MADE).filter(name -> !kept.contains(name)).toArray(String[]::new));
  }

  /**
   * Returns {@code table} with Spark's prediction columns and, if it can be had, the corrected
   * probability.
   *
   * @throws IllegalArgumentException if it lacks a column that the model reads, or has one of those
   *     that scoring makes
   */
  Dataset<Row> transform(Dataset<Row> table) {
    requireFree(table.schema());
    requireRead(table.schema());
    return pipeline.transform(table);
  }

  private void requireRead(StructType schema) {
    for (String name : reads()) {
      if (!Columns.has(schema, name)) {
        throw new IllegalArgumentException(
            String.format(
                "input: there is no column '%s', which the model reads; the columns are %s",
                name, String.join(", ", schema.fieldNames())));
      }
    }
  }

  /**
   * Returns a scored table's probability of the positive class; NaN and infinity raise an error.
   */
  Column probability() {
    Column margin = vectorElement(MARGIN);
    String message =
        "features: column '"
            + classifier.getFeaturesCol()
            + "' holds NaN or an infinity; mend the value or drop the row";
    return when(abs(margin).lt(Double.POSITIVE_INFINITY), vectorElement(PROBABILITY))
        .otherwise(raise_error(lit(message)).cast("double"));
  }

  /**
   * Returns a scored table's corrected probability; null, with a warning, if the model has none.
   */
  Column correctedProbability() {
    if (classifier.correctionRefusal().isEmpty()) {
      return Columns.named(CORRECTED_PROBABILITY);
    }
    LOG.warn(
        "{} is null: {}", CORRECTED_PROBABILITY, Terms.of(classifier.correctionRefusal().get()));
    return lit(null).cast("double").as(CORRECTED_PROBABILITY);
  }

  private static Column vectorElement(String vector) {
    return functions.vector_to_array(Columns.named(vector), "float64").getItem(1);
  }
}
