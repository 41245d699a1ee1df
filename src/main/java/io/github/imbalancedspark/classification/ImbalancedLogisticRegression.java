package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.optim.FeatureScaling;
import io.github.imbalancedspark.core.optim.LbfgsSolver;
import io.github.imbalancedspark.core.optim.NewtonSolver;
import io.github.imbalancedspark.core.optim.Objective;
import io.github.imbalancedspark.core.optim.Solver;
import io.github.imbalancedspark.core.optim.StopReason;
import io.github.imbalancedspark.internal.ConstructionUid;
import io.github.imbalancedspark.internal.StageIo;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits a logistic model by minimising the weighted, penalised BCE-with-logits loss over a dataset,
 * wherever its partitions live:
 *
 * <pre>(1/M) Σ w [ c₀ (1−y) softplus(z) + c₁ y softplus(−z) ] + (λ/2) ‖β̃‖²,   z = x·β + β₀</pre>
 *
 * <ul>
 *   <li>w is {@code weightCol}: PyTorch's {@code weight}, a factor per row.
 *   <li>c₁ is {@code posWeight} if set, else n₀/n₁ if {@code autoPosWeight} (n weighted by w), else
 *       {@code classWeights[1]} if set, else 1; c₀ is {@code classWeights[0]}, else 1.
 *   <li>M is Σw, the number of rows, or 1 ({@code reduction}).
 *   <li>β̃ is β times each feature's standard deviation if {@code standardization}, else β. The
 *       deviations know w, never the class weights. The intercept is not penalised.
 * </ul>
 *
 * <p>Labels may be soft, anywhere in [0, 1]. With posWeight 1 and Spark's parameters the optimum is
 * that of Spark's {@code LogisticRegression}. A constant feature gets the coefficient 0, as there.
 *
 * <p>{@code fit} throws {@link IllegalArgumentException}, naming column, value and remedy, for
 * labels outside [0, 1], weights that are negative or not finite, features that are null, NaN or
 * infinite, vectors of different sizes, no rows, one class only, and weights that are all zero.
 */
public class ImbalancedLogisticRegression
    extends ProbabilisticClassifier<
        Vector, ImbalancedLogisticRegression, ImbalancedLogisticRegressionModel>
    implements ImbalancedLogisticRegressionParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ImbalancedLogisticRegression.class);

  private static final double DEFAULT_BLOCK_MB = 1;
  private static final double BYTES_PER_MB = 1 << 20;

  /** Up to here the d×d Hessian costs less than the many more passes of a first-order method. */
  private static final int MOST_NEWTON_FEATURES = 500;

  private String uid;
  private LogisticParamSet paramSet;

  /** Makes an estimator with a random uid. */
  public ImbalancedLogisticRegression() {
    this(Identifiable$.MODULE$.randomUID("imbalancedLogReg"));
  }

  /** Makes an estimator with a given uid. */
  public ImbalancedLogisticRegression(String uid) {
    this(ConstructionUid.hold(uid));
  }

  private ImbalancedLogisticRegression(ConstructionUid held) {
    super();
    this.uid = held.release();
    this.paramSet = new LogisticParamSet(this);
    ImbalancedLogisticRegressionParams.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid != null ? uid : ConstructionUid.held();
  }

  @Override
  public LogisticParamSet paramSet() {
    return paramSet;
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresDataType) {
    if (fitting) {
      requireWeightColumn(schema);
    }
    return super.validateAndTransformSchema(schema, fitting, featuresDataType);
  }

  @Override
  public ImbalancedLogisticRegressionModel train(Dataset<?> dataset) {
    requireSupported();
    long start = System.nanoTime();
    TrainingColumns columns =
        TrainingColumns.of(dataset, getLabelCol(), weightColumn(), getFeaturesCol());
    try (TrainingBlocks blocks =
        TrainingBlocks.read(dataset, columns, blockBytes(), getAggregationDepth())) {
      BlockSummary summary = blocks.summary();
      requireBothClasses(summary);
      logSummary(summary);
      BceWithLogitsLoss loss = loss(summary);
      FeatureScaling scaling = scaling(summary);
      Objective objective =
          new Objective(
              blocks::sum,
              loss,
              scaling,
              Reduction.of(getReduction()).normalizer(summary),
              ridge(scaling));
      Solver solver = minimize(objective, solver(start(summary, loss, scaling)));
      return model(solver, scaling, loss)
          .setSummary(
              new TrainingSummary(
                  summary.rows(),
                  summary.negativeWeight(),
                  summary.positiveWeight(),
                  loss.negativeWeight(),
                  loss.positiveWeight(),
                  solver.history(),
                  blocks.passes(),
                  solver.stopReason(),
                  (System.nanoTime() - start) / 1e9));
    }
  }

  private void requireSupported() {
    if (getElasticNetParam() > 0 && getRegParam() > 0) {
      throw new IllegalArgumentException(
          "elasticNetParam: is "
              + getElasticNetParam()
              + ", but the L1 penalty is not supported yet; set it to 0 for a pure L2 penalty");
    }
  }

  private void requireBothClasses(BlockSummary summary) {
    if (!(summary.weightSum() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              weightColumn()));
    }
    if (!(summary.positiveWeight() > 0) || !(summary.negativeWeight() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds only the label %s in %d rows; both classes are needed:"
                  + " check the label, or train on more data",
              getLabelCol(), summary.positiveWeight() > 0 ? "1" : "0", summary.rows()));
    }
  }

  private int blockBytes() {
    double megabytes = getMaxBlockSizeInMB() > 0 ? getMaxBlockSizeInMB() : DEFAULT_BLOCK_MB;
    return (int) Math.min(megabytes * BYTES_PER_MB, Integer.MAX_VALUE / 2.0);
  }

  private BceWithLogitsLoss loss(BlockSummary summary) {
    double[] pair = isSet(classWeights()) ? getClassWeights().clone() : new double[] {1, 1};
    if (isSet(posWeight())) {
      pair[1] = getPosWeight();
    } else if (getAutoPosWeight()) {
      pair[1] = summary.negativeWeight() / summary.positiveWeight();
    }
    return new BceWithLogitsLoss(pair[0], pair[1]);
  }

  /** Centres dense features; sparse ones would lose their zeros. */
  private FeatureScaling scaling(BlockSummary summary) {
    double[] inverseScales = summary.standardDeviations();
    for (int j = 0; j < inverseScales.length; j++) {
      inverseScales[j] = inverseScales[j] > 0 ? 1 / inverseScales[j] : 0;
    }
    boolean centered = getFitIntercept() && !summary.hasSparseRows();
    return new FeatureScaling(centered ? summary.means() : null, inverseScales, getFitIntercept());
  }

  /** Returns λⱼ in scaled coordinates: λ, or λ/s² when the penalty is on β itself. */
  private double[] ridge(FeatureScaling scaling) {
    double[] inverseScales = scaling.inverseScales();
    double[] ridge = new double[inverseScales.length];
    for (int j = 0; j < ridge.length; j++) {
      double factor = getStandardization() ? 1 : inverseScales[j];
      ridge[j] = getRegParam() * factor * factor;
    }
    return ridge;
  }

  /** Returns zero coefficients and the intercept that is optimal with them. */
  private static double[] start(
      BlockSummary summary, BceWithLogitsLoss loss, FeatureScaling scaling) {
    double[] point = new double[scaling.dimension()];
    if (scaling.fitIntercept()) {
      point[point.length - 1] =
          Math.log(loss.positiveWeight() * summary.positiveWeight())
              - Math.log(loss.negativeWeight() * summary.negativeWeight());
    }
    return point;
  }

  private Solver solver(double[] start) {
    return start.length <= MOST_NEWTON_FEATURES + 1
        ? new NewtonSolver(start, getTol(), getMaxIter())
        : new LbfgsSolver(start, getTol(), getMaxIter());
  }

  private Solver minimize(Objective objective, Solver solver) {
    while (!solver.stopped()) {
      int before = solver.history().size();
      solver.tell(objective.evaluate(solver.point(), solver.wantsHessian()));
      int after = solver.history().size();
      if (after > before) {
        LOG.info("iteration {}: objective {}", after - 1, solver.history().get(after - 1));
      }
    }
    if (solver.stopReason().converged()) {
      LOG.info("stopped: {}", solver.stopReason().description());
    } else {
      LOG.warn(
          "{} stopped without converging: {}{}",
          uid(),
          solver.stopReason().description(),
          solver.stopReason() == StopReason.SEPARATED
              ? "; set regParam > 0 for a unique solution"
              : "; raise maxIter or tol");
    }
    return solver;
  }

  private ImbalancedLogisticRegressionModel model(
      Solver solver, FeatureScaling scaling, BceWithLogitsLoss loss) {
    double[] solution = solver.solution();
    return new ImbalancedLogisticRegressionModel(
        uid(),
        Vectors.dense(scaling.coefficients(solution)),
        scaling.intercept(solution),
        new double[] {loss.negativeWeight(), loss.positiveWeight()});
  }

  private static void logSummary(BlockSummary summary) {
    LOG.info(
        "read {} rows of {} features; weight of the classes: {} negative, {} positive",
        summary.rows(),
        summary.features(),
        summary.negativeWeight(),
        summary.positiveWeight());
  }

  /** Sets {@link #weightCol}. */
  public ImbalancedLogisticRegression setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #posWeight}. */
  public ImbalancedLogisticRegression setPosWeight(double value) {
    set(posWeight(), value);
    return this;
  }

  /** Sets {@link #autoPosWeight}. */
  public ImbalancedLogisticRegression setAutoPosWeight(boolean value) {
    set(autoPosWeight(), value);
    return this;
  }

  /** Sets {@link #classWeights}. */
  public ImbalancedLogisticRegression setClassWeights(double[] value) {
    set(classWeights(), value);
    return this;
  }

  /** Sets {@link #reduction}. */
  public ImbalancedLogisticRegression setReduction(String value) {
    set(reduction(), value);
    return this;
  }

  /** Sets {@link #regParam}. */
  public ImbalancedLogisticRegression setRegParam(double value) {
    set(regParam(), value);
    return this;
  }

  /** Sets {@link #elasticNetParam}. */
  public ImbalancedLogisticRegression setElasticNetParam(double value) {
    set(elasticNetParam(), value);
    return this;
  }

  /** Sets {@link #fitIntercept}. */
  public ImbalancedLogisticRegression setFitIntercept(boolean value) {
    set(fitIntercept(), value);
    return this;
  }

  /** Sets {@link #standardization}. */
  public ImbalancedLogisticRegression setStandardization(boolean value) {
    set(standardization(), value);
    return this;
  }

  /** Sets {@link #maxIter}. */
  public ImbalancedLogisticRegression setMaxIter(int value) {
    set(maxIter(), value);
    return this;
  }

  /** Sets {@link #tol}. */
  public ImbalancedLogisticRegression setTol(double value) {
    set(tol(), value);
    return this;
  }

  /** Sets {@link #threshold} and clears {@code thresholds}. */
  public ImbalancedLogisticRegression setThreshold(double value) {
    clear(thresholds());
    set(threshold(), value);
    return this;
  }

  /** Sets {@code thresholds} and clears {@link #threshold}. */
  @Override
  public ImbalancedLogisticRegression setThresholds(double[] value) {
    clear(threshold());
    set(thresholds(), value);
    return this;
  }

  /** Sets {@link #aggregationDepth}. */
  public ImbalancedLogisticRegression setAggregationDepth(int value) {
    set(aggregationDepth(), value);
    return this;
  }

  /** Sets {@link #maxBlockSizeInMB}. */
  public ImbalancedLogisticRegression setMaxBlockSizeInMB(double value) {
    set(maxBlockSizeInMB(), value);
    return this;
  }

  @Override
  public ImbalancedLogisticRegression copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ImbalancedLogisticRegression> read() {
    return StageIo.reader(ImbalancedLogisticRegression.class, ImbalancedLogisticRegression::new);
  }

  /** Loads a saved estimator. */
  public static ImbalancedLogisticRegression load(String path) {
    return read().load(path);
  }
}
