package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.loss.Logistic;
import io.github.imbalancedspark.core.loss.PointwiseLoss;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.ConstructionUid;
import io.github.imbalancedspark.internal.EngineCalls;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.internal.Terms;
import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * A binary logistic model: rawPrediction = [−z, z] with z = x·β + β₀, probability = [1−σ(z), σ(z)],
 * and prediction 1 exactly when σ(z) is above the threshold.
 *
 * <p>After training with class weights or on resampled rows the probabilities are those of the
 * weighted, resampled population; {@code correctedProbabilityCol} holds those of the population. A
 * feature that is NaN makes raw prediction and probability NaN and the prediction 0.
 */
public class ImbalancedLogisticRegressionModel
    extends ProbabilisticClassificationModel<Vector, ImbalancedLogisticRegressionModel>
    implements ImbalancedLogisticRegressionParams, MLWritable {

  private static final long serialVersionUID = 1L;

  private static final StructType DATA_SCHEMA =
      new StructType(
          new StructField[] {
            new StructField("coefficients", SQLDataTypes.VectorType(), false, Metadata.empty()),
            new StructField("intercept", DataTypes.DoubleType, false, Metadata.empty()),
            new StructField(
                "trainedClassWeights",
                DataTypes.createArrayType(DataTypes.DoubleType, false),
                false,
                Metadata.empty()),
            new StructField("oddsFactor", DataTypes.DoubleType, false, Metadata.empty()),
            new StructField("exactOddsFactor", DataTypes.BooleanType, false, Metadata.empty()),
            new StructField("correctionRefusal", DataTypes.StringType, true, Metadata.empty())
          });

  private String uid;
  private LogisticParamSet paramSet;
  private Vector coefficients;
  private double intercept;
  private double[] trainedClassWeights;
  private OddsCorrection correction;
  private transient TrainingSummary summary;

  /**
   * Makes a model.
   *
   * @param uid its uid
   * @param coefficients β
   * @param intercept β₀
   * @param trainedClassWeights the factors [c₀, c₁] that the fit used
   * @param correction from the model's odds to the population's
   */
  ImbalancedLogisticRegressionModel(
      String uid,
      Vector coefficients,
      double intercept,
      double[] trainedClassWeights,
      OddsCorrection correction) {
    this(ConstructionUid.hold(uid));
    this.coefficients = coefficients;
    this.intercept = intercept;
    this.trainedClassWeights = trainedClassWeights.clone();
    this.correction = correction;
  }

  private ImbalancedLogisticRegressionModel(ConstructionUid held) {
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

  /** Returns the coefficients β on the features as they are. */
  public Vector coefficients() {
    return coefficients;
  }

  /** Returns the intercept β₀. */
  public double intercept() {
    return intercept;
  }

  /** Returns the factors [c₀, c₁] of the classes' losses that the fit used. */
  public double[] trainedClassWeights() {
    return trainedClassWeights.clone();
  }

  /**
   * Returns k, by which the odds of the positive class are larger here than in the population:
   * (c₁/c₀) times the factors of the samplers and weighters before the fit, or what {@code
   * populationRate} makes of it. The intercept of a model of the population is this one's minus ln
   * k.
   */
  public double oddsFactor() {
    return correction.factor();
  }

  /**
   * Returns whether {@link #oddsFactor} holds for every row: no weights that vary inside a class
   * other than the user's own, no synthetic rows.
   */
  public boolean hasExactOddsFactor() {
    return correction.exact();
  }

  /**
   * Returns why there are no corrected probabilities, or nothing if there are: the fit must have
   * converged, and its loss lead back from margins to odds.
   */
  public Optional<String> correctionRefusal() {
    return Optional.ofNullable(correction.refusal());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!correctedProbabilityColumn().isEmpty() && correction.refusal() != null) {
      throw new IllegalArgumentException(
          Terms.of(
              "correctedProbabilityCol: "
                  + correction.refusal()
                  + "; or clear correctedProbabilityCol, for none"));
    }
    FeatureColumns columns = FeatureColumns.of(this);
    if (columns != null) {
      columns.requireSize(coefficients.size());
    }
    return LogisticSchema.withScores(this, schema);
  }

  @Override
  public int numClasses() {
    return 2;
  }

  @Override
  public int numFeatures() {
    return coefficients.size();
  }

  /** Returns whether {@link #summary} exists: after a fit, not after loading. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns what the fit saw and did.
   *
   * @throws IllegalStateException if this model was loaded rather than fitted
   */
  public TrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException(
          "model " + uid + " was not fitted in this session, so it has no training summary");
    }
    return summary;
  }

  ImbalancedLogisticRegressionModel setSummary(TrainingSummary value) {
    this.summary = value;
    return this;
  }

  /**
   * Appends the columns that have a name: rawPrediction, probability, prediction and the corrected
   * probability, all from one margin a row.
   *
   * @throws IllegalArgumentException if a column is missing or of a wrong type; the query fails
   *     with one if a vector is null or of another size than those trained on, or if one of {@code
   *     featuresCols} is null or NaN
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    PointwiseLoss loss =
        LossFunction.of(getLoss()).make(this, trainedClassWeights[0], trainedClassWeights[1]);
    return new LogisticScores(dataset, marginColumn(), schema)
        .rawPrediction(getRawPredictionCol())
        .probability(getProbabilityCol())
        .prediction(getPredictionCol(), getThreshold())
        .correctedProbability(
            correctedProbabilityColumn(), correction.probability(loss, trainedClassWeights))
        .get();
  }

  private Column marginColumn() {
    FeatureColumns columns = FeatureColumns.of(this);
    return columns == null
        ? EngineCalls.ofVector(vectorMargin(), Columns.named(getFeaturesCol()))
        : EngineCalls.ofArray(
            new ColumnsMargin(columns, coefficients.toArray(), intercept), columns.array());
  }

  private VectorMargin vectorMargin() {
    return new VectorMargin(getFeaturesCol(), coefficients.toArray(), intercept);
  }

  private double margin(Vector features) {
    vectorMargin().requireSize(features.size());
    return features.dot(coefficients) + intercept;
  }

  @Override
  public Vector predictRaw(Vector features) {
    double margin = margin(features);
    return Vectors.dense(-margin, margin);
  }

  @Override
  public Vector raw2probabilityInPlace(Vector rawPrediction) {
    double[] values = ((DenseVector) rawPrediction).values();
    values[0] = Logistic.sigmoid(values[0]);
    values[1] = Logistic.sigmoid(values[1]);
    return rawPrediction;
  }

  @Override
  public double raw2prediction(Vector rawPrediction) {
    return prediction(Logistic.sigmoid(rawPrediction.apply(1)));
  }

  @Override
  public double probability2prediction(Vector probability) {
    return prediction(probability.apply(1));
  }

  @Override
  public double predict(Vector features) {
    return prediction(Logistic.sigmoid(margin(features)));
  }

  private double prediction(double probability) {
    return probability > getThreshold() ? 1 : 0;
  }

  /** Sets {@link #featuresCols}. */
  public ImbalancedLogisticRegressionModel setFeaturesCols(String... value) {
    set(featuresCols(), value);
    return this;
  }

  /** Spark's superclass has a getter of its own, which knows nothing of {@link #threshold}. */
  @Override
  public double[] getThresholds() {
    return ImbalancedLogisticRegressionParams.super.getThresholds();
  }

  /** Sets {@link #threshold} and clears {@code thresholds}. */
  public ImbalancedLogisticRegressionModel setThreshold(double value) {
    clear(thresholds());
    set(threshold(), value);
    return this;
  }

  /** Sets {@code thresholds} and clears {@link #threshold}. */
  @Override
  public ImbalancedLogisticRegressionModel setThresholds(double[] value) {
    clear(threshold());
    set(thresholds(), value);
    return this;
  }

  /** Sets {@link #correctedProbabilityCol}. */
  public ImbalancedLogisticRegressionModel setCorrectedProbabilityCol(String value) {
    set(correctedProbabilityCol(), value);
    return this;
  }

  /**
   * Returns Spark's own logistic model with the same coefficients, columns and threshold, for
   * exporters and code that know only that one.
   *
   * @throws IllegalStateException if {@code featuresCols} is set, for that one reads a vector
   */
  public LogisticRegressionModel toSpark() {
    if (isSet(featuresCols())) {
      throw new IllegalStateException(
          "featuresCols: "
              + String.join(", ", getFeaturesCols())
              + " are columns of their own, and Spark's model reads one vector column; assemble"
              + " them in this order, name that column by setFeaturesCol, and clear featuresCols");
    }
    LogisticRegressionModel model = new LogisticRegressionModel(uid, coefficients, intercept);
    model.setFeaturesCol(getFeaturesCol());
    model.setPredictionCol(getPredictionCol());
    model.setProbabilityCol(getProbabilityCol());
    model.setRawPredictionCol(getRawPredictionCol());
    model.setThreshold(getThreshold());
    return model;
  }

  /**
   * Spark's own; javac needs it restated, raw, because Scala's signature narrows on the way down.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public ImbalancedLogisticRegressionModel copy(ParamMap extra) {
    ImbalancedLogisticRegressionModel copy =
        new ImbalancedLogisticRegressionModel(
            uid, coefficients, intercept, trainedClassWeights, correction);
    copyValues(copy, extra);
    copy.setSummary(summary);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(
        this,
        DATA_SCHEMA,
        RowFactory.create(
            coefficients,
            intercept,
            trainedClassWeights,
            correction.factor(),
            correction.exact(),
            correction.refusal()));
  }

  private static ImbalancedLogisticRegressionModel ofData(String uid, Row data) {
    return new ImbalancedLogisticRegressionModel(
        uid,
        data.getAs("coefficients"),
        data.getAs("intercept"),
        data.<Double>getList(data.fieldIndex("trainedClassWeights")).stream()
            .mapToDouble(Double::doubleValue)
            .toArray(),
        new OddsCorrection(
            data.getAs("oddsFactor"),
            data.getAs("exactOddsFactor"),
            data.getAs("correctionRefusal")));
  }

  /** Returns a reader of saved models. */
  public static MLReader<ImbalancedLogisticRegressionModel> read() {
    return StageIo.reader(
        ImbalancedLogisticRegressionModel.class, ImbalancedLogisticRegressionModel::ofData);
  }

  /** Loads a saved model. */
  public static ImbalancedLogisticRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return String.format(
        "ImbalancedLogisticRegressionModel: uid=%s, numClasses=2, numFeatures=%d",
        uid, numFeatures());
  }
}
