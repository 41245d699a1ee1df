package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.sampling.StratifiedSplit;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;

/**
 * Fits a classifier and chooses its threshold on rows that it was not fitted on. The result is the
 * estimator's own model, with its threshold set, so that it predicts 1 where probability &gt;
 * threshold, strictly:
 *
 * <pre>{@code
 * PipelineModel model =
 *     new ThresholdTuner<PipelineModel>()
 *         .setEstimator(pipeline)
 *         .setCriterion("recall@precision>=0.85")
 *         .fit(rows);
 * }</pre>
 *
 * <p>What a threshold can be chosen for, which are tried, and which of equally good ones is taken:
 * see {@link ThresholdCriterion}. {@code alerts_per_day<=k} needs {@link #dayCol}: the mean is over
 * the days that occur among the validation rows, and where only a share of their rows is held out
 * it is scaled up to all of them.
 *
 * <p>Validation rows are those that {@link #validationIndicatorCol} marks or, without it, {@link
 * #validationFraction} of either class. The figure reached on them is logged, and told by {@link
 * #tune}; it flatters, for the threshold was chosen to make it so: measure the model on other rows.
 * {@code fit} throws {@link IllegalArgumentException} if no threshold keeps the criterion's bound,
 * saying how near one comes, unless {@link #onUnreachable} is {@code nearest}; if the criterion has
 * no value because a class is missing; and for scores, labels, weights, costs and days that cannot
 * be evaluated.
 *
 * @param <M> the estimator's model
 */
public class ThresholdTuner<M extends Model<M>> extends Estimator<M>
    implements ThresholdTunerParams<M>, MLWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final TunerParamSet<M> paramSet;

  /** Makes a tuner with a random uid. */
  public ThresholdTuner() {
    this(Identifiable$.MODULE$.randomUID("thresholdTuner"));
  }

  /** Makes a tuner with a given uid. */
  public ThresholdTuner(String uid) {
    this.uid = uid;
    this.paramSet = new TunerParamSet<>(this);
    ThresholdTunerParams.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public TunerParamSet<M> paramSet() {
    return paramSet;
  }

  /** Returns the estimator's model with the best threshold. */
  @Override
  public M fit(Dataset<?> dataset) {
    return tune(dataset).model();
  }

  /** Does what {@link #fit} does, and tells what was chosen. */
  public TunedModel<M> tune(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    HoldOut rows = holdOut(dataset);
    M fitted = getEstimator().fit(rows.training());
    ThresholdChoice choice =
        new ThresholdSearch(this).choose(fitted.transform(rows.validation()), rows);
    M model = getRefit() ? getEstimator().fit(dataset) : fitted;
    return new TunedModel<>(withThreshold(model, choice.threshold()), choice);
  }

  private M withThreshold(M model, double threshold) {
    M result = model.copy(ParamMap.empty());
    Thresholds.set(result, threshold);
    return result.setParent(this);
  }

  private HoldOut holdOut(Dataset<?> dataset) {
    if (isSet(validationIndicatorCol())) {
      return HoldOut.where(dataset, getValidationIndicatorCol());
    }
    StratifiedSplit split = new StratifiedSplit().setLabelCol(getLabelCol()).setSeed(getSeed());
    return HoldOut.share(
        dataset, isSet(keyCol()) ? split.setKeyCol(getKeyCol()) : split, getValidationFraction());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!isSet(estimator())) {
      throw new IllegalArgumentException("estimator: is not set; set the one to tune");
    }
    Thresholds.require(getEstimator());
    Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    requireWeightColumn(schema);
    if (isSet(validationIndicatorCol())
        && !(Columns.require(schema, getValidationIndicatorCol(), "validationIndicatorCol")
                .dataType()
            instanceof BooleanType)) {
      throw new IllegalArgumentException(
          String.format(
              "validationIndicatorCol: column '%s' is of type %s; it must be boolean",
              getValidationIndicatorCol(),
              schema.apply(getValidationIndicatorCol()).dataType().simpleString()));
    }
    ThresholdCriterion chosenFor = ThresholdCriterion.of(getCriterion());
    if (chosenFor.needsDays()) {
      requireSet(dayCol());
      Columns.require(schema, getDayCol(), "dayCol");
    }
    if (chosenFor.needsCosts()) {
      requireSet(falsePositiveCostCol());
      requireSet(falseNegativeCostCol());
    }
    return getEstimator().transformSchema(schema);
  }

  private void requireSet(Param<String> column) {
    if (!isSet(column)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: is not set, and the criterion %s needs it", column.name(), getCriterion()));
    }
  }

  /** Sets {@link #estimator}. */
  public ThresholdTuner<M> setEstimator(Estimator<M> value) {
    set(estimator(), value);
    return this;
  }

  /**
   * Sets {@link #criterion}.
   *
   * @throws IllegalArgumentException if no threshold can be chosen for it
   */
  public ThresholdTuner<M> setCriterion(String value) {
    set(criterion(), ThresholdCriterion.of(value).name());
    return this;
  }

  /** Sets {@link #labelCol}. */
  public ThresholdTuner<M> setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets {@link #probabilityCol}. */
  public ThresholdTuner<M> setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public ThresholdTuner<M> setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #dayCol}. */
  public ThresholdTuner<M> setDayCol(String value) {
    set(dayCol(), value);
    return this;
  }

  /** Sets {@link #dayShare}. */
  public ThresholdTuner<M> setDayShare(double value) {
    set(dayShare(), value);
    return this;
  }

  /** Sets {@link #falsePositiveCostCol}. */
  public ThresholdTuner<M> setFalsePositiveCostCol(String value) {
    set(falsePositiveCostCol(), value);
    return this;
  }

  /** Sets {@link #falseNegativeCostCol}. */
  public ThresholdTuner<M> setFalseNegativeCostCol(String value) {
    set(falseNegativeCostCol(), value);
    return this;
  }

  /** Sets {@link #validationIndicatorCol}. */
  public ThresholdTuner<M> setValidationIndicatorCol(String value) {
    set(validationIndicatorCol(), value);
    return this;
  }

  /** Sets {@link #validationFraction}. */
  public ThresholdTuner<M> setValidationFraction(double value) {
    set(validationFraction(), value);
    return this;
  }

  /** Sets {@link #keyCol}. */
  public ThresholdTuner<M> setKeyCol(String value) {
    set(keyCol(), value);
    return this;
  }

  /** Sets {@link #seed}. */
  public ThresholdTuner<M> setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Sets {@link #refit}. */
  public ThresholdTuner<M> setRefit(boolean value) {
    set(refit(), value);
    return this;
  }

  /** Sets {@link #onUnreachable}. */
  public ThresholdTuner<M> setOnUnreachable(String value) {
    set(onUnreachable(), value);
    return this;
  }

  @Override
  public ThresholdTuner<M> copy(ParamMap extra) {
    ThresholdTuner<M> copy = defaultCopy(extra);
    return copy.isSet(copy.estimator()) ? copy.setEstimator(copy.getEstimator().copy(extra)) : copy;
  }

  /** Returns a writer; the estimator is saved in a folder of its own. */
  @Override
  public MLWriter write() {
    return StageIo.writer(this, estimator());
  }

  /** Returns a reader of saved tuners. */
  public static <M extends Model<M>> MLReader<ThresholdTuner<M>> read() {
    return StageIo.reader(
        ThresholdTuner.class, ThresholdTuner<M>::new, ThresholdTuner<M>::estimator);
  }

  /** Loads a saved tuner. */
  public static <M extends Model<M>> ThresholdTuner<M> load(String path) {
    return ThresholdTuner.<M>read().load(path);
  }
}
