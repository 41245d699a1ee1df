package io.github.imbalancedspark.evaluation;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.github.imbalancedspark.core.metrics.ClassScores;
import io.github.imbalancedspark.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The weight of the rows by label and prediction. */
final class PredictionCounts {

  private static final Logger LOG = LoggerFactory.getLogger(ClassificationReport.class);

  private static final int MOST_PAIRS = 1000;

  /** The columns of the aggregated rows. */
  private static final int LABEL = 0;

  private static final int PREDICTION = 1;
  private static final int WEIGHT = 2;
  private static final int LOWEST = 3;
  private static final int HIGHEST = 4;
  private static final int ROWS = 5;
  private static final int ROWS_WITH_WEIGHT = 6;

  private final String labelCol;
  private final String predictionCol;
  private final String weightCol;
  private final SortedMap<Double, Sums> classes = new TreeMap<>();

  private PredictionCounts(String labelCol, String predictionCol, String weightCol) {
    this.labelCol = labelCol;
    this.predictionCol = predictionCol;
    this.weightCol = weightCol;
  }

  static PredictionCounts of(
      Dataset<?> dataset, String labelCol, String predictionCol, String weightCol) {
    Columns.requireNumeric(dataset.schema(), labelCol, "labelCol");
    Columns.requireNumeric(dataset.schema(), predictionCol, "predictionCol");
    if (weightCol != null) {
      Columns.requireNumeric(dataset.schema(), weightCol, "weightCol");
    }
    PredictionCounts counts = new PredictionCounts(labelCol, predictionCol, weightCol);
    List<Row> pairs = counts.aggregate(dataset);
    counts.requireClasses(pairs);
    pairs.forEach(counts::add);
    counts.requireWeight();
    return counts;
  }

  private List<Row> aggregate(Dataset<?> dataset) {
    Column weight = weightCol == null ? lit(1.0) : number(weightCol);
    return dataset
        .select(
            number(labelCol).as("label"),
            number(predictionCol).as("prediction"),
            weight.as("weight"))
        .groupBy("label", "prediction")
        .agg(sum("weight"), min("weight"), max("weight"), count(lit(1)), count("weight"))
        .limit(MOST_PAIRS + 1)
        .collectAsList();
  }

  private static Column number(String name) {
    return Columns.named(name).cast(DataTypes.DoubleType);
  }

  private void requireClasses(List<Row> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "the data to evaluate has no rows: check the input path and its filters");
    }
    if (pairs.size() > MOST_PAIRS) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol, predictionCol: columns '%s' and '%s' hold more than %d different pairs; they"
                  + " must hold classes, not scores",
              labelCol, predictionCol, MOST_PAIRS));
    }
  }

  private void add(Row pair) {
    double label = number(pair, LABEL, "labelCol", labelCol);
    double prediction = number(pair, PREDICTION, "predictionCol", predictionCol);
    requireWeights(pair);
    double weight = pair.getDouble(WEIGHT);
    ofClass(label).support += weight;
    ofClass(prediction).predicted += weight;
    if (label == prediction) {
      ofClass(label).hits += weight;
    }
  }

  private Sums ofClass(double label) {
    return classes.computeIfAbsent(label, c -> new Sums());
  }

  private static double number(Row pair, int ordinal, String param, String column) {
    if (pair.isNullAt(ordinal) || Double.isNaN(pair.getDouble(ordinal))) {
      throw new IllegalArgumentException(
          String.format(
              "%s: column '%s' holds %s; every row needs a class: mend or drop the row",
              param, column, pair.isNullAt(ordinal) ? "null" : "NaN"));
    }
    return pair.getDouble(ordinal);
  }

  private void requireWeights(Row pair) {
    if (pair.getLong(ROWS_WITH_WEIGHT) < pair.getLong(ROWS)) {
      throw badWeight("null");
    }
    double highest = pair.getDouble(HIGHEST); // NaN is the highest of all
    if (!(highest < Double.POSITIVE_INFINITY)) {
      throw badWeight(String.valueOf(highest));
    }
    if (pair.getDouble(LOWEST) < 0) {
      throw badWeight(String.valueOf(pair.getDouble(LOWEST)));
    }
  }

  private IllegalArgumentException badWeight(String value) {
    return new IllegalArgumentException(
        String.format(
            "weightCol: column '%s' holds %s; weights must be finite and >= 0: mend or drop the row",
            weightCol, value));
  }

  private void requireWeight() {
    if (classes.values().stream().allMatch(s -> s.support == 0)) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive", weightCol));
    }
  }

  ClassificationReport report() {
    List<ClassScores> scores = new ArrayList<>();
    double right = 0;
    double total = 0;
    for (double label : classes.keySet()) {
      Sums sums = classes.get(label);
      scores.add(ClassScores.of(name(label), sums.hits, sums.predicted, sums.support));
      warnOfZeroOverZero(name(label), sums);
      right += sums.hits;
      total += sums.support;
    }
    return new ClassificationReport(
        scores,
        right / total,
        ClassScores.macroAverage(scores),
        ClassScores.weightedAverage(scores),
        weightCol != null);
  }

  /** As scikit-learn does, for a 0 in the table does not tell. */
  private static void warnOfZeroOverZero(String name, Sums sums) {
    if (sums.predicted == 0) {
      LOG.warn(
          "class {}: nothing is predicted to be it, so its precision, 0 / 0, counts as 0", name);
    }
    if (sums.support == 0) {
      LOG.warn("class {}: no row is of it, so its recall, 0 / 0, counts as 0", name);
    }
  }

  private static String name(double label) {
    return label == Math.rint(label) && Math.abs(label) < 1e15
        ? String.valueOf((long) label)
        : String.valueOf(label);
  }

  /** A class's weight of rows predicted right, of rows predicted to be of it, and of its rows. */
  private static final class Sums {
    double hits;
    double predicted;
    double support;
  }
}
