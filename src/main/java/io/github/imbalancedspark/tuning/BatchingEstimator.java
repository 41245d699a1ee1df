package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.internal.ScalaLists;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Stands in for an estimator inside one of Spark's tuners, which ask for one model at a time: the
 * first request on a training set fits the models of all candidates in shared passes, and the later
 * ones find theirs waiting. It does so where the estimator, or the last stage of its pipeline, is
 * an {@link ImbalancedLogisticRegression} whose parameters alone the candidates change; anything
 * else is fitted one by one, as Spark would.
 */
final class BatchingEstimator<M extends Model<M>> extends Estimator<M> {

  private static final long serialVersionUID = 1L;

  /** The models of all candidates on one training set, and how many have been asked for. */
  private static final class Batch<M> {
    private final IdentityHashMap<ParamMap, M> models = new IdentityHashMap<>();
    private int taken;
  }

  private final transient Estimator<M> estimator;
  private final transient ParamMap[] candidates;
  private final transient Dataset<?> whole;
  private final transient IdentityHashMap<Dataset<?>, Batch<M>> waiting = new IdentityHashMap<>();

  /**
   * Makes a stand-in.
   *
   * @param whole the dataset that the tuner refits the winner on, which needs no batch
   */
  BatchingEstimator(Estimator<M> estimator, ParamMap[] candidates, Dataset<?> whole) {
    this.estimator = estimator;
    this.candidates = candidates;
    this.whole = whole;
  }

  @Override
  public String uid() {
    return estimator.uid();
  }

  @Override
  public M fit(Dataset<?> dataset) {
    return estimator.fit(dataset);
  }

  @Override
  public M fit(Dataset<?> dataset, ParamMap candidate) {
    if (dataset == whole || !canBatch()) {
      return estimator.fit(dataset, candidate);
    }
    synchronized (waiting) {
      Batch<M> batch = waiting.computeIfAbsent(dataset, this::fitAll);
      batch.taken++;
      if (batch.taken == candidates.length) {
        waiting.remove(dataset);
      }
      return batch.models.get(candidate);
    }
  }

  private boolean canBatch() {
    ImbalancedLogisticRegression learner = CandidateFits.learnerOf(estimator);
    return learner != null
        && Arrays.stream(candidates)
            .flatMap(candidate -> ScalaLists.asJava(candidate.toSeq()).stream())
            .allMatch(pair -> pair.param().parent().equals(learner.uid()));
  }

  private Batch<M> fitAll(Dataset<?> dataset) {
    CandidateFits fits = CandidateFits.of(estimator, candidates, dataset);
    Batch<M> batch = new Batch<>();
    for (int k = 0; k < candidates.length; k++) {
      batch.models.put(candidates[k], fits.model(estimator, k));
    }
    return batch;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return estimator.transformSchema(schema);
  }

  @Override
  public BatchingEstimator<M> copy(ParamMap extra) {
    return new BatchingEstimator<>(estimator.copy(extra), candidates, whole);
  }
}
