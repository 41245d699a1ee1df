package io.github.imbalancedspark.tuning;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;

/** The threshold of whatever classifies. */
final class Thresholds {

  private static final String ONE = "threshold";
  private static final String ONE_PER_CLASS = "thresholds";

  private Thresholds() {}

  /** Returns the stage that decides: of a pipeline the last, of a tuner the one that is tuned. */
  private static Params decider(Params stage) {
    if (stage instanceof Pipeline pipeline && pipeline.getStages().length > 0) {
      return decider(pipeline.getStages()[pipeline.getStages().length - 1]);
    } else if (stage instanceof PipelineModel model && model.stages().length > 0) {
      return decider(model.stages()[model.stages().length - 1]);
    } else if (stage instanceof CrossValidator tuner) {
      return decider(tuner.getEstimator());
    } else if (stage instanceof CrossValidatorModel model) {
      return decider(model.bestModel());
    } else if (stage instanceof TrainValidationSplit tuner) {
      return decider(tuner.getEstimator());
    } else if (stage instanceof TrainValidationSplitModel model) {
      return decider(model.bestModel());
    } else if (stage instanceof ThresholdTuner<?> tuner) {
      return decider(tuner.getEstimator());
    } else {
      return stage;
    }
  }

  /**
   * Checks that an estimator's model will have a threshold.
   *
   * @throws IllegalArgumentException if not
   */
  static void require(Params estimator) {
    Params decider = decider(estimator);
    if (!decider.hasParam(ONE) && !decider.hasParam(ONE_PER_CLASS)) {
      throw new IllegalArgumentException(
          String.format(
              "estimator: %s has neither a threshold nor thresholds; give a classifier, or a"
                  + " pipeline that ends in one",
              decider.uid()));
    }
  }

  /**
   * Makes {@code model} predict 1 where the probability is above {@code threshold}. A classifier
   * that has only one threshold a class predicts the class with the largest p/t: with [1 − t, t]
   * that is 1 where p &gt; t.
   */
  static void set(Params model, double threshold) {
    Params decider = decider(model);
    if (decider.hasParam(ONE_PER_CLASS)) {
      decider.clear(decider.getParam(ONE_PER_CLASS));
    }
    if (decider.hasParam(ONE)) {
      decider.set(decider.getParam(ONE), threshold);
    } else {
      decider.set(decider.getParam(ONE_PER_CLASS), new double[] {1 - threshold, threshold});
    }
  }
}
