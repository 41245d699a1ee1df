package io.github.imbalancedspark.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Something to measure side by side with what Spark has for it. */
interface BenchmarkCase {

  /** Every case, in the order in which they run. */
  List<BenchmarkCase> ALL =
      Stream.<List<? extends BenchmarkCase>>of(
              FitCase.ALL,
              ScoreCase.ALL,
              EvaluateCase.ALL,
              SamplingCase.ALL,
              SmoteCase.ALL,
              List.of(new OddsCase()))
          .flatMap(List::stream)
          .map(BenchmarkCase.class::cast)
          .toList();

  /** Returns what to call it. */
  String name();

  /** Makes ready what is not to be measured, such as the data, kept in {@code folder}. */
  Comparison prepare(SparkSession spark, String folder) throws IOException;

  static BenchmarkCase named(String name) {
    return ALL.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no case is called "
                        + name
                        + "; there are "
                        + ALL.stream().map(BenchmarkCase::name).toList()));
  }
}
