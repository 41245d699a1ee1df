package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.loss.PointwiseLoss;
import io.github.imbalancedspark.core.optim.FeatureScaling;
import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.LbfgsSolver;
import io.github.imbalancedspark.core.optim.NewtonCgSolver;
import io.github.imbalancedspark.core.optim.NewtonSolver;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.OwlqnSolver;
import io.github.imbalancedspark.core.optim.Solver;
import java.util.function.DoubleBinaryOperator;

/**
 * What one set of parameters asks to be minimised over rows of this summary, and with what: the
 * class weights, the objective, the solver.
 */
final class FitProblem {

  /** Up to here a sampled d×d Hessian costs less than the passes it saves. */
  private static final int MOST_MATRIX_FEATURES = 1000;

  /** Up to here it does so on the driver's sketch too. */
  private static final int MOST_SKETCH_MATRIX_FEATURES = 100;

  /** Rows of equal information, for each feature, that a sampled Hessian is made of at least. */
  private static final long SAMPLED_ROWS_PER_FEATURE = 10;

  private static final long FEWEST_SAMPLED_ROWS = 5_000;

  /** So many products of a sampled Hessian cost little beside a pass over the rows. */
  private static final long CHEAP_PRODUCTS = 100_000_000;

  /** So many values of sampled rows, of all models, are no burden for a driver. */
  private static final double CG_VALUES = 5e6;

  /** Of few features more rows tell nothing more. */
  private static final double CG_ROWS_PER_FEATURE = 40;

  /** L-BFGS takes few passes where features are many but not rare. */
  private static final double MOST_CG_DENSITY = 0.05;

  /** What a row takes beside its values, in values. */
  private static final double VALUES_A_ROW_COSTS = 4;

  /**
   * How closely the sketch is solved, beside its own error: closer than that the solver would only
   * fit what is particular to its rows. The solver's own caution is a factor of 1000.
   */
  private static final double SKETCH_TOLERANCE = 20;

  private static final double MOST_SKETCH_TOLERANCE = 100;

  /** Nearer than this a step over all rows comes in any case. */
  private static final double LEAST_SKETCH_TOLERANCE = 0.01;

  private static final int SKETCH_ITERATIONS = 100;

  /**
   * Where no hyperplane separates the classes, a row at least is on the wrong side of any, and its
   * loss is no less than at a margin of 0. An objective below this share of that of all margins 0
   * says therefore that there is none, unless the row weighs less than that share of all.
   */
  private static final double SEPARATED = 1e-10;

  private final ImbalancedLogisticRegression params;
  private final BlockSummary summary;
  private final int models;
  private final String logPrefix;
  private final double negativeWeight;
  private final double positiveWeight;
  private final FeatureScaling scaling;
  private final double[] ridge;
  private final double[] lasso;
  private final double normalizer;

  /**
   * States a problem.
   *
   * @param models how many are fitted in the same passes
   * @param name what tells it apart from these; empty for the only one
   */
  FitProblem(ImbalancedLogisticRegression params, BlockSummary summary, int models, String name) {
    this.params = params;
    this.summary = summary;
    this.models = models;
    this.logPrefix = name.isEmpty() ? "" : name + ": ";
    this.negativeWeight = params.isSet(params.classWeights()) ? params.getClassWeights()[0] : 1;
    this.positiveWeight = positiveWeight(params, summary);
    this.scaling = scaling(params, summary);
    double l2 = params.getRegParam() * (1 - params.getElasticNetParam());
    double l1 = params.getRegParam() * params.getElasticNetParam();
    this.ridge = scaling.inverseScales().clone();
    this.lasso = scaling.inverseScales().clone();
    boolean standardization = params.getStandardization();
    for (int j = 0; j < ridge.length; j++) {
      double factor = standardization ? 1 : scaling.inverseScales()[j];
      ridge[j] = l2 * factor * factor;
      lasso[j] = l1 * factor;
    }
    this.normalizer = Reduction.of(params.getReduction()).normalizer(summary);
  }

  private static double positiveWeight(ImbalancedLogisticRegression params, BlockSummary summary) {
    if (params.isSet(params.posWeight())) {
      return params.getPosWeight();
    }
    if (params.getAutoPosWeight()) {
      return summary.negativeWeight() / summary.positiveWeight();
    }
    return params.isSet(params.classWeights()) ? params.getClassWeights()[1] : 1;
  }

  private static FeatureScaling scaling(ImbalancedLogisticRegression params, BlockSummary summary) {
    double[] inverseScales = summary.standardDeviations();
    for (int j = 0; j < inverseScales.length; j++) {
      inverseScales[j] = inverseScales[j] > 0 ? 1 / inverseScales[j] : 0;
    }
    return new FeatureScaling(
        params.getFitIntercept() ? summary.means() : null,
        !summary.hasSparseRows(),
        inverseScales,
        params.getFitIntercept());
  }

  ImbalancedLogisticRegression params() {
    return params;
  }

  /** Returns what lines of the log about this fit begin with. */
  String logPrefix() {
    return logPrefix;
  }

  BlockSummary summary() {
    return summary;
  }

  FeatureScaling scaling() {
    return scaling;
  }

  /** Returns whether training is by epochs. */
  boolean byEpochs() {
    return params.isSet(params.maxEpochs());
  }

  /** Returns whether the fit wants a sample of the rows to start from. */
  boolean startsFromSketch() {
    return !byEpochs() && !params.isSet(params.initialCoefficients());
  }

  /** Returns [c₀, c₁]. */
  double[] classWeights() {
    return new double[] {negativeWeight, positiveWeight};
  }

  /** Returns the objective of the cross-entropy, convex whatever the loss asked for. */
  Objective crossEntropy() {
    return objective(new BceWithLogitsLoss(negativeWeight, positiveWeight));
  }

  /** Returns the objective of the loss asked for, with {@code c1} for c₁. */
  Objective objective(double c1) {
    return objective(LossFunction.of(params.getLoss()).make(params, negativeWeight, c1));
  }

  private Objective objective(PointwiseLoss loss) {
    return new Objective(loss, scaling, normalizer, ridge);
  }

  /**
   * Returns zero coefficients and the intercept that the cross-entropy is smallest at with them.
   */
  double[] zero() {
    double[] point = new double[scaling.dimension()];
    if (scaling.fitIntercept()) {
      point[point.length - 1] =
          Math.log(positiveWeight * summary.positiveWeight())
              - Math.log(negativeWeight * summary.negativeWeight());
    }
    return point;
  }

  private double margin0() {
    return scaling.fitIntercept() ? zero()[scaling.dimension() - 1] : 0;
  }

  /** Returns the cross-entropy's objective at {@link #zero}, which needs no pass over the rows. */
  double zeroObjective() {
    return value(crossEntropy(), margin0());
  }

  /** Returns an objective without penalty where every row has one and the same margin. */
  private double value(Objective objective, double margin) {
    return sum(objective.loss()::value, margin) / normalizer;
  }

  /** Returns an objective's Σ w d²ℓ/dz² at {@link #zero}. */
  double zeroCurvature(Objective objective) {
    return curvature(objective, margin0());
  }

  /** Returns Σ w d²ℓ/dz² of an objective where every row has one and the same margin. */
  double curvature(Objective objective, double margin) {
    return sum(objective.loss()::convexCurvature, margin);
  }

  /** Returns Σ w f(z, y) where every row has the margin z. */
  private double sum(DoubleBinaryOperator ofRow, double margin) {
    return summary.negativeWeight() * ofRow.applyAsDouble(margin, 0)
        + summary.positiveWeight() * ofRow.applyAsDouble(margin, 1);
  }

  /** Returns the point of the initial coefficients and intercept. */
  double[] initialPoint() {
    double[] coefficients = params.getInitialCoefficients();
    if (coefficients.length != summary.features()) {
      throw new IllegalArgumentException(
          String.format(
              "initialCoefficients: there are %d, but the rows have %d features; give one each",
              coefficients.length, summary.features()));
    }
    return scaling.point(coefficients, params.getInitialIntercept());
  }

  /** Returns the solver asked for, to minimise {@code objective}. */
  Solver solver(Objective objective, double[] start, int maxIter) {
    double tol = params.getTol();
    if (params.getSolver().equals("newton")) {
      return new NewtonSolver(start, tol, maxIter, separatedBelow(objective));
    }
    if (byNewtonCg()) {
      return new NewtonCgSolver(
          start, cgRows(), summary.storedShares(), tol, maxIter, separatedBelow(objective));
    }
    return solver(objective, start, tol, maxIter, metric(MOST_MATRIX_FEATURES));
  }

  /** Returns a solver for the cross-entropy of the driver's sketch of the rows. */
  Solver sketchSolver(double[] start) {
    double tol = SKETCH_TOLERANCE * Sketch.error(summary);
    tol = Math.max(LEAST_SKETCH_TOLERANCE, Math.min(tol, MOST_SKETCH_TOLERANCE));
    HessianRequest metric = metric(MOST_SKETCH_MATRIX_FEATURES);
    return solver(crossEntropy(), start, tol, SKETCH_ITERATIONS, metric);
  }

  private Solver solver(
      Objective objective, double[] start, double tol, int maxIter, HessianRequest metric) {
    return params.hasLasso() // without L1 norm, OWL-QN is L-BFGS with a worse line search
        ? new OwlqnSolver(start, lasso, metric, tol, maxIter)
        : new LbfgsSolver(start, metric, tol, maxIter, separatedBelow(objective));
  }

  /** With a penalty there is a minimum, however small. */
  private double separatedBelow(Objective objective) {
    return params.getRegParam() > 0 ? 0 : SEPARATED * value(objective, 0);
  }

  private HessianRequest metric(int mostMatrixFeatures) {
    if (summary.features() <= mostMatrixFeatures && params.getSolver().equals("auto")) {
      return HessianRequest.sampled(sampledRows(summary));
    }
    // Of very many features of variance one the diagonal tells little that the steps do not.
    // Without it the benchmark's sparse case converges in fewer passes, and 1,500 dense features
    // in as many.
    return summary.features() > MOST_MATRIX_FEATURES && params.getStandardization()
        ? HessianRequest.NONE
        : HessianRequest.DIAGONAL;
  }

  private boolean byNewtonCg() {
    return switch (params.getSolver()) {
      case "newtonCg" -> true;
      case "auto" -> !params.hasLasso() && suitsNewtonCg();
      default -> false;
    };
  }

  /** Sparse rows, of which the driver can hold as many as they have something to tell of. */
  private boolean suitsNewtonCg() {
    double drawn = cgRows();
    return summary.features() > MOST_MATRIX_FEATURES
        && summary.storedValuesPerRow() <= MOST_CG_DENSITY * summary.features()
        && (drawn >= summary.rows()
            || drawn >= NewtonCgSolver.featuresTold(drawn, summary.storedShares()));
  }

  private long cgRows() {
    double most = CG_VALUES / models / (summary.storedValuesPerRow() + VALUES_A_ROW_COSTS);
    return (long) Math.min(most, CG_ROWS_PER_FEATURE * (double) summary.features());
  }

  private static long sampledRows(BlockSummary summary) {
    double values = Math.max(1, summary.storedValuesPerRow());
    long cheap = (long) (CHEAP_PRODUCTS / (values * values));
    return Math.max(
        cheap, Math.max(FEWEST_SAMPLED_ROWS, SAMPLED_ROWS_PER_FEATURE * summary.features()));
  }
}
