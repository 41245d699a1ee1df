package io.github.imbalancedspark.sampling;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/**
 * Whether a pipeline is being fitted that holds another one. The inner one is fitted by itself, and
 * then scored for the rows of the outer one's next stage, which a model cannot tell from any other
 * scoring but by who called.
 */
final class NestedFit {

  private static final String FIT = "org.apache.spark.ml.Pipeline";
  private static final String SCORING = "org.apache.spark.ml.PipelineModel";

  /** What Spark has between a stage and the pipeline that calls it. */
  private static final List<String> BETWEEN =
      List.of(
          "scala.", "java.", "jdk.", "org.apache.spark.ml.MLEvents", "org.apache.spark.ml.util.");

  private NestedFit() {}

  /** Returns whether {@code stage}, a model, is called by a pipeline's model that a fit called. */
  static boolean calls(Class<?> stage) {
    String fittedBy =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackFrame::getClassName)
                        .filter(name -> BETWEEN.stream().noneMatch(name::startsWith))
                        .dropWhile(name -> !name.equals(stage.getName()))
                        .dropWhile(name -> name.equals(stage.getName()))
                        .dropWhile(name -> !name.equals(SCORING))
                        .dropWhile(name -> name.equals(SCORING))
                        .findFirst()
                        .orElse(""));
    return fittedBy.equals(FIT);
  }
}
