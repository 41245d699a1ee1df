package io.github.imbalancedspark.classification;

import static io.github.imbalancedspark.internal.EngineCalls.ofNumber;
import static io.github.imbalancedspark.internal.EngineCalls.vectorOfNumbers;
import static org.apache.spark.sql.functions.col;

import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.internal.EngineCalls;
import io.github.imbalancedspark.internal.VectorRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Appends a logistic model's output columns to a dataset. Margin z and probability p = σ(z) stand
 * in columns of their own while the others are made of them, so that each is computed once a row:
 * Spark merges no projection into the next whose columns are used twice there and cost more than a
 * field. Columns that nobody reads cost nothing.
 */
final class LogisticScores {

  private static final String MARGIN = "__imbalanced_margin";
  private static final String PROBABILITY = "__imbalanced_probability";

  private final Dataset<Row> scored;
  private final StructType schema;
  private final List<Column> columns = new ArrayList<>(List.of(col("*")));

  /**
   * Begins with the columns of {@code dataset}.
   *
   * @param margin the column z
   * @param schema names and metadata of the columns to append
   */
  LogisticScores(Dataset<?> dataset, Column margin, StructType schema) {
    this.scored =
        dataset
            .select(col("*"), margin.as(MARGIN))
            .select(col("*"), ofNumber(Logistic::sigmoid, col(MARGIN)).as(PROBABILITY));
    this.schema = schema;
  }

  /** Appends [−z, z], if the column has a name. */
  LogisticScores rawPrediction(String name) {
    return append(
        name, vectorOfNumbers((z, p) -> VectorRow.dense(-z, z), col(MARGIN), col(PROBABILITY)));
  }

  /** Appends [1 − p, p], where 1 − p keeps its digits when it is small. */
  LogisticScores probability(String name) {
    return append(
        name,
        vectorOfNumbers(
            (z, p) -> VectorRow.dense(z > 0 ? Logistic.sigmoid(-z) : 1 - p, p),
            col(MARGIN),
            col(PROBABILITY)));
  }

  /** Appends 1 where p is above {@code threshold}, else 0. */
  LogisticScores prediction(String name, double threshold) {
    return append(name, ofNumber(p -> p > threshold ? 1 : 0, col(PROBABILITY)));
  }

  /** Appends the population's probability, which {@code ofMargin} makes of z. */
  LogisticScores correctedProbability(String name, EngineCalls.OfNumber ofMargin) {
    return append(name, ofNumber(ofMargin, col(MARGIN)));
  }

  private LogisticScores append(String name, Column column) {
    if (!name.isEmpty()) {
      columns.add(column.as(name, schema.apply(name).metadata()));
    }
    return this;
  }

  /** Returns the dataset with all columns appended. */
  Dataset<Row> get() {
    return scored.select(columns.toArray(new Column[0])).drop(MARGIN, PROBABILITY);
  }
}
