package io.github.imbalancedspark.jobs;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Parts of pipelines, and pipelines of parts. */
final class Pipelines {

  private Pipelines() {}

  /** Returns the stages before the last one. */
  static Pipeline withoutLast(Pipeline pipeline) {
    PipelineStage[] stages = pipeline.getStages();
    return new Pipeline().setStages(Arrays.copyOf(stages, stages.length - 1));
  }

  /**
   * Returns fitted stages, those of pipelines one by one, as one model.
   *
   * @param rows any that the first stage takes
   */
  static PipelineModel joined(Dataset<Row> rows, Transformer... parts) {
    PipelineStage[] stages =
        Arrays.stream(parts)
            .flatMap(
                part ->
                    part instanceof PipelineModel model
                        ? Arrays.stream(model.stages())
                        : Stream.of(part))
            .toArray(PipelineStage[]::new);
    return new Pipeline().setStages(stages).fit(rows); // of fitted stages: none is fitted again
  }
}
