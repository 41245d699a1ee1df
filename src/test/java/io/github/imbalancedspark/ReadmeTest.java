package io.github.imbalancedspark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.evaluation.ImbalancedBinaryEvaluator;
import io.github.imbalancedspark.sampling.Smote;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import io.github.imbalancedspark.sampling.WeightedSampler;
import io.github.imbalancedspark.tuning.ThresholdTuner;
import io.github.imbalancedspark.weighting.ClassWeighter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's parameter tables are what the stages say of themselves. */
class ReadmeTest {

  static Params[] stages() {
    return new Params[] {
      new ImbalancedLogisticRegression(),
      new ClassWeighter(),
      new StratifiedResampler(),
      new WeightedSampler(),
      new Smote(),
      new ImbalancedBinaryEvaluator(),
      new ThresholdTuner<PipelineModel>()
    };
  }

  @ParameterizedTest
  @MethodSource("stages")
  void parameterTableIsCurrent(Params stage) throws Exception {
    assertThat(Files.readString(Path.of("README.md"))).contains(table(stage));
  }

  private static String table(Params stage) {
    return Arrays.stream(stage.params())
        .map(param -> row(stage, param))
        .collect(Collectors.joining("\n", "| parameter | default | |\n|---|---|---|\n", "\n"));
  }

  private static String row(Params stage, Param<?> param) {
    return String.format("| `%s` | %s | %s |", param.name(), defaultOf(stage, param), param.doc());
  }

  private static <T> String defaultOf(Params stage, Param<T> param) {
    if (!stage.hasDefault(param)) {
      return "";
    }
    T value = stage.getDefault(param).get();
    String text = value.getClass().isArray() ? param.jsonEncode(value) : value.toString();
    return text.contains(stage.uid()) ? "" : "`" + text + "`";
  }
}
