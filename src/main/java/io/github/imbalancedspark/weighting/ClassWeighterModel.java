package io.github.imbalancedspark.weighting;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.OddsLedger;
import io.github.imbalancedspark.internal.StageIo;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;

/**
 * Appends to every row the weight of its class, times its input weight if {@code weightCol} is set:
 * a double, never null. Labels are compared as doubles. Without the label column, as in scoring,
 * rows pass through unchanged.
 *
 * <p>What it does to the odds of the classes stands in the metadata of the column, after whatever
 * the input weight column's metadata says. Rows whose label is null, NaN, infinite or unseen in the
 * fit make the query fail under {@code handleInvalid = error}, are dropped under {@code skip} and
 * have class weight 1 under {@code keep}. An input weight that is null, negative or not finite
 * makes the query fail.
 */
public class ClassWeighterModel extends Model<ClassWeighterModel>
    implements ClassWeighterParams, MLWritable {

  private static final long serialVersionUID = 1L;

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final StructType DATA_SCHEMA =
      new StructType()
          .add("classes", DOUBLES, false)
          .add("counts", DOUBLES, false)
          .add("weights", DOUBLES, false);

  private final String uid;
  private final WeighterParamSet paramSet;
  private final SortedMap<Double, Double> counts;
  private final SortedMap<Double, Double> weights;

  /**
   * Makes a model.
   *
   * @param uid its uid
   * @param counts class → summed input weight
   * @param weights class → weight, for the same classes
   */
  ClassWeighterModel(
      String uid, SortedMap<Double, Double> counts, SortedMap<Double, Double> weights) {
    this.uid = uid;
    this.paramSet = new WeighterParamSet(this);
    this.counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    this.weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
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

  /** Returns class → number of its rows in the fit, or their summed input weight. */
  public SortedMap<Double, Double> classCounts() {
    return counts;
  }

  /** Returns class → class weight. */
  public SortedMap<Double, Double> classWeights() {
    return weights;
  }

  /**
   * Returns the weight of the positive class over that of the negative one, for a learner's {@code
   * posWeight}: of class 1 over class 0, and in general of the larger of two labels over the
   * smaller.
   *
   * @throws IllegalStateException if there are more than two classes
   */
  public double posWeight() {
    if (weights.size() != 2) {
      throw new IllegalStateException(
          "posWeight: exists for two classes only, and there are the classes " + weights.keySet());
    }
    return weights.get(weights.lastKey()) / weights.get(weights.firstKey());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Columns.has(schema, getLabelCol()) ? WeightColumn.append(schema, this) : schema;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (!Columns.has(dataset.schema(), getLabelCol())) {
      return dataset.toDF();
    }
    Column looked =
        RowWeights.classWeight(
            Columns.named(getLabelCol()), unbox(weights.keySet()), unbox(weights.values()));
    boolean skip = getHandleInvalid().equals(WeighterParamSet.SKIP);
    Dataset<Row> rows = skip ? dataset.toDF().filter(looked.isNotNull()) : dataset.toDF();
    Column classWeight =
        getHandleInvalid().equals(WeighterParamSet.ERROR)
            ? RowWeights.orError(looked, getLabelCol())
            : functions.coalesce(looked, functions.lit(1.0));
    Column weight =
        weightColumn() == null
            ? classWeight
            : classWeight.multiply(RowWeights.inputWeight(weightColumn()));
    return rows.select(
        functions.col("*"),
        RowWeights.notNull(weight).as(getOutputCol(), outputMetadata(dataset.schema())));
  }

  private Metadata outputMetadata(StructType schema) {
    return OddsLedger.append(
        WeightColumn.inputMetadata(schema, this),
        new OddsLedger.Entry(uid, getLabelCol(), weights, true));
  }

  /** Sets {@link #labelCol}. */
  public ClassWeighterModel setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets {@link #weightCol}. */
  public ClassWeighterModel setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public ClassWeighterModel setOutputCol(String value) {
    set(outputCol(), value);
    return this;
  }

  /** Sets {@link #handleInvalid}. */
  public ClassWeighterModel setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return this;
  }

  @Override
  public ClassWeighterModel copy(ParamMap extra) {
    ClassWeighterModel copy = new ClassWeighterModel(uid, counts, weights);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(
        this,
        DATA_SCHEMA,
        RowFactory.create(
            unbox(weights.keySet()), unbox(counts.values()), unbox(weights.values())));
  }

  private static ClassWeighterModel ofData(String uid, Row data) {
    List<Double> classes = data.getList(data.fieldIndex("classes"));
    return new ClassWeighterModel(
        uid,
        byClass(classes, data.getList(data.fieldIndex("counts"))),
        byClass(classes, data.getList(data.fieldIndex("weights"))));
  }

  private static SortedMap<Double, Double> byClass(List<Double> classes, List<Double> values) {
    SortedMap<Double, Double> result = new TreeMap<>();
    for (int k = 0; k < classes.size(); k++) {
      result.put(classes.get(k), values.get(k));
    }
    return result;
  }

  private static double[] unbox(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns a reader of saved models. */
  public static MLReader<ClassWeighterModel> read() {
    return StageIo.reader(ClassWeighterModel.class, ClassWeighterModel::ofData);
  }

  /** Loads a saved model. */
  public static ClassWeighterModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return String.format("ClassWeighterModel: uid=%s, classWeights=%s", uid, weights);
  }
}
