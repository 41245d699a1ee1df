package io.github.imbalancedspark.tuning;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;

/**
 * The models of candidates that differ in the learner's parameters alone: the stages before it are
 * fitted once, and the learner fits all of them in shared passes.
 *
 * @param before the fitted stages before the learner
 * @param models the learner's models, in the order of the candidates
 */
record CandidateFits(List<Transformer> before, List<ImbalancedLogisticRegressionModel> models) {

  /** Returns the estimator, or the last stage of the pipeline, if it is our learner, else null. */
  static ImbalancedLogisticRegression learnerOf(Estimator<?> estimator) {
    PipelineStage last = estimator;
    if (estimator instanceof Pipeline pipeline && pipeline.getStages().length > 0) {
      last = pipeline.getStages()[pipeline.getStages().length - 1];
    }
    return last instanceof ImbalancedLogisticRegression learner ? learner : null;
  }

  /** Fits an estimator that {@link #learnerOf} finds a learner in. */
  static CandidateFits of(Estimator<?> estimator, ParamMap[] candidates, Dataset<?> dataset) {
    Dataset<?> current = dataset;
    List<Transformer> before = new ArrayList<>();
    if (estimator instanceof Pipeline pipeline) {
      PipelineStage[] stages = pipeline.getStages();
      for (int k = 0; k < stages.length - 1; k++) {
        Transformer stage =
            stages[k] instanceof Estimator<?> unfitted
                ? unfitted.fit(current)
                : (Transformer) stages[k];
        before.add(stage);
        current = stage.transform(current);
      }
    }
    return new CandidateFits(before, learnerOf(estimator).fit(current, candidates));
  }

  /** Returns the factor of the positive class's loss in a candidate's fit. */
  double posWeight(int candidate) {
    return models.get(candidate).trainedClassWeights()[1];
  }

  /** Returns the candidates in the order of their posWeight, one of those that have the same. */
  CandidateFits byPosWeight() {
    SortedMap<Double, ImbalancedLogisticRegressionModel> sorted = new TreeMap<>();
    for (int k = 0; k < models.size(); k++) {
      sorted.putIfAbsent(posWeight(k), models.get(k));
    }
    return new CandidateFits(before, List.copyOf(sorted.values()));
  }

  /** Returns one of the candidates alone. */
  CandidateFits only(int candidate) {
    return new CandidateFits(before, List.of(models.get(candidate)));
  }

  /** Returns rows as the stages before the learner make them. */
  Dataset<?> prepare(Dataset<?> rows) {
    Dataset<?> current = rows;
    for (Transformer stage : before) {
      current = stage.transform(current);
    }
    return current;
  }

  /** Returns a candidate's model: the learner's, or a pipeline's, which {@code estimator} is. */
  @SuppressWarnings("unchecked")
  <M extends Model<M>> M model(Estimator<M> estimator, int candidate) {
    if (!(estimator instanceof Pipeline pipeline)) {
      return (M) models.get(candidate);
    }
    List<Transformer> stages = new ArrayList<>(before);
    stages.add(models.get(candidate));
    return (M)
        new PipelineModel(pipeline.uid(), stages.toArray(new Transformer[0])).setParent(pipeline);
  }
}
