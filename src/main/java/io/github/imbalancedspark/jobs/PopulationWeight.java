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
 * A column of what held-out rows count for, so that they stand for the population: the user's
 * weights, and the positive rows' times what makes their share {@code populationRate}, if that is
 * known.
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
    double odds = positives / (((Number) sums.get(1)).doubleValue() - positives);
    double factor = rate / (1 - rate) / odds;
    return new PopulationWeight(
        name, weight.multiply(when(label.equalTo(1), factor).otherwise(1.0)));
  }

  Dataset<Row> on(Dataset<Row> rows) {
    return rows.withColumn(name, value);
  }
}
