package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.internal.StageIo;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resamples exactly once: the very Dataset object that the {@link Sampler} was fitted on, the first
 * time it is transformed, which is what {@code Pipeline.fit} does with it. Every other dataset,
 * every later call and every copied, saved or loaded model passes all rows through. So a plain
 * {@code Pipeline} trains on resampled rows and scores, validates and tests on real ones.
 *
 * <p>The sampler must stand in the same {@code Pipeline} as the learner that it feeds: a pipeline
 * inside a pipeline is scored, not fitted, on its way to the outer one's next stage. A warning says
 * so.
 *
 * <p>The columns that the sampler adds are there in both cases. On rows passed through the weight
 * is what it was or 1, and no row is synthetic.
 */
public class SamplerModel extends Model<SamplerModel> implements MLWritable {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SamplerModel.class);

  private final String uid;
  private final Param<String> weightCol;
  private final Param<String> syntheticCol;
  private final transient AtomicReference<Fitted> fitted;

  /** The dataset, held weakly so that a kept model does not keep it, and what to do to it. */
  private record Fitted(WeakReference<Dataset<?>> dataset, Resampling resampling) {}

  /** Makes a model that passes all rows through. */
  public SamplerModel() {
    this(Identifiable$.MODULE$.randomUID("samplerModel"));
  }

  /** Makes a model, with a given uid, that passes all rows through. */
  public SamplerModel(String uid) {
    this(uid, new AtomicReference<>());
  }

  SamplerModel(String uid, Dataset<?> dataset, Resampling resampling) {
    this(uid, new AtomicReference<>(new Fitted(new WeakReference<>(dataset), resampling)));
  }

  private SamplerModel(String uid, AtomicReference<Fitted> fitted) {
    this.uid = uid;
    this.weightCol = new Param<>(this, "weightCol", "column of weights that the sampler writes");
    this.syntheticCol =
        new Param<>(this, "syntheticCol", "column that says which rows are synthetic");
    this.fitted = fitted;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of weights that the sampler writes. Default: not set, none. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Returns {@link #weightCol}. */
  public String getWeightCol() {
    return getOrDefault(weightCol);
  }

  /** Column that says which rows are synthetic. Default: not set, none. */
  public Param<String> syntheticCol() {
    return syntheticCol;
  }

  /** Returns {@link #syntheticCol}. */
  public String getSyntheticCol() {
    return getOrDefault(syntheticCol);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Fitted once = fitted == null ? null : fitted.get(); // null after Java serialization
    if (once != null && once.dataset.get() == dataset && fitted.compareAndSet(once, null)) {
      return once.resampling.of(dataset);
    }
    if (NestedFit.calls(SamplerModel.class)) {
      LOG.warn(
          "{}: a pipeline inside a pipeline passes its rows on as they are, so that stages after it"
              + " are not fitted to resampled ones; a sampler belongs into the learner's own pipeline",
          uid);
    }
    return AddedColumns.of(this).addTo(dataset);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return AddedColumns.of(this).addTo(schema);
  }

  @Override
  public SamplerModel copy(ParamMap extra) {
    return copyValues(new SamplerModel(uid), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return StageIo.writer(this);
  }

  /** Returns a reader of saved models. */
  public static MLReader<SamplerModel> read() {
    return StageIo.reader(SamplerModel.class, uid -> new SamplerModel(uid));
  }

  /** Loads a saved model. */
  public static SamplerModel load(String path) {
    return read().load(path);
  }
}
