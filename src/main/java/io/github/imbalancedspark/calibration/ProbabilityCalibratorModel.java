package io.github.imbalancedspark.calibration;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.github.imbalancedspark.internal.EngineCalls;
import io.github.imbalancedspark.internal.StageIo;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Appends the probability that belongs to each row's score: a double in [0, 1], NaN where the score
 * is NaN. A score that is null, or a vector that is not of two elements, makes the query fail.
 */
public class ProbabilityCalibratorModel extends Model<ProbabilityCalibratorModel>
    implements ProbabilityCalibratorParams, MLWritable {

  private static final long serialVersionUID = 1L;

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final StructType DATA_SCHEMA =
      new StructType()
          .add("slope", DataTypes.DoubleType)
          .add("intercept", DataTypes.DoubleType)
          .add("scores", DOUBLES)
          .add("probabilities", DOUBLES);

  private final String uid;
  private final CalibratorParamSet paramSet;
  private final Curve curve;

  ProbabilityCalibratorModel(String uid, Curve curve) {
    this.uid = uid;
    this.paramSet = new CalibratorParamSet(this);
    this.curve = curve;
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

  /** Returns the probability at a score. */
  public double probability(double score) {
    return curve.at(score);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ProbabilityCalibrator.appendOutput(schema, this);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    transformSchema(schema);
    Column problem = HeldOutRows.problem(schema, getRawPredictionCol());
    Column score =
        when(problem.isNotNull(), raise_error(problem).cast(DataTypes.DoubleType))
            .otherwise(HeldOutRows.score(schema, getRawPredictionCol()));
    Column known = coalesce(score, functions.lit(Double.NaN)); // to Spark: it is never null
    return dataset.select(col("*"), EngineCalls.ofNumber(curve::at, known).as(getOutputCol()));
  }

  /** Sets {@link #labelCol}. */
  public ProbabilityCalibratorModel setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public ProbabilityCalibratorModel setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #rawPredictionCol}. */
  public ProbabilityCalibratorModel setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public ProbabilityCalibratorModel setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  @Override
  public ProbabilityCalibratorModel copy(ParamMap extra) {
    ProbabilityCalibratorModel copy = new ProbabilityCalibratorModel(uid, curve);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(
        this,
        DATA_SCHEMA,
        curve instanceof PlattCurve platt
            ? RowFactory.create(platt.slope(), platt.intercept(), null, null)
            : RowFactory.create(
                null,
                null,
                ((IsotonicCurve) curve).scores(),
                ((IsotonicCurve) curve).probabilities()));
  }

  private static ProbabilityCalibratorModel ofData(String uid, Row data) {
    Curve curve =
        data.isNullAt(data.fieldIndex("slope"))
            ? new IsotonicCurve(doubles(data, "scores"), doubles(data, "probabilities"))
            : new PlattCurve(data.getAs("slope"), data.getAs("intercept"));
    return new ProbabilityCalibratorModel(uid, curve);
  }

  private static double[] doubles(Row data, String name) {
    return data.<Double>getList(data.fieldIndex(name)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Returns a reader of saved models. */
  public static MLReader<ProbabilityCalibratorModel> read() {
    return StageIo.reader(ProbabilityCalibratorModel.class, ProbabilityCalibratorModel::ofData);
  }

  /** Loads a saved model. */
  public static ProbabilityCalibratorModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return String.format("ProbabilityCalibratorModel: uid=%s, method=%s", uid, getMethod());
  }
}
