package io.github.imbalancedspark;

import io.github.imbalancedspark.support.Frames;
import io.github.imbalancedspark.support.SampleRows;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A hundred thousand partitions, nearly all of them empty, change nothing about the outcome of a
 * fit, of resampling and of an evaluation.
 */
@Tag("long")
class ManyPartitionsIT {

  private static final int PARTITIONS = 100_000;

  private static final Set<String> STAGES =
      Set.of(
          "ImbalancedLogisticRegression",
          "StratifiedResampler",
          "Smote",
          "ImbalancedBinaryEvaluator");

  /** Room for the order in which partitions are summed. */
  private static final double ROUNDING = 1e-9;

  @TestFactory
  Stream<DynamicTest> nothingChanges() {
    Dataset<Row> rows = SampleRows.make();
    Dataset<Row> scattered = SampleRows.make(PARTITIONS);
    return Worker.all().stream()
        .filter(worker -> STAGES.contains(worker.name()))
        .map(
            worker ->
                DynamicTest.dynamicTest(
                    worker.name(),
                    () ->
                        Frames.assertSame(
                            worker.of(Worker.Names.PLAIN, scattered).coalesce(1),
                            worker.of(Worker.Names.PLAIN, rows),
                            ROUNDING)));
  }
}
