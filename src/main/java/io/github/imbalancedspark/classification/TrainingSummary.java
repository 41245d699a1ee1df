package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.OddsFactors;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a fit saw and did. Kept with the fitted model in memory, not saved with it.
 *
 * @param rows number of training rows
 * @param negativeWeight Σw(1−y): the rows of class 0, by weight
 * @param positiveWeight Σwy: the rows of class 1, by weight
 * @param negativeClassWeight the factor c₀ of the negative class's loss
 * @param positiveClassWeight the factor c₁ of the positive class's loss, posWeight
 * @param standardDeviations those of the features, one each, by weight as Spark's Summarizer has
 *     them
 * @param odds by what the stages before the fit and its class weights multiplied the odds
 * @param objectiveHistory the objective at the start and after each iteration (each epoch up to the
 *     one that was kept, if training was by epochs); with biasCorrection firth, less the Jeffreys
 *     penalty's share, with kingZeng that of the maximum likelihood estimate which is corrected
 * @param gradientNorm length of the objective's gradient at the solution, in scaled coordinates
 *     (with an L1 penalty, of the steepest subgradient; with biasCorrection kingZeng, at the
 *     maximum likelihood estimate)
 * @param epochs what each epoch came to; empty when training was not by epochs
 * @param passes passes over the cached rows, beside the one that read them
 * @param stopReason why the solver stopped
 * @param seconds wall-clock time of the fit
 */
public record TrainingSummary(
    long rows,
    double negativeWeight,
    double positiveWeight,
    double negativeClassWeight,
    double positiveClassWeight,
    double[] standardDeviations,
    OddsFactors odds,
    List<Double> objectiveHistory,
    double gradientNorm,
    List<Epoch> epochs,
    int passes,
    StopReason stopReason,
    double seconds) {

  private static final StructType EPOCHS =
      new StructType()
          .add("epoch", DataTypes.IntegerType, false)
          .add("posWeight", DataTypes.DoubleType, false)
          .add("objective", DataTypes.DoubleType, false)
          .add("metric", DataTypes.DoubleType, true)
          .add("seconds", DataTypes.DoubleType, false);

  public TrainingSummary {
    objectiveHistory = List.copyOf(objectiveHistory);
    epochs = List.copyOf(epochs);
  }

  /** Returns the number of accepted steps. */
  public int totalIterations() {
    return objectiveHistory.size() - 1;
  }

  /** Returns the objective at the solution. */
  public double objective() {
    return objectiveHistory.get(objectiveHistory.size() - 1);
  }

  /** Returns {@link #epochs} as a table: epoch, posWeight, objective, metric, seconds. */
  public Dataset<Row> epochs(SparkSession session) {
    return session.createDataFrame(
        epochs.stream()
            .map(
                e ->
                    RowFactory.create(
                        e.epoch(), e.posWeight(), e.objective(), present(e.metric()), e.seconds()))
            .toList(),
        EPOCHS);
  }

  private static Double present(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
