package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.core.optim.FeatureScaling;
import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.LbfgsSolver;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.core.optim.Minimization;
import io.github.imbalancedspark.core.optim.NewtonSolver;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.OwlqnSolver;
import io.github.imbalancedspark.core.optim.Solver;
import io.github.imbalancedspark.core.weights.OddsFactors;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model being fitted: its loss, objective, start and solver, from one set of parameters and the
 * summary of the rows. It asks for sums over the rows and is told them, so that many fits can share
 * a pass.
 */
final class LogisticFit {

  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  /** Up to here a sampled d×d Hessian costs less than the passes it saves. */
  private static final int MOST_MATRIX_FEATURES = 1000;

  /** Up to here it does so on the driver's sketch too. */
  private static final int MOST_SKETCH_MATRIX_FEATURES = 100;

  /**
   * Rows of equal information, for each feature and at least, that a sampled Hessian is made of.
   */
  private static final long SAMPLED_ROWS_PER_FEATURE = 20;

  private static final long FEWEST_SAMPLED_ROWS = 20_000;

  /** How closely the sketch, itself only a sample, is solved. */
  private static final double SKETCH_TOLERANCE = 1e-4;

  /** Two ways of computing one objective agree to this, relative. */
  private static final double ROUNDING = 1e-9;

  private static final int SKETCH_ITERATIONS = 100;

  private final ImbalancedLogisticRegression params;
  private final BlockSummary summary;
  private final BceWithLogitsLoss loss;
  private final OddsFactors odds;
  private final FeatureScaling scaling;
  private final Objective objective;
  private final double[] lasso;
  private final double[] zero;
  private Minimization minimization;
  private int passes;

  LogisticFit(
      ImbalancedLogisticRegression params, BlockSummary summary, List<OddsFactors.Factor> ledger) {
    this.params = params;
    this.summary = summary;
    this.loss = loss();
    this.odds = FitOdds.of(params, summary, ledger, classWeights());
    FitOdds.check(odds, params);
    this.scaling = scaling();
    double l2 = params.getRegParam() * (1 - params.getElasticNetParam());
    double l1 = params.getRegParam() * params.getElasticNetParam();
    double[] ridge = scaling.inverseScales().clone();
    this.lasso = scaling.inverseScales().clone();
    for (int j = 0; j < ridge.length; j++) {
      double factor = params.getStandardization() ? 1 : scaling.inverseScales()[j];
      ridge[j] = l2 * factor * factor;
      lasso[j] = l1 * factor;
    }
    this.objective =
        new Objective(
            loss, scaling, Reduction.of(params.getReduction()).normalizer(summary), ridge);
    this.zero = zero();
  }

  private BceWithLogitsLoss loss() {
    double[] pair =
        params.isSet(params.classWeights())
            ? params.getClassWeights().clone()
            : new double[] {1, 1};
    if (params.isSet(params.posWeight())) {
      pair[1] = params.getPosWeight();
    } else if (params.getAutoPosWeight()) {
      pair[1] = summary.negativeWeight() / summary.positiveWeight();
    }
    return new BceWithLogitsLoss(pair[0], pair[1]);
  }

  private double[] classWeights() {
    return new double[] {loss.negativeWeight(), loss.positiveWeight()};
  }

  /** Centres dense features; sparse ones would lose their zeros. */
  private FeatureScaling scaling() {
    double[] inverseScales = summary.standardDeviations();
    for (int j = 0; j < inverseScales.length; j++) {
      inverseScales[j] = inverseScales[j] > 0 ? 1 / inverseScales[j] : 0;
    }
    boolean centered = params.getFitIntercept() && !summary.hasSparseRows();
    return new FeatureScaling(
        centered ? summary.means() : null, inverseScales, params.getFitIntercept());
  }

  /** Returns zero coefficients and the intercept that is optimal with them. */
  private double[] zero() {
    double[] point = new double[scaling.dimension()];
    if (scaling.fitIntercept()) {
      point[point.length - 1] =
          Math.log(loss.positiveWeight() * summary.positiveWeight())
              - Math.log(loss.negativeWeight() * summary.negativeWeight());
    }
    return point;
  }

  private double margin0() {
    return scaling.fitIntercept() ? zero[zero.length - 1] : 0;
  }

  /** Returns the objective at {@link #zero}, which needs no pass over the rows. */
  private double zeroObjective() {
    return (loss.negativeWeight() * summary.negativeWeight() * Logistic.softplus(margin0())
            + loss.positiveWeight() * summary.positiveWeight() * Logistic.softplus(-margin0()))
        / objective.normalizer();
  }

  private double zeroCurvature() {
    double p = Logistic.sigmoid(margin0());
    return (loss.negativeWeight() * summary.negativeWeight()
            + loss.positiveWeight() * summary.positiveWeight())
        * p
        * (1 - p);
  }

  /** Starts from the initial coefficients, if there are any, else from the sketch's solution. */
  void start(List<Block> sketch) {
    if (params.isSet(params.initialCoefficients())) {
      startAt(initialPoint(), zeroCurvature());
    } else {
      Minimization rehearsal =
          new Minimization(
                  objective,
                  solver(
                      zero,
                      SKETCH_TOLERANCE,
                      SKETCH_ITERATIONS,
                      metric(MOST_SKETCH_MATRIX_FEATURES)),
                  zeroCurvature())
              .run(sketch);
      boolean converged = rehearsal.solver().stopReason().converged();
      startAt(
          converged ? rehearsal.solver().solution() : zero,
          converged ? rehearsal.curvature() : zeroCurvature());
    }
  }

  private double[] initialPoint() {
    double[] coefficients = params.getInitialCoefficients();
    if (coefficients.length != summary.features()) {
      throw new IllegalArgumentException(
          String.format(
              "initialCoefficients: there are %d, but column '%s' holds %d features; give one each",
              coefficients.length, params.getFeaturesCol(), summary.features()));
    }
    return scaling.point(coefficients, params.getInitialIntercept());
  }

  private void startAt(double[] point, double curvature) {
    Solver solver =
        params.getSolver().equals("newton")
            ? new NewtonSolver(point, params.getTol(), params.getMaxIter())
            : solver(point, params.getTol(), params.getMaxIter(), metric(MOST_MATRIX_FEATURES));
    minimization = new Minimization(objective, solver, curvature);
  }

  private Solver solver(double[] point, double tol, int maxIter, HessianRequest metric) {
    return params.hasLasso() || params.getSolver().equals("owlqn")
        ? new OwlqnSolver(point, lasso, metric, tol, maxIter)
        : new LbfgsSolver(point, metric, tol, maxIter);
  }

  private HessianRequest metric(int mostMatrixFeatures) {
    return summary.features() <= mostMatrixFeatures && params.getSolver().equals("auto")
        ? HessianRequest.sampled(
            Math.max(FEWEST_SAMPLED_ROWS, SAMPLED_ROWS_PER_FEATURE * summary.features()))
        : HessianRequest.DIAGONAL;
  }

  boolean stopped() {
    return minimization.stopped();
  }

  /** Returns what to sum over the rows next. */
  LossPoint ask() {
    return minimization.ask();
  }

  /** Takes the sum over all rows that {@link #ask} asked for. */
  void tell(LossSum sum) {
    passes++;
    List<Double> history = minimization.solver().history();
    int before = history.size();
    minimization.tell(sum);
    if (passes == 1 && history.get(0) > (1 + ROUNDING) * zeroObjective()) {
      LOG.info("the start is worse than no coefficients at all; starting from none");
      startAt(zero, zeroCurvature());
    } else if (history.size() > before) {
      LOG.info("iteration {}: objective {}", before, history.get(before));
    }
    if (stopped() && !minimization.solver().stopReason().converged()) {
      LOG.warn("{} stopped early: {}", params.uid(), minimization.solver().stopReason().advice());
    }
  }

  ImbalancedLogisticRegressionModel model(double seconds) {
    Solver solver = minimization.solver();
    return new ImbalancedLogisticRegressionModel(
            params.uid(),
            Vectors.dense(scaling.coefficients(solver.solution())),
            scaling.intercept(solver.solution()),
            classWeights(),
            OddsCorrection.of(odds, solver.stopReason()))
        .setSummary(
            new TrainingSummary(
                summary.rows(),
                summary.negativeWeight(),
                summary.positiveWeight(),
                loss.negativeWeight(),
                loss.positiveWeight(),
                odds,
                solver.history(),
                passes,
                solver.stopReason(),
                seconds));
  }
}
