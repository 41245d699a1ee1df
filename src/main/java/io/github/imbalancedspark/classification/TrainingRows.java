package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.OddsLedger;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * The rows to train on and those to validate on, as blocks. Closing frees both.
 *
 * @param training the rows to train on
 * @param validation those to score after each epoch, or {@code null} for none
 */
record TrainingRows(TrainingBlocks training, TrainingBlocks validation) implements AutoCloseable {

  /**
   * Reads, checks and summarises the rows that {@code reader}'s columns tell apart.
   *
   * @throws IllegalArgumentException if one of the parts has no rows, if those to train on are of
   *     one class only, or if there is a row that cannot be used
   */
  static TrainingRows read(Dataset<?> dataset, ImbalancedLogisticRegression reader) {
    String indicatorCol = reader.validationIndicatorColumn();
    if (indicatorCol == null) {
      return new TrainingRows(training(dataset, reader), null);
    }
    Column validates = functions.coalesce(Columns.named(indicatorCol), functions.lit(false));
    TrainingBlocks training = training(dataset.filter(functions.not(validates)), reader);
    try {
      return new TrainingRows(training, validation(dataset.filter(validates), reader));
    } catch (Throwable e) { // Spark throws checked ones, undeclared
      training.close();
      throw e;
    }
  }

  private static TrainingBlocks training(Dataset<?> dataset, ImbalancedLogisticRegression reader) {
    TrainingBlocks blocks = blocks(dataset, reader, reader.weightColumn());
    try {
      RowChecks.requireTrainable(blocks.summary(), reader);
      return blocks;
    } catch (Throwable e) { // Spark throws checked ones, undeclared
      blocks.close();
      throw e;
    }
  }

  private static TrainingBlocks validation(
      Dataset<?> dataset, ImbalancedLogisticRegression reader) {
    String weightCol = reader.weightColumn();
    boolean byStage = areWeightsByStage(dataset, reader);
    TrainingBlocks blocks = blocks(dataset, reader, byStage ? null : weightCol);
    try {
      RowChecks.requireValidating(blocks.summary(), reader);
      return blocks;
    } catch (Throwable e) { // Spark throws checked ones, undeclared
      blocks.close();
      throw e;
    }
  }

  /** Returns whether the weights are those of a weighting stage, rather than the user's own. */
  static boolean areWeightsByStage(Dataset<?> dataset, ImbalancedLogisticRegression reader) {
    String weightCol = reader.weightColumn();
    return weightCol != null
        && !OddsLedger.read(
                Columns.require(dataset.schema(), weightCol, reader.weightCol().name()).metadata())
            .isEmpty();
  }

  private static TrainingBlocks blocks(
      Dataset<?> dataset, ImbalancedLogisticRegression reader, String weightCol) {
    return TrainingBlocks.read(
        dataset,
        TrainingColumns.of(
            dataset,
            reader.getLabelCol(),
            weightCol,
            reader.getFeaturesCol(),
            FeatureColumns.of(reader)),
        reader.blockBytes(),
        reader.getAggregationDepth());
  }

  @Override
  public void close() {
    training.close();
    if (validation != null) {
      validation.close();
    }
  }
}
