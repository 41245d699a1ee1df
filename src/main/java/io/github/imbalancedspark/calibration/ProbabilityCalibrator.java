package io.github.imbalancedspark.calibration;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Learns from scored rows which share of them is positive at each score, for probabilities where a
 * correction of the odds alone is only approximate: after a penalty, a focal loss, synthetic rows,
 * or with a model that does not fit.
 *
 * <p>Fit it on rows that trained nothing and chose nothing, and that are distributed like those to
 * be scored: the probabilities are those of these rows, weighted by {@code weightCol}.
 *
 * <pre>{@code
 * new ProbabilityCalibrator().setMethod("isotonic").fit(model.transform(heldOut));
 * }</pre>
 *
 * <p>{@code fit} throws {@link IllegalArgumentException}, naming column, value and remedy, for
 * labels other than 0 and 1, weights that are negative or not finite, scores that are null, NaN or
 * infinite, no rows, and one class only.
 */
public class ProbabilityCalibrator extends Estimator<ProbabilityCalibratorModel>
    implements ProbabilityCalibratorParams, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final CalibratorParamSet paramSet;

  /** Makes an estimator with a random uid. */
  public ProbabilityCalibrator() {
    this(Identifiable$.MODULE$.randomUID("probabilityCalibrator"));
  }

  /** Makes an estimator with a given uid. */
  public ProbabilityCalibrator(String uid) {
    this.uid = uid;
    this.paramSet = new CalibratorParamSet(this);
    ProbabilityCalibratorParams.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public CalibratorParamSet paramSet() {
    return paramSet;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireNumeric(schema, getLabelCol(), "labelCol");
    requireWeightColumn(schema);
    return appendOutput(schema, this);
  }

  static StructType appendOutput(StructType schema, ProbabilityCalibratorParams params) {
    HeldOutRows.requireScores(schema, params.getRawPredictionCol());
    Columns.requireNew(schema, params.getOutputCol(), "outputCol");
    return schema.add(params.getOutputCol(), DataTypes.DoubleType, false);
  }

  @Override
  public ProbabilityCalibratorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Dataset<Row> rows = HeldOutRows.select(dataset, this).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      HeldOutTotals totals = HeldOutTotals.of(rows, this);
      Curve curve =
          getMethod().equals(CalibratorParamSet.PLATT)
              ? PlattCurve.fit(rows, totals)
              : IsotonicCurve.fit(rows);
      ProbabilityCalibratorModel model = new ProbabilityCalibratorModel(uid, curve);
      model.setParent(this);
      return copyValues(model, ParamMap.empty());
    } finally {
      rows.unpersist();
    }
  }

  /** Sets {@link #labelCol}. */
  public ProbabilityCalibrator setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public ProbabilityCalibrator setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #rawPredictionCol}. */
  public ProbabilityCalibrator setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  /** Sets {@link #method}. */
  public ProbabilityCalibrator setMethod(String value) {
    set(method(), value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public ProbabilityCalibrator setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  @Override
  public ProbabilityCalibrator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ProbabilityCalibrator> read() {
    return StageIo.reader(ProbabilityCalibrator.class, ProbabilityCalibrator::new);
  }

  /** Loads a saved estimator. */
  public static ProbabilityCalibrator load(String path) {
    return read().load(path);
  }
}
