package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.core.sampling.SamplingMethod;
import io.github.imbalancedspark.sampling.Smote;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.sampling.WeightedSampler;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;

/** What can be done about imbalance. Samplers make both classes equally large. */
enum Remedy {
  NOTHING("nothing"),
  INVERSE_FREQUENCY("inverse frequency") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return weighter("inverseFrequency", columns);
    }
  },
  SMOOTHED_INVERSE_FREQUENCY("smoothed inverse") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return weighter("smoothedInverseFrequency", columns);
    }
  },
  EFFECTIVE_NUMBER("effective number") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return weighter("effectiveNumber", columns);
    }
  },
  POS_WEIGHT("posWeight auto") {
    @Override
    void configure(ImbalancedLogisticRegression learner) {
      learner.setAutoPosWeight(true);
    }
  },
  UNDER_SAMPLING("under-sampling") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return resampler(SamplingMethod.UNDER, columns, seed);
    }
  },
  OVER_SAMPLING("over-sampling") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return resampler(SamplingMethod.OVER, columns, seed);
    }
  },
  SMOTE("SMOTE") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return new Smote()
          .setLabelCol(columns.label())
          .setFeaturesCol(columns.features())
          .setFewerNeighbors(true)
          .setSyntheticCol("")
          .setSeed(seed);
    }
  },
  WEIGHTED_SAMPLING("weighted sampling") {
    @Override
    PipelineStage stage(Columns columns, long seed) {
      return new WeightedSampler().setLabelCol(columns.label()).setBalanced(true).setSeed(seed);
    }
  },
  FOCAL("focal loss") {
    @Override
    void configure(ImbalancedLogisticRegression learner) {
      learner.setLoss("focal");
    }
  };

  /** So that a penalty means the same with every strategy. */
  private static final String NORMALIZATION = "meanOne";

  private final String title;

  Remedy(String title) {
    this.title = title;
  }

  /**
   * Names of columns.
   *
   * @param label the label, 0 and 1
   * @param features the feature vector
   * @param weight the user's row weights, or {@code null}
   * @param classWeight where a weighting stage may write
   */
  record Columns(String label, String features, String weight, String classWeight) {}

  /** Returns what to call it. */
  String title() {
    return title;
  }

  /** Returns whether it puts rows between others. */
  boolean isSynthetic() {
    return this == SMOTE;
  }

  /** Returns the stages of a pipeline that applies it: what stands before the learner, and that. */
  PipelineStage[] stages(ImbalancedLogisticRegression learner, Columns columns, long seed) {
    List<PipelineStage> stages = new ArrayList<>();
    PipelineStage before = stage(columns, seed);
    if (before != null) {
      stages.add(before);
    }
    if (before instanceof ClassWeighter) {
      learner.setWeightCol(columns.classWeight());
    }
    configure(learner);
    stages.add(learner);
    return stages.toArray(new PipelineStage[0]);
  }

  /** Returns the stage before the learner, or {@code null}. */
  PipelineStage stage(Columns columns, long seed) {
    return null;
  }

  /** Sets what the learner itself does about it. */
  void configure(ImbalancedLogisticRegression learner) {}

  private static ClassWeighter weighter(String strategy, Columns columns) {
    ClassWeighter weighter =
        new ClassWeighter()
            .setLabelCol(columns.label())
            .setOutputCol(columns.classWeight())
            .setStrategy(strategy)
            .setNormalization(NORMALIZATION);
    return columns.weight() == null ? weighter : weighter.setWeightCol(columns.weight());
  }

  private static StratifiedResampler resampler(SamplingMethod method, Columns columns, long seed) {
    return new StratifiedResampler()
        .setLabelCol(columns.label())
        .setMethod(method.paramValue())
        .setSeed(seed);
  }
}
