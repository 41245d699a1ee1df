package io.github.imbalancedspark.classification;

import static io.github.imbalancedspark.internal.Validators.integer;
import static io.github.imbalancedspark.internal.Validators.oneOf;
import static io.github.imbalancedspark.internal.Validators.real;
import static io.github.imbalancedspark.internal.Validators.reals;

import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.internal.Validators;
import io.github.imbalancedspark.params.HasWeightColumn;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters that the estimator and its model both carry, created for one owner. */
final class LogisticParamSet implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String WARN = "warn";
  static final String ERROR = "error";
  static final String IGNORE = "ignore";

  static final double THRESHOLD = 0.5;

  /** A threshold and a pair of thresholds that differ by no more agree, to Spark as well. */
  static final double SAME_THRESHOLD = 1e-5;

  final StringArrayParam featuresCols;
  final Param<String> weightCol;
  final DoubleParam posWeight;
  final BooleanParam autoPosWeight;
  final DoubleArrayParam classWeights;
  final Param<String> loss;
  final DoubleParam focalAlpha;
  final DoubleParam focalGamma;
  final Param<String> biasCorrection;
  final IntParam maxEpochs;
  final Param<String> posWeightSchedule;
  final Param<String> validationIndicatorCol;
  final Param<String> validationMetric;
  final IntParam patience;
  final DoubleParam growth;
  final DoubleParam maxPosWeight;
  final Param<String> reduction;
  final DoubleParam regParam;
  final DoubleParam elasticNetParam;
  final BooleanParam fitIntercept;
  final BooleanParam standardization;
  final Param<String> solver;
  final DoubleArrayParam initialCoefficients;
  final DoubleParam initialIntercept;
  final IntParam maxIter;
  final DoubleParam tol;
  final DoubleParam threshold;
  final Param<String> correctedProbabilityCol;
  final DoubleParam populationRate;
  final Param<String> onDoubleCorrection;
  final IntParam aggregationDepth;
  final DoubleParam maxBlockSizeInMB;

  LogisticParamSet(ImbalancedLogisticRegressionParams owner) {
    featuresCols =
        new StringArrayParam(
            owner,
            "featuresCols",
            "numeric columns, one a feature, that are read instead of featuresCol, even if both are"
                + " set");
    weightCol = HasWeightColumn.make(owner);
    posWeight =
        new DoubleParam(
            owner,
            "posWeight",
            "factor of the positive class's loss, finite and > 0, as pos_weight in PyTorch's"
                + " BCEWithLogitsLoss; overrides autoPosWeight and classWeights' second entry",
            real(v -> v > 0 && v < Double.POSITIVE_INFINITY));
    autoPosWeight =
        new BooleanParam(
            owner,
            "autoPosWeight",
            "whether the positive class's factor is the weight of the negatives over that of the"
                + " positives; overrides classWeights' second entry");
    classWeights =
        new DoubleArrayParam(
            owner,
            "classWeights",
            "factors [negative, positive] of the classes' losses, finite and > 0",
            reals(
                v ->
                    v.length == 2
                        && v[0] > 0
                        && v[1] > 0
                        && v[0] < Double.POSITIVE_INFINITY
                        && v[1] < Double.POSITIVE_INFINITY));
    loss =
        new Param<>(
            owner,
            "loss",
            "bceWithLogits, focal (of the class-weighted cross-entropy) or sigmoidFocal (Lin et al.,"
                + " as torchvision)",
            oneOf("bceWithLogits", "focal", "sigmoidFocal"));
    focalAlpha =
        new DoubleParam(
            owner,
            "focalAlpha",
            "alpha of the focal losses, in (0, 1]: focal's factor; sigmoidFocal's weight of the"
                + " positives, where that of the negatives is 1 - alpha",
            real(v -> v > 0 && v <= 1));
    focalGamma =
        new DoubleParam(
            owner,
            "focalGamma",
            "gamma of the focal losses, finite and >= 0: how much easy rows are played down",
            real(v -> v >= 0 && v < Double.POSITIVE_INFINITY));
    biasCorrection =
        new Param<>(
            owner,
            "biasCorrection",
            "what takes the small-sample bias out of an unpenalised fit without class weights: none,"
                + " kingZeng (2001) or firth (1993)",
            oneOf("none", "kingZeng", "firth"));
    maxEpochs =
        new IntParam(
            owner,
            "maxEpochs",
            "train by epochs, one step of the solver each, at most so many, >= 1; when not set, until"
                + " converged",
            integer(v -> v >= 1));
    posWeightSchedule =
        new Param<>(
            owner,
            "posWeightSchedule",
            "how posWeight changes from epoch to epoch: constant, linearDecay (towards 0 at"
                + " maxEpochs) or plateau (grows when the validation metric stops getting better)",
            oneOf("constant", "linearDecay", "plateau"));
    validationIndicatorCol =
        new Param<>(
            owner,
            "validationIndicatorCol",
            "boolean column, true for rows that choose the best epoch instead of being trained on");
    validationMetric =
        new Param<>(
            owner,
            "validationMetric",
            "name of the metric of the validation rows, any of ImbalancedBinaryEvaluator's",
            Validators.check(String.class, v -> Metric.of((String) v) != null));
    patience =
        new IntParam(
            owner,
            "patience",
            "epochs without a new best, >= 1, after which a plateau schedule grows and training"
                + " otherwise ends",
            integer(v -> v >= 1));
    growth =
        new DoubleParam(
            owner,
            "growth",
            "factor of posWeight at each step of a plateau schedule, finite and > 1",
            real(v -> v > 1 && v < Double.POSITIVE_INFINITY));
    maxPosWeight =
        new DoubleParam(
            owner,
            "maxPosWeight",
            "largest posWeight of a plateau schedule, finite and > 0; when not set, what makes both"
                + " classes weigh the same, or the first one if that is larger",
            real(v -> v > 0 && v < Double.POSITIVE_INFINITY));
    reduction =
        new Param<>(
            owner,
            "reduction",
            "what the summed loss is divided by: weightedMean (the sum of row weights), mean (the"
                + " number of rows) or sum (one)",
            oneOf("weightedMean", "mean", "sum"));
    regParam =
        new DoubleParam(
            owner,
            "regParam",
            "penalty strength, finite and >= 0",
            real(v -> v >= 0 && v < Double.POSITIVE_INFINITY));
    elasticNetParam =
        new DoubleParam(
            owner,
            "elasticNetParam",
            "share of the L1 norm in the penalty, in [0, 1]",
            real(v -> v >= 0 && v <= 1));
    fitIntercept = new BooleanParam(owner, "fitIntercept", "whether to fit an intercept");
    standardization =
        new BooleanParam(
            owner,
            "standardization",
            "whether the penalty applies to coefficients times standard deviations");
    solver =
        new Param<>(
            owner,
            "solver",
            "auto, newton (exact Hessians), newtonCg (Hessians of sampled rows, without matrices),"
                + " lbfgs (no Hessians) or owlqn (for an L1 penalty)",
            oneOf("auto", "newton", "newtonCg", "lbfgs", "owlqn"));
    initialCoefficients =
        new DoubleArrayParam(
            owner,
            "initialCoefficients",
            "where to start the search, one a feature, finite",
            reals(v -> Arrays.stream(v).allMatch(Double::isFinite)));
    initialIntercept =
        new DoubleParam(
            owner,
            "initialIntercept",
            "intercept to start the search with, beside initialCoefficients",
            real(Double::isFinite));
    maxIter =
        new IntParam(owner, "maxIter", "largest number of iterations, >= 0", integer(v -> v >= 0));
    tol =
        new DoubleParam(
            owner,
            "tol",
            "stop when the objective is estimated to be within tol, >= 0, relative, of its minimum",
            real(v -> v >= 0 && v < Double.POSITIVE_INFINITY));
    threshold =
        new DoubleParam(
            owner,
            "threshold",
            "predict 1 when the positive class's probability is above it, in [0, 1]",
            real(v -> v >= 0 && v <= 1));
    correctedProbabilityCol =
        new Param<>(
            owner,
            "correctedProbabilityCol",
            "column of the population's probabilities, class weights and resampling taken back;"
                + " when not set, none");
    populationRate =
        new DoubleParam(
            owner,
            "populationRate",
            "share of the positive class in the population, in (0, 1), for corrected probabilities"
                + " if the rows were sampled before they came here; overrides the stages' ledger",
            real(v -> v > 0 && v < 1));
    onDoubleCorrection =
        new Param<>(
            owner,
            "onDoubleCorrection",
            "what to do when the same imbalance is corrected twice: warn, error or ignore",
            oneOf(WARN, ERROR, IGNORE));
    aggregationDepth =
        new IntParam(
            owner,
            "aggregationDepth",
            "least depth of the tree aggregation, >= 2; small sums take no tree, large ones a deeper one",
            integer(v -> v >= 2));
    maxBlockSizeInMB =
        new DoubleParam(
            owner,
            "maxBlockSizeInMB",
            "most memory of one block of rows in MiB, at most 1024; 0 for automatic: 0.5 MiB, or 512"
                + " dense rows up to 4 MiB",
            real(v -> v >= 0 && v <= 1024));
  }
}
