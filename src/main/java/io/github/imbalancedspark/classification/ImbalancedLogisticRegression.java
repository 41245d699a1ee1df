package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.ConstructionUid;
import io.github.imbalancedspark.internal.ScalaLists;
import io.github.imbalancedspark.internal.StageIo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/**
 * Fits a logistic model by minimising the weighted, penalised BCE-with-logits loss over a dataset,
 * wherever its partitions live:
 *
 * <pre>(1/M) Σ w [ c₀ (1−y) softplus(z) + c₁ y softplus(−z) ] + λ [ (1−a)/2 ‖β̃‖² + a ‖β̃‖₁ ]</pre>
 *
 * <ul>
 *   <li>z = x·β + β₀ is the margin; λ is {@code regParam}, a is {@code elasticNetParam}.
 *   <li>w is {@code weightCol}: PyTorch's {@code weight}, a factor per row.
 *   <li>c₁ is {@code posWeight} if set, else n₀/n₁ if {@code autoPosWeight} (n weighted by w), else
 *       {@code classWeights[1]} if set, else 1; c₀ is {@code classWeights[0]}, else 1.
 *   <li>M is Σw, the number of rows, or 1 ({@code reduction}).
 *   <li>β̃ is β times each feature's standard deviation if {@code standardization}, else β. The
 *       deviations know w, never the class weights. The intercept is not penalised.
 * </ul>
 *
 * <p>That is {@code loss} = bceWithLogits. In its place, {@code focal} and {@code sigmoidFocal}
 * take the focal losses of {@link io.github.imbalancedspark.core.loss.FocalLoss} and {@link
 * io.github.imbalancedspark.core.loss.SigmoidFocalLoss}, with the same c₀ and c₁. They are not
 * convex: the search starts from the optimum of the cross-entropy (or the initial coefficients),
 * never goes up, and ends where the gradient vanishes. Their labels are 0 and 1.
 *
 * <p>With {@code maxEpochs} the fit is by epochs instead, from zero or the initial coefficients,
 * one accepted step of the solver each, and {@code posWeightSchedule} may change c₁ from one to the
 * next. Rows that {@code validationIndicatorCol} marks are not trained on (those where it is null
 * are): after each epoch they are scored, and the epoch with the best {@code validationMetric} is
 * the model. They count by {@code weightCol}, unless that is a weighting stage's work. A schedule
 * shapes the path: it matters for what stops early or is not convex, and a convex fit run until it
 * converges forgets it but for its last c₁.
 *
 * <p>Labels may be soft, anywhere in [0, 1], for bceWithLogits without validation rows. With
 * posWeight 1 and Spark's parameters the optimum is that of Spark's {@code LogisticRegression}. A
 * constant feature gets the coefficient 0, as there.
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

  private static final double BYTES_PER_MB = 1 << 20;

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
  public StructType transformSchema(StructType schema) {
    ParamChecks.requireConsistent(this);
    LogisticSchema.requireTraining(this, schema);
    return LogisticSchema.withScores(this, schema);
  }

  /**
   * Spark's own {@code fit} would take a dot in the label column's name for a step into a struct.
   */
  @Override
  public ImbalancedLogisticRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    return finished(train(dataset));
  }

  /** Gives a model its parent's parameters, but for where the search started: many numbers. */
  private ImbalancedLogisticRegressionModel finished(ImbalancedLogisticRegressionModel model) {
    copyValues(model.setParent(this), ParamMap.empty());
    model.clear(model.initialCoefficients()).clear(model.initialIntercept());
    return model;
  }

  @Override
  public ImbalancedLogisticRegressionModel train(Dataset<?> dataset) {
    return Training.run(dataset, List.of(this)).get(0);
  }

  /**
   * Fits one model for each of {@code paramMaps}, in shared passes over the rows where they read
   * the same columns in the same way.
   */
  public List<ImbalancedLogisticRegressionModel> fit(Dataset<?> dataset, ParamMap[] paramMaps) {
    List<ImbalancedLogisticRegression> variants = new ArrayList<>();
    Map<List<Object>, List<ImbalancedLogisticRegression>> batches = new LinkedHashMap<>();
    for (ParamMap paramMap : paramMaps) {
      ImbalancedLogisticRegression variant = copy(paramMap);
      variant.transformSchema(dataset.schema());
      variants.add(variant);
      batches.computeIfAbsent(variant.reading(), key -> new ArrayList<>()).add(variant);
    }
    IdentityHashMap<ImbalancedLogisticRegression, ImbalancedLogisticRegressionModel> models =
        new IdentityHashMap<>();
    for (List<ImbalancedLogisticRegression> batch : batches.values()) {
      List<ImbalancedLogisticRegressionModel> trained = Training.run(dataset, batch);
      for (int k = 0; k < batch.size(); k++) {
        models.put(batch.get(k), batch.get(k).finished(trained.get(k)));
      }
    }
    return variants.stream().map(models::get).toList();
  }

  /**
   * Fits one model for each of {@code paramMaps}, in shared passes: Spark's signature of the same.
   */
  @SuppressWarnings("MissingOverride") // Seq is another type in Scala 2.12
  public Seq<ImbalancedLogisticRegressionModel> fit(Dataset<?> dataset, Seq<ParamMap> paramMaps) {
    return ScalaLists.of(fit(dataset, ScalaLists.asJava(paramMaps).toArray(new ParamMap[0])));
  }

  /** What decides how rows are read: variants that agree in it can share them. */
  private List<Object> reading() {
    return Arrays.asList(
        getLabelCol(),
        weightColumn(),
        getFeaturesCol(),
        validationIndicatorColumn(),
        isSet(featuresCols()) ? List.of(getFeaturesCols()) : null,
        getMaxBlockSizeInMB(),
        getAggregationDepth());
  }

  /** Returns whether the penalty has an L1 part. */
  boolean hasLasso() {
    return getElasticNetParam() > 0 && getRegParam() > 0;
  }

  /** Returns the most bytes of one block of rows; 0 for automatic. */
  int blockBytes() {
    return (int) Math.min(Math.ceil(getMaxBlockSizeInMB() * BYTES_PER_MB), Integer.MAX_VALUE / 2.0);
  }

  /** Sets {@link #featuresCols}. */
  public ImbalancedLogisticRegression setFeaturesCols(String... value) {
    set(featuresCols(), value);
    return this;
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

  /** Sets {@link #loss}. */
  public ImbalancedLogisticRegression setLoss(String value) {
    set(loss(), value);
    return this;
  }

  /** Sets {@link #focalAlpha}. */
  public ImbalancedLogisticRegression setFocalAlpha(double value) {
    set(focalAlpha(), value);
    return this;
  }

  /** Sets {@link #focalGamma}. */
  public ImbalancedLogisticRegression setFocalGamma(double value) {
    set(focalGamma(), value);
    return this;
  }

  /** Sets {@link #biasCorrection}. */
  public ImbalancedLogisticRegression setBiasCorrection(String value) {
    set(biasCorrection(), value);
    return this;
  }

  /** Sets {@link #maxEpochs}. */
  public ImbalancedLogisticRegression setMaxEpochs(int value) {
    set(maxEpochs(), value);
    return this;
  }

  /** Sets {@link #posWeightSchedule}. */
  public ImbalancedLogisticRegression setPosWeightSchedule(String value) {
    set(posWeightSchedule(), value);
    return this;
  }

  /** Sets {@link #validationIndicatorCol}. */
  public ImbalancedLogisticRegression setValidationIndicatorCol(String value) {
    set(validationIndicatorCol(), value);
    return this;
  }

  /** Sets {@link #validationMetric}. */
  public ImbalancedLogisticRegression setValidationMetric(String value) {
    set(validationMetric(), value);
    return this;
  }

  /** Sets {@link #patience}. */
  public ImbalancedLogisticRegression setPatience(int value) {
    set(patience(), value);
    return this;
  }

  /** Sets {@link #growth}. */
  public ImbalancedLogisticRegression setGrowth(double value) {
    set(growth(), value);
    return this;
  }

  /** Sets {@link #maxPosWeight}. */
  public ImbalancedLogisticRegression setMaxPosWeight(double value) {
    set(maxPosWeight(), value);
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

  /** Sets {@link #solver}. */
  public ImbalancedLogisticRegression setSolver(String value) {
    set(solver(), value);
    return this;
  }

  /** Sets {@link #initialCoefficients}. */
  public ImbalancedLogisticRegression setInitialCoefficients(double[] value) {
    set(initialCoefficients(), value);
    return this;
  }

  /** Sets {@link #initialIntercept}. */
  public ImbalancedLogisticRegression setInitialIntercept(double value) {
    set(initialIntercept(), value);
    return this;
  }

  /** Starts the search at a model's coefficients and intercept. */
  public ImbalancedLogisticRegression setInitialModel(ImbalancedLogisticRegressionModel model) {
    return setInitialCoefficients(model.coefficients().toArray())
        .setInitialIntercept(model.intercept());
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

  /** Spark's superclass has a getter of its own, which knows nothing of {@link #threshold}. */
  @Override
  public double[] getThresholds() {
    return ImbalancedLogisticRegressionParams.super.getThresholds();
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

  /** Sets {@link #correctedProbabilityCol}. */
  public ImbalancedLogisticRegression setCorrectedProbabilityCol(String value) {
    set(correctedProbabilityCol(), value);
    return this;
  }

  /** Sets {@link #populationRate}. */
  public ImbalancedLogisticRegression setPopulationRate(double value) {
    set(populationRate(), value);
    return this;
  }

  /** Sets {@link #onDoubleCorrection}. */
  public ImbalancedLogisticRegression setOnDoubleCorrection(String value) {
    set(onDoubleCorrection(), value);
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
