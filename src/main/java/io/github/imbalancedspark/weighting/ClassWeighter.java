package io.github.imbalancedspark.weighting;

import io.github.imbalancedspark.core.weights.ClassWeights;
import io.github.imbalancedspark.core.weights.WeightStrategy;
import io.github.imbalancedspark.internal.StageIo;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Weighs rows by their class: counts the classes of {@code labelCol}, turns counts into class
 * weights, and yields a model that writes each row's weight to {@code outputCol}, for a learner's
 * {@code weightCol}. Any number of classes from two on, of any numeric type.
 *
 * <p>With an input {@code weightCol} the counts are sums of weights, and the output is class weight
 * times input weight.
 *
 * <p>{@code fit} reads the data once and throws {@link IllegalArgumentException}, naming column,
 * value and remedy, for labels that are null, NaN or infinite (unless {@code handleInvalid} says
 * otherwise), integers of 2⁵³ and more, which a double cannot tell apart, more than 10,000
 * different labels, fewer than two classes, input weights that are null, negative, not finite or
 * all zero, and a class whose rows all weigh 0, but under {@code smoothedInverseFrequency} and
 * {@code custom}.
 *
 * <p>A column of class weights enters the standard deviations of a learner that standardizes;
 * {@code classWeights} and {@code posWeight} of the learner do not. The two ways therefore give one
 * and the same fit only without a penalty.
 */
public class ClassWeighter extends Estimator<ClassWeighterModel>
    implements ClassWeighterParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final WeighterParamSet paramSet;

  /** Makes an estimator with a random uid. */
  public ClassWeighter() {
    this(Identifiable$.MODULE$.randomUID("classWeighter"));
  }

  /** Makes an estimator with a given uid. */
  public ClassWeighter(String uid) {
    this.uid = uid;
    this.paramSet = new WeighterParamSet(this);
    ClassWeighterParams.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public WeighterParamSet paramSet() {
    return paramSet;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return WeightColumn.append(schema, this);
  }

  @Override
  public ClassWeighterModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    WeightStrategy strategy = WeighterParamSet.strategy(this);
    SortedMap<Double, Double> counts = ClassCounter.count(dataset, this);
    SortedMap<Double, Double> weights =
        ClassWeights.of(counts, strategy, WeighterParamSet.normalization(this, strategy));
    ClassWeighterModel model = new ClassWeighterModel(uid, counts, weights);
    model.setParent(this);
    return copyValues(model, ParamMap.empty());
  }

  /** Sets {@link #labelCol}. */
  public ClassWeighter setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public ClassWeighter setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public ClassWeighter setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  /** Sets {@link #strategy}. */
  public ClassWeighter setStrategy(String value) {
    set(strategy(), value);
    return this;
  }

  /** Sets {@link #normalization}. */
  public ClassWeighter setNormalization(String value) {
    set(normalization(), value);
    return this;
  }

  /** Sets {@link #beta}. */
  public ClassWeighter setBeta(double value) {
    return setBeta(Double.toString(value));
  }

  /** Sets {@link #beta}: a number, or {@code auto}. */
  public ClassWeighter setBeta(String value) {
    set(beta(), value);
    return this;
  }

  /** Sets {@link #epsilon}. */
  public ClassWeighter setEpsilon(double value) {
    set(epsilon(), value);
    return this;
  }

  /** Sets {@link #customWeights}, pairs [class, weight]. */
  public ClassWeighter setCustomWeights(double[][] value) {
    set(customWeights(), value);
    return this;
  }

  /** Sets {@link #customWeights}, class → weight. */
  public ClassWeighter setCustomWeights(Map<Double, Double> value) {
    return setCustomWeights(
        value.entrySet().stream()
            .map(entry -> new double[] {entry.getKey(), entry.getValue()})
            .toArray(double[][]::new));
  }

  /** Sets {@link #handleInvalid}. */
  public ClassWeighter setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return this;
  }

  @Override
  public ClassWeighter copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ClassWeighter> read() {
    return StageIo.reader(ClassWeighter.class, ClassWeighter::new);
  }

  /** Loads a saved estimator. */
  public static ClassWeighter load(String path) {
    return read().load(path);
  }
}
