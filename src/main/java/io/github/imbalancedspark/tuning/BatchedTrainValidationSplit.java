package io.github.imbalancedspark.tuning;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;

/**
 * Spark's {@link TrainValidationSplit}, parameters, split, metrics and model, but the candidates
 * are trained in shared passes over the rows where the estimator, or the last stage of its
 * pipeline, is an {@link io.github.imbalancedspark.classification.ImbalancedLogisticRegression} and
 * the grid varies nothing else. Anything else is fitted one by one, as Spark does.
 *
 * <p>It is saved as the plain {@link TrainValidationSplit} that it is to any reader; {@link #read}
 * makes a batched one of it again.
 */
public class BatchedTrainValidationSplit extends TrainValidationSplit {

  private static final long serialVersionUID = 1L;

  /** Makes a tuner with a random uid. */
  public BatchedTrainValidationSplit() {
    this(Identifiable$.MODULE$.randomUID("batchedTvs"));
  }

  /** Makes a tuner with a given uid. */
  public BatchedTrainValidationSplit(String uid) {
    super(uid);
  }

  @Override
  public TrainValidationSplitModel fit(Dataset<?> dataset) {
    TrainValidationSplit tuner = plain();
    tuner.setEstimator(new BatchingEstimator<>(getEstimator(), getEstimatorParamMaps(), dataset));
    TrainValidationSplitModel model = tuner.fit(dataset);
    model.set(model.estimator(), getEstimator());
    return model.setParent(this);
  }

  private TrainValidationSplit plain() {
    TrainValidationSplit plain = new TrainValidationSplit(uid());
    copyValues(plain, ParamMap.empty());
    return plain;
  }

  @Override
  public BatchedTrainValidationSplit copy(ParamMap extra) {
    BatchedTrainValidationSplit copy = new BatchedTrainValidationSplit(uid());
    copyValues(copy, ParamMap.empty());
    TrainValidationSplit copied = super.copy(extra);
    copied.copyValues(copy, ParamMap.empty());
    return copy;
  }

  @Override
  public MLWriter write() {
    return plain().write();
  }

  /** Returns a reader of saved tuners, batched or plain. */
  public static MLReader<TrainValidationSplit> read() {
    return new MLReader<>() {
      @Override
      public TrainValidationSplit load(String path) {
        TrainValidationSplit plain = TrainValidationSplit.load(path);
        BatchedTrainValidationSplit batched = new BatchedTrainValidationSplit(plain.uid());
        plain.copyValues(batched, ParamMap.empty());
        return batched;
      }
    };
  }

  /** Loads a saved tuner. */
  public static BatchedTrainValidationSplit load(String path) {
    return (BatchedTrainValidationSplit) read().load(path);
  }
}
