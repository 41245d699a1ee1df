package io.github.imbalancedspark.evaluation;

import static io.github.imbalancedspark.internal.Validators.integer;
import static io.github.imbalancedspark.internal.Validators.real;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.metrics.MetricValue;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.internal.Validators;
import io.github.imbalancedspark.params.HasWeightColumn;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Evaluates a binary classifier's output by any metric of {@link Metric}, in one pass.
 *
 * <p>Scores come from {@code rawPredictionCol} if it is set, else from {@code probabilityCol}; the
 * column holds numbers, or vectors of two elements of which the second is taken. Metrics that
 * depend on the threshold follow the model's own decision in {@code predictionCol}, unless {@code
 * threshold} is set: then a row is predicted positive where score &gt; threshold. Labels are 0 and
 * 1.
 *
 * <p>A metric that does not exist for the rows (ROC AUC with one class only, Brier of margins)
 * makes {@code evaluate} throw an {@link IllegalArgumentException} that says why, as do values that
 * cannot be evaluated: labels other than 0 and 1, null or NaN scores, weights that are negative or
 * not finite.
 */
public class ImbalancedBinaryEvaluator extends Evaluator
    implements HasWeightColumn, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;
  private static final double HALF = 0.5;

  /** With three bins a threshold can have one on each side, whatever the scores. */
  private static final int LEAST_BINS = 3;

  private final String uid;
  private final Param<String> metricName;
  private final Param<String> labelCol;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> predictionCol;
  private final Param<String> weightCol;
  private final Param<String> falsePositiveCostCol;
  private final Param<String> falseNegativeCostCol;
  private final DoubleParam threshold;
  private final IntParam numBins;

  /** Makes an evaluator with a random uid. */
  public ImbalancedBinaryEvaluator() {
    this(Identifiable$.MODULE$.randomUID("imbalancedBinEval"));
  }

  /** Makes an evaluator with a given uid. */
  public ImbalancedBinaryEvaluator(String uid) {
    this.uid = uid;
    this.metricName =
        new Param<>(
            this,
            "metricName",
            "name of the metric, such as average_precision or recall@precision>=0.85",
            Validators.check(String.class, v -> isMetric((String) v)));
    this.labelCol = new Param<>(this, "labelCol", "column of labels, 0 or 1");
    this.probabilityCol =
        new Param<>(this, "probabilityCol", "column of probabilities, numbers or vectors");
    this.rawPredictionCol =
        new Param<>(
            this,
            "rawPredictionCol",
            "column of margins, numbers or vectors; takes the place of probabilityCol when set");
    this.predictionCol = new Param<>(this, "predictionCol", "column of predicted labels, 0 or 1");
    this.weightCol = HasWeightColumn.make(this);
    this.falsePositiveCostCol =
        new Param<>(
            this,
            "falsePositiveCostCol",
            "column of what predicting 1 costs where the label is 0, finite and >= 0");
    this.falseNegativeCostCol =
        new Param<>(
            this,
            "falseNegativeCostCol",
            "column of what predicting 0 costs where the label is 1, finite and >= 0");
    this.threshold =
        new DoubleParam(
            this,
            "threshold",
            "predict 1 where the score is above it; when not set, predictionCol decides",
            real(v -> !v.isNaN()));
    this.numBins =
        new IntParam(
            this,
            "numBins",
            "above how many distinct scores neighbouring ones count as tied, >= 3",
            integer(v -> v >= LEAST_BINS));
    setDefault(metricName, "average_precision");
    setDefault(labelCol, "label");
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
    setDefault(numBins, ScoreCurve.DEFAULT_MAX_BINS);
  }

  private static boolean isMetric(String name) {
    try {
      return Metric.of(name) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns {@link #metricName}'s value for {@code dataset}. */
  @Override
  public double evaluate(Dataset<?> dataset) {
    Metric metric = Metric.of(getMetricName());
    boolean decided = metric.isAtThreshold() && !isSet(threshold);
    ScoredColumns columns =
        decided ? columns(dataset.schema(), predictionCol) : columns(dataset.schema(), scoreCol());
    MetricValue value = metrics(dataset, columns).value(metric);
    if (value.value() == null) {
      throw new IllegalArgumentException("metricName: " + value.reason());
    }
    return value.value();
  }

  /**
   * Returns all metrics of the scores in {@code dataset} at {@link #threshold}, 0.5 when it is not
   * set.
   */
  public BinaryMetrics getMetrics(Dataset<?> dataset) {
    return metrics(dataset, columns(dataset.schema(), scoreCol()));
  }

  private BinaryMetrics metrics(Dataset<?> dataset, ScoredColumns columns) {
    double cutOff = isSet(threshold) ? getThreshold() : HALF;
    return BinaryMetrics.of(BinaryEvaluation.tally(dataset, columns, getNumBins(), cutOff), cutOff);
  }

  private Param<String> scoreCol() {
    return isSet(rawPredictionCol) ? rawPredictionCol : probabilityCol;
  }

  private ScoredColumns columns(StructType schema, Param<String> score) {
    ScoredColumns columns =
        ScoredColumns.of(schema, score.name(), getOrDefault(score), getLabelCol(), weightColumn());
    if (isSet(falsePositiveCostCol) != isSet(falseNegativeCostCol)) {
      throw new IllegalArgumentException(
          "falsePositiveCostCol and falseNegativeCostCol: one is set and the other is not; set both,"
              + " or none");
    }
    return isSet(falsePositiveCostCol)
        ? columns.withCosts(schema, getFalsePositiveCostCol(), getFalseNegativeCostCol())
        : columns;
  }

  @Override
  public boolean isLargerBetter() {
    return Metric.of(getMetricName()).isLargerBetter();
  }

  /** Name of the metric, one that {@link Metric#of} knows. Default: average_precision. */
  public Param<String> metricName() {
    return metricName;
  }

  /** Returns {@link #metricName}. */
  public String getMetricName() {
    return getOrDefault(metricName);
  }

  /**
   * Sets {@link #metricName}.
   *
   * @throws IllegalArgumentException if there is no metric of that name
   */
  public ImbalancedBinaryEvaluator setMetricName(String value) {
    set(metricName, Metric.of(value).name());
    return this;
  }

  /** Column of labels, 0 or 1. Default: label. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Returns {@link #labelCol}. */
  public String getLabelCol() {
    return getOrDefault(labelCol);
  }

  /** Sets {@link #labelCol}. */
  public ImbalancedBinaryEvaluator setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Column of probabilities, numbers or vectors. Default: probability. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** Returns {@link #probabilityCol}. */
  public String getProbabilityCol() {
    return getOrDefault(probabilityCol);
  }

  /** Sets {@link #probabilityCol}. */
  public ImbalancedBinaryEvaluator setProbabilityCol(String value) {
    set(probabilityCol, value);
    return this;
  }

  /**
   * Column of margins, numbers or vectors, in the place of {@link #probabilityCol}. Default: not
   * set.
   */
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /** Returns {@link #rawPredictionCol}. */
  public String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol);
  }

  /** Sets {@link #rawPredictionCol}. */
  public ImbalancedBinaryEvaluator setRawPredictionCol(String value) {
    set(rawPredictionCol, value);
    return this;
  }

  /** Column of predicted labels, 0 or 1. Default: prediction. */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** Returns {@link #predictionCol}. */
  public String getPredictionCol() {
    return getOrDefault(predictionCol);
  }

  /** Sets {@link #predictionCol}. */
  public ImbalancedBinaryEvaluator setPredictionCol(String value) {
    set(predictionCol, value);
    return this;
  }

  @Override
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Sets {@link #weightCol}. */
  public ImbalancedBinaryEvaluator setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /**
   * Column of what predicting 1 costs where the label is 0, for {@code expected_cost}. Default: not
   * set.
   */
  public Param<String> falsePositiveCostCol() {
    return falsePositiveCostCol;
  }

  /** Returns {@link #falsePositiveCostCol}. */
  public String getFalsePositiveCostCol() {
    return getOrDefault(falsePositiveCostCol);
  }

  /** Sets {@link #falsePositiveCostCol}. */
  public ImbalancedBinaryEvaluator setFalsePositiveCostCol(String value) {
    set(falsePositiveCostCol, value);
    return this;
  }

  /**
   * Column of what predicting 0 costs where the label is 1, for {@code expected_cost}. Default: not
   * set.
   */
  public Param<String> falseNegativeCostCol() {
    return falseNegativeCostCol;
  }

  /** Returns {@link #falseNegativeCostCol}. */
  public String getFalseNegativeCostCol() {
    return getOrDefault(falseNegativeCostCol);
  }

  /** Sets {@link #falseNegativeCostCol}. */
  public ImbalancedBinaryEvaluator setFalseNegativeCostCol(String value) {
    set(falseNegativeCostCol, value);
    return this;
  }

  /**
   * Predict 1 where the score is above it. Default: not set, so that {@link #predictionCol}
   * decides.
   */
  public DoubleParam threshold() {
    return threshold;
  }

  /** Returns {@link #threshold}. */
  public double getThreshold() {
    return (double) getOrDefault(threshold);
  }

  /** Sets {@link #threshold}. */
  public ImbalancedBinaryEvaluator setThreshold(double value) {
    set(threshold, value);
    return this;
  }

  /**
   * Above how many distinct scores neighbouring ones count as tied, with a bounded error; ≥ 3.
   * Default: 2,097,152.
   */
  public IntParam numBins() {
    return numBins;
  }

  /** Returns {@link #numBins}. */
  public int getNumBins() {
    return (int) getOrDefault(numBins);
  }

  /** Sets {@link #numBins}. */
  public ImbalancedBinaryEvaluator setNumBins(int value) {
    set(numBins, value);
    return this;
  }

  @Override
  public ImbalancedBinaryEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved evaluators. */
  public static MLReader<ImbalancedBinaryEvaluator> read() {
    return StageIo.reader(ImbalancedBinaryEvaluator.class, ImbalancedBinaryEvaluator::new);
  }

  /** Loads a saved evaluator. */
  public static ImbalancedBinaryEvaluator load(String path) {
    return read().load(path);
  }
}
