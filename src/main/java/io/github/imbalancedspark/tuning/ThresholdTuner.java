package io.github.imbalancedspark.tuning;

import static io.github.imbalancedspark.internal.Validators.oneOf;
import static io.github.imbalancedspark.internal.Validators.real;

import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.core.metrics.ThresholdCriterion;
import io.github.imbalancedspark.evaluation.BinaryEvaluation;
import io.github.imbalancedspark.evaluation.ScoredColumns;
import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.internal.Validators;
import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import io.github.imbalancedspark.sampling.StratifiedSplit;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasSeed;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * the days that occur among the held-out rows, and where only a share of their rows is held out it
 * is scaled up to all of them.
 *
 * <p>Rows held out are those that {@link #validationIndicatorCol} marks or, without it, {@link
 * #validationFraction} of either class. The figure reached on them is logged; it flatters, for the
 * threshold was chosen to make it so: measure the model on other rows. {@code fit} throws {@link
 * IllegalArgumentException} if no threshold keeps the criterion's bound, saying how near one comes,
 * unless {@link #onUnreachable} is {@code nearest}; if the criterion has no value because a class
 * is missing; and for scores, labels, weights, costs and days that cannot be evaluated.
 *
 * @param <M> the estimator's model
 */
public class ThresholdTuner<M extends Model<M>> extends Estimator<M>
    implements HasLabelColumn, HasWeightColumn, HasSeed, MLWritable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ThresholdTuner.class);

  private static final String ERROR = "error";
  private static final String NEAREST = "nearest";
  private static final String ON_HELD_OUT = " (on the held-out rows)";
  private static final double DEFAULT_FRACTION = 0.2;

  private final String uid;
  private final Param<Estimator<M>> estimator;
  private final Param<String> criterion;
  private final Param<String> labelCol;
  private final Param<String> probabilityCol;
  private final Param<String> weightCol;
  private final Param<String> dayCol;
  private final DoubleParam dayShare;
  private final Param<String> falsePositiveCostCol;
  private final Param<String> falseNegativeCostCol;
  private final Param<String> validationIndicatorCol;
  private final DoubleParam validationFraction;
  private final Param<String> keyCol;
  private final LongParam seed;
  private final BooleanParam refit;
  private final Param<String> onUnreachable;

  /** Makes a tuner with a random uid. */
  public ThresholdTuner() {
    this(Identifiable$.MODULE$.randomUID("thresholdTuner"));
  }

  /** Makes a tuner with a given uid. */
  public ThresholdTuner(String uid) {
    this.uid = uid;
    estimator = new Param<>(this, "estimator", "classifier, or pipeline that ends in one");
    criterion =
        new Param<>(
            this,
            "criterion",
            "what the threshold is chosen for, such as f1, mcc, expected_cost@fp=1,fn=50,"
                + " recall@precision>=0.85 or alerts_per_day<=100",
            Validators.check(String.class, v -> isCriterion((String) v)));
    labelCol = HasLabelColumn.make(this);
    probabilityCol = column("probabilityCol", "column of probabilities that the model writes");
    weightCol = HasWeightColumn.make(this);
    dayCol = column("dayCol", "column that tells days apart, for alerts_per_day<=k");
    dayShare =
        new DoubleParam(
            this,
            "dayShare",
            "share of each day's rows that the dataset holds, in (0, 1], for alerts_per_day<=k",
            real(v -> v > 0 && v <= 1));
    falsePositiveCostCol =
        column(
            "falsePositiveCostCol",
            "column of what predicting 1 costs where the label is 0, for expected_cost; finite and"
                + " >= 0");
    falseNegativeCostCol =
        column(
            "falseNegativeCostCol",
            "column of what predicting 0 costs where the label is 1, for expected_cost; finite and"
                + " >= 0");
    validationIndicatorCol =
        column(
            "validationIndicatorCol",
            "boolean column that is true in the rows to hold out; when not set,"
                + " validationFraction of either class");
    validationFraction =
        new DoubleParam(
            this,
            "validationFraction",
            "share of either class to hold out, in (0, 1)",
            real(v -> v > 0 && v < 1));
    keyCol =
        column(
            "keyCol",
            "column that identifies a row, whose hash decides about it; when not set, all columns");
    seed = new LongParam(this, "seed", "seed of the row hash");
    refit =
        new BooleanParam(
            this, "refit", "whether the model is fitted again, on all rows, with the threshold");
    onUnreachable =
        new Param<>(
            this,
            "onUnreachable",
            "what to do if no threshold keeps the criterion's bound: error, or nearest (warn and"
                + " take the threshold that comes nearest)",
            oneOf(ERROR, NEAREST));
    setDefault(criterion, "f1");
    setDefault(labelCol, "label");
    setDefault(probabilityCol, "probability");
    setDefault(dayShare, 1.0);
    setDefault(validationFraction, DEFAULT_FRACTION);
    setDefault(seed, (long) ThresholdTuner.class.getName().hashCode());
    setDefault(refit, false);
    setDefault(onUnreachable, ERROR);
  }

  private Param<String> column(String name, String doc) {
    return new Param<>(this, name, doc);
  }

  private static boolean isCriterion(String name) {
    try {
      return ThresholdCriterion.of(name) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the estimator's model with the best threshold. */
  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    HoldOut rows = holdOut(dataset);
    M fitted = getEstimator().fit(rows.training());
    ThresholdChoice choice = choose(fitted.transform(rows.validation()), rows);
    LOG.info(
        "threshold {} for {}: {} on the held-out rows",
        choice.threshold(),
        choice.criterion(),
        choice.value());
    M model = getRefit() ? getEstimator().fit(dataset) : fitted;
    M result = model.copy(ParamMap.empty());
    Thresholds.set(result, choice.threshold());
    return result.setParent(this);
  }

  private HoldOut holdOut(Dataset<?> dataset) {
    if (isSet(validationIndicatorCol)) {
      return HoldOut.where(dataset, getValidationIndicatorCol());
    }
    StratifiedSplit split = new StratifiedSplit().setLabelCol(getLabelCol()).setSeed(getSeed());
    return HoldOut.share(
        dataset, isSet(keyCol) ? split.setKeyCol(getKeyCol()) : split, getValidationFraction());
  }

  private ThresholdChoice choose(Dataset<Row> scored, HoldOut rows) {
    ThresholdCriterion chosenFor = ThresholdCriterion.of(getCriterion());
    ScoredColumns columns =
        ScoredColumns.of(
            scored.schema(), "probabilityCol", getProbabilityCol(), getLabelCol(), weightColumn());
    if (chosenFor.needsCosts()) {
      columns =
          columns.withCosts(scored.schema(), getFalsePositiveCostCol(), getFalseNegativeCostCol());
    }
    ScoreTally tally = BinaryEvaluation.tally(scored, columns, ScoreCurve.DEFAULT_MAX_BINS);
    double days =
        chosenFor.needsDays() ? rows.days(getDayCol(), weightColumn()) * getDayShare() : Double.NaN;
    ThresholdChoice choice = choose(chosenFor, tally, days);
    if (choice.shortfall() != null) {
      String finding = "criterion: " + choice.shortfall() + ON_HELD_OUT;
      if (getOnUnreachable().equals(ERROR)) {
        throw new IllegalArgumentException(
            finding + "; ask for less, or set onUnreachable to nearest");
      }
      LOG.warn("{}; that threshold is taken", finding);
    }
    return choice;
  }

  private static ThresholdChoice choose(
      ThresholdCriterion chosenFor, ScoreTally tally, double days) {
    try {
      return chosenFor.choose(tally, days);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("criterion: " + e.getMessage() + ON_HELD_OUT, e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!isSet(estimator)) {
      throw new IllegalArgumentException("estimator: is not set; set the one to tune");
    }
    Thresholds.require(getEstimator());
    Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    requireWeightColumn(schema);
    if (isSet(validationIndicatorCol)
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
      requireSet(dayCol);
      Columns.require(schema, getDayCol(), "dayCol");
    }
    if (chosenFor.needsCosts()) {
      requireSet(falsePositiveCostCol);
      requireSet(falseNegativeCostCol);
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

  /** The estimator to fit: a classifier, or a pipeline or tuner of one. Must be set. */
  public Param<Estimator<M>> estimator() {
    return estimator;
  }

  /** Returns {@link #estimator}. */
  public Estimator<M> getEstimator() {
    return getOrDefault(estimator);
  }

  /** Sets {@link #estimator}. */
  public ThresholdTuner<M> setEstimator(Estimator<M> value) {
    set(estimator, value);
    return this;
  }

  /**
   * What the threshold is chosen for, one that {@link ThresholdCriterion#of} knows. Default: f1.
   */
  public Param<String> criterion() {
    return criterion;
  }

  /** Returns {@link #criterion}. */
  public String getCriterion() {
    return getOrDefault(criterion);
  }

  /**
   * Sets {@link #criterion}.
   *
   * @throws IllegalArgumentException if no threshold can be chosen for it
   */
  public ThresholdTuner<M> setCriterion(String value) {
    set(criterion, ThresholdCriterion.of(value).name());
    return this;
  }

  @Override
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Sets {@link #labelCol}. */
  public ThresholdTuner<M> setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Column of probabilities that the model writes. Default: probability. */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** Returns {@link #probabilityCol}. */
  public String getProbabilityCol() {
    return getOrDefault(probabilityCol);
  }

  /** Sets {@link #probabilityCol}. */
  public ThresholdTuner<M> setProbabilityCol(String value) {
    set(probabilityCol, value);
    return this;
  }

  /**
   * Column of the weights by which held-out rows count: the rows' own, not class weights. Default:
   * not set, every row weighs 1.
   */
  @Override
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Sets {@link #weightCol}. */
  public ThresholdTuner<M> setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /**
   * Column that tells days apart, of any type; a timestamp counts as its date in the session's time
   * zone. Default: not set.
   */
  public Param<String> dayCol() {
    return dayCol;
  }

  /** Returns {@link #dayCol}. */
  public String getDayCol() {
    return getOrDefault(dayCol);
  }

  /** Sets {@link #dayCol}. */
  public ThresholdTuner<M> setDayCol(String value) {
    set(dayCol, value);
    return this;
  }

  /**
   * Share of each day's rows that the dataset holds, in (0, 1]: less than 1 if it is a sample, or
   * if test rows were taken out. Default: 1.
   */
  public DoubleParam dayShare() {
    return dayShare;
  }

  /** Returns {@link #dayShare}. */
  public double getDayShare() {
    return (double) getOrDefault(dayShare);
  }

  /** Sets {@link #dayShare}. */
  public ThresholdTuner<M> setDayShare(double value) {
    set(dayShare, value);
    return this;
  }

  /** Column of what predicting 1 costs where the label is 0. Default: not set. */
  public Param<String> falsePositiveCostCol() {
    return falsePositiveCostCol;
  }

  /** Returns {@link #falsePositiveCostCol}. */
  public String getFalsePositiveCostCol() {
    return getOrDefault(falsePositiveCostCol);
  }

  /** Sets {@link #falsePositiveCostCol}. */
  public ThresholdTuner<M> setFalsePositiveCostCol(String value) {
    set(falsePositiveCostCol, value);
    return this;
  }

  /** Column of what predicting 0 costs where the label is 1. Default: not set. */
  public Param<String> falseNegativeCostCol() {
    return falseNegativeCostCol;
  }

  /** Returns {@link #falseNegativeCostCol}. */
  public String getFalseNegativeCostCol() {
    return getOrDefault(falseNegativeCostCol);
  }

  /** Sets {@link #falseNegativeCostCol}. */
  public ThresholdTuner<M> setFalseNegativeCostCol(String value) {
    set(falseNegativeCostCol, value);
    return this;
  }

  /**
   * Boolean column that is true in the rows to hold out; null counts as false. Default: not set, a
   * share of either class is held out.
   */
  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  /** Returns {@link #validationIndicatorCol}. */
  public String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol);
  }

  /** Sets {@link #validationIndicatorCol}. */
  public ThresholdTuner<M> setValidationIndicatorCol(String value) {
    set(validationIndicatorCol, value);
    return this;
  }

  /** Share of either class to hold out, in (0, 1). Default: 0.2. */
  public DoubleParam validationFraction() {
    return validationFraction;
  }

  /** Returns {@link #validationFraction}. */
  public double getValidationFraction() {
    return (double) getOrDefault(validationFraction);
  }

  /** Sets {@link #validationFraction}. */
  public ThresholdTuner<M> setValidationFraction(double value) {
    set(validationFraction, value);
    return this;
  }

  /**
   * Column that identifies a row and whose hash decides whether it is held out. Default: not set,
   * all columns.
   */
  public Param<String> keyCol() {
    return keyCol;
  }

  /** Returns {@link #keyCol}. */
  public String getKeyCol() {
    return getOrDefault(keyCol);
  }

  /** Sets {@link #keyCol}. */
  public ThresholdTuner<M> setKeyCol(String value) {
    set(keyCol, value);
    return this;
  }

  /** Seed of the row hash. Default: the hash of the class name, as in Spark. */
  @Override
  public LongParam seed() {
    return seed;
  }

  /** Sets {@link #seed}. */
  public ThresholdTuner<M> setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** Whether the model is fitted again, on all rows, and given the threshold. Default: false. */
  public BooleanParam refit() {
    return refit;
  }

  /** Returns {@link #refit}. */
  public boolean getRefit() {
    return (boolean) getOrDefault(refit);
  }

  /** Sets {@link #refit}. */
  public ThresholdTuner<M> setRefit(boolean value) {
    set(refit, value);
    return this;
  }

  /**
   * What to do if no threshold keeps the criterion's bound: {@code error}, or {@code nearest}, to
   * warn and take the one that comes nearest. Default: error.
   */
  public Param<String> onUnreachable() {
    return onUnreachable;
  }

  /** Returns {@link #onUnreachable}. */
  public String getOnUnreachable() {
    return getOrDefault(onUnreachable);
  }

  /** Sets {@link #onUnreachable}. */
  public ThresholdTuner<M> setOnUnreachable(String value) {
    set(onUnreachable, value);
    return this;
  }

  @Override
  public ThresholdTuner<M> copy(ParamMap extra) {
    ThresholdTuner<M> copy = defaultCopy(extra);
    return copy.isSet(copy.estimator) ? copy.setEstimator(copy.getEstimator().copy(extra)) : copy;
  }

  /** Returns a writer; the estimator is saved in a folder of its own. */
  @Override
  public MLWriter write() {
    return StageIo.writer(this, estimator);
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

  /** Scala's hook for the trait's own parameter, which this class creates itself. */
  @Override
  public void org$apache$spark$ml$param$shared$HasSeed$_setter_$seed_$eq(LongParam param) {}
}
