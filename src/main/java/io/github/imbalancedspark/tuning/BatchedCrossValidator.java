package io.github.imbalancedspark.tuning;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;

/**
 * Spark's {@link CrossValidator}, parameters, folds, metrics and model, but the candidates of a
 * fold are trained in shared passes over its rows where the estimator, or the last stage of its
 * pipeline, is an {@link io.github.imbalancedspark.classification.ImbalancedLogisticRegression} and
 * the grid varies nothing else. Anything else is fitted one by one, as Spark does.
 *
 * <p>It is saved as the plain {@link CrossValidator} that it is to any reader; {@link #read} makes
 * a batched one of it again.
 */
public class BatchedCrossValidator extends CrossValidator {

  private static final long serialVersionUID = 1L;

  /** Makes a tuner with a random uid. */
  public BatchedCrossValidator() {
    this(Identifiable$.MODULE$.randomUID("batchedCv"));
  }

  /** Makes a tuner with a given uid. */
  public BatchedCrossValidator(String uid) {
    super(uid);
  }

  @Override
  public CrossValidatorModel fit(Dataset<?> dataset) {
    CrossValidator tuner = plain();
    tuner.setEstimator(new BatchingEstimator<>(getEstimator(), getEstimatorParamMaps(), dataset));
    CrossValidatorModel model = tuner.fit(dataset);
    model.set(model.estimator(), getEstimator());
    return model.setParent(this);
  }

  private CrossValidator plain() {
    CrossValidator plain = new CrossValidator(uid());
    copyValues(plain, ParamMap.empty());
    return plain;
  }

  @Override
  public BatchedCrossValidator copy(ParamMap extra) {
    BatchedCrossValidator copy = new BatchedCrossValidator(uid());
    copyValues(copy, ParamMap.empty());
    CrossValidator copied = super.copy(extra);
    copied.copyValues(copy, ParamMap.empty());
    return copy;
  }

  @Override
  public MLWriter write() {
    return plain().write();
  }

  /** Returns a reader of saved tuners, batched or plain. */
  public static MLReader<CrossValidator> read() {
    return new MLReader<>() {
      @Override
      public CrossValidator load(String path) {
        CrossValidator plain = CrossValidator.load(path);
        BatchedCrossValidator batched = new BatchedCrossValidator(plain.uid());
        plain.copyValues(batched, ParamMap.empty());
        return batched;
      }
    };
  }

  /** Loads a saved tuner. */
  public static BatchedCrossValidator load(String path) {
    return (BatchedCrossValidator) read().load(path);
  }
}
