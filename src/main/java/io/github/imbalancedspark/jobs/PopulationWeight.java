package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.sum;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.PopulationWeights;
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
    String name = training.names().take("population_weight");
    Column weight = PopulationWeights.own(training.weightCol());
    if (!classifier.isSet(classifier.populationRate())) {
      return new PopulationWeight(name, weight);
    }
    Column label = Columns.named(training.labelCol());
    Row sums = rows.agg(sum(weight.multiply(label)), sum(weight)).head();
    double positives = sums.getDouble(0);
    double negatives = ((Number) sums.get(1)).doubleValue() - positives;
    return new PopulationWeight(
        name,
        PopulationWeights.of(
            training.labelCol(),
            training.weightCol(),
            positives,
            negatives,
            classifier.getPopulationRate()));
  }

  Dataset<Row> on(Dataset<Row> rows) {
    return rows.withColumn(name, value);
  }
}
