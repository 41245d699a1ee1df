package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.core.weights.OddsFactors;
import io.github.imbalancedspark.core.weights.OddsFactors.Factor;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;

/**
 * What a fit came to.
 *
 * @param point the solution, in scaled coordinates
 * @param posWeight c₁ at the solution
 * @param objectiveHistory the objective at the start and after each accepted step
 * @param gradientNorm length of the objective's gradient at the solution
 * @param epochs what each epoch came to; empty when training was not by epochs
 * @param passes passes over the rows
 * @param stopReason why the fit is over
 */
record FitResult(
    double[] point,
    double posWeight,
    List<Double> objectiveHistory,
    double gradientNorm,
    List<Epoch> epochs,
    int passes,
    StopReason stopReason) {

  ImbalancedLogisticRegressionModel model(FitProblem problem, List<Factor> ledger, double seconds) {
    BlockSummary rows = problem.summary();
    double[] classWeights = {problem.classWeights()[0], posWeight};
    OddsFactors odds = FitOdds.of(problem.params(), rows, ledger, classWeights);
    return new ImbalancedLogisticRegressionModel(
            problem.params().uid(),
            Vectors.dense(problem.scaling().coefficients(point)),
            problem.scaling().intercept(point),
            classWeights,
            OddsCorrection.of(odds, stopReason, problem.objective(posWeight).loss()))
        .setSummary(
            new TrainingSummary(
                rows.rows(),
                rows.negativeWeight(),
                rows.positiveWeight(),
                classWeights[0],
                classWeights[1],
                rows.standardDeviations(),
                odds,
                objectiveHistory,
                gradientNorm,
                epochs,
                passes,
                stopReason,
                seconds));
  }
}
