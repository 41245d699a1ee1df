package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A column of what rows count for, so that they stand for the population: the user's weights, and
 * the positive rows' times what makes their share {@code populationRate}, if that is known.
 *
 * @param name the column's name
 * @param value what is in it
 */
record PopulationWeight(String name, Column value) {

  static PopulationWeight of(
      Dataset<Row> rows, Training training, ImbalancedLogisticRegressionModel classifier) {
    Column label = col(training.labelCol());
    Column weight = training.weightCol() == null ? lit(1.0) : Columns.named(training.weightCol());
    String name = training.names().take("population_weight");
    if (!classifier.isSet(classifier.populationRate())) {
      return new PopulationWeight(name, weight);
    }
    double rate = classifier.getPopulationRate();
    Row sums = rows.agg(sum(weight.multiply(label)), sum(weight)).head();
    double positives = sums.getDouble(0);
    double negatives = ((Number) sums.get(1)).doubleValue() - positives;
    return new PopulationWeight(name, weight.multiply(factor(label, positives, negatives, rate)));
  }

  /**
   * Returns what positive rows are to be multiplied by, and 1 for the others.
   *
   * @param positives weight of the positive rows
   * @param negatives weight of the others
   * @param rate the share that positive rows are to have
   */
  static Column factor(Column label, double positives, double negatives, double rate) {
    double odds = positives / negatives;
    return when(label.equalTo(1), rate / (1 - rate) / odds).otherwise(1.0);
  }

  Dataset<Row> on(Dataset<Row> rows) {
    return rows.withColumn(name, value);
  }
}
