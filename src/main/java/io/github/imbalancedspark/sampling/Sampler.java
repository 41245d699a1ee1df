package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.Columns;
import io.github.imbalancedspark.internal.StageIo;
import io.github.imbalancedspark.params.HasLabelColumn;
import java.util.SortedMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasSeed;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes how many rows of each class there are, for training only. Used directly, {@link
 * #resample} returns the changed rows. As a stage of a {@code Pipeline} it stands before the
 * learner, and only what {@code Pipeline.fit} trains on is resampled: see {@link SamplerModel}.
 *
 * @param <S> the sampler itself, which its setters return
 */
public abstract class Sampler<S extends Sampler<S>> extends Estimator<SamplerModel>
    implements HasLabelColumn, HasSeed, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final String uid;
  private final Param<String> labelCol;
  private final Param<String> keyCol;
  private final LongParam seed;

  Sampler(String uid) {
    this.uid = uid;
    labelCol = HasLabelColumn.make(this);
    keyCol =
        new Param<>(
            this,
            "keyCol",
            "column that identifies a row, whose hash decides about it; when not set, all columns");
    seed = new LongParam(this, "seed", "seed of the row hash");
    setDefault(labelCol, "label");
    setDefault(seed, (long) getClass().getName().hashCode());
  }

  /** Returns what to do to {@code dataset}, whose schema is right. */
  abstract Resampling plan(Dataset<?> dataset);

  /** Returns this sampler, typed. */
  abstract S self();

  @Override
  public String uid() {
    return uid;
  }

  /** Column of class labels, numeric and not null. Default: label. */
  @Override
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Sets {@link #labelCol}. */
  public S setLabelCol(String value) {
    set(labelCol, value);
    return self();
  }

  /**
   * Column that identifies a row and whose hash decides about it: faster than all columns, and
   * needed if one of those is a map. A row without a key is an error where its hash decides.
   * Default: not set, all columns.
   */
  public Param<String> keyCol() {
    return keyCol;
  }

  /** Returns {@link #keyCol}. */
  public String getKeyCol() {
    return getOrDefault(keyCol);
  }

  /** Sets {@link #keyCol}. */
  public S setKeyCol(String value) {
    set(keyCol, value);
    return self();
  }

  /** Logs what a kind of sampling does to the numbers of rows, or that it does nothing. */
  static void log(String kind, SortedMap<?, Long> counts, SortedMap<?, Long> targets) {
    if (targets.equals(counts)) {
      LOG.info("{} changes nothing: class counts are {} already", kind, counts);
    } else {
      LOG.info("{} turns class counts {} into {}", kind, counts, targets);
    }
  }

  /** Returns the key column, or {@code null} when none is set. */
  final String keyColumn() {
    return isDefined(keyCol) && !getKeyCol().isEmpty() ? getKeyCol() : null;
  }

  /** Seed of the row hash. Default: the hash of the class name, as in Spark. */
  @Override
  public LongParam seed() {
    return seed;
  }

  /** Sets {@link #seed}. */
  public S setSeed(long value) {
    set(seed, value);
    return self();
  }

  /** Returns the resampled rows, lazily: what had to be counted is counted now. */
  public Dataset<Row> resample(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return plan(dataset).of(dataset);
  }

  /** Returns the model that resamples {@code dataset}, once, when it is transformed. */
  @Override
  public SamplerModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SamplerModel model = new SamplerModel(uid, dataset, plan(dataset));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (keyColumn() != null) {
      Columns.require(schema, keyColumn(), "keyCol");
    }
    return AddedColumns.of(this).addTo(schema);
  }

  @Override
  @SuppressWarnings("unchecked") // S is this class, and a copy is of the same class
  public S copy(ParamMap extra) {
    return (S) this.<Sampler<S>>defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Scala's hook for the trait's own parameter, which this class creates itself. */
  @Override
  public void org$apache$spark$ml$param$shared$HasSeed$_setter_$seed_$eq(LongParam param) {}
}
