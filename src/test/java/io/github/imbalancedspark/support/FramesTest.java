package io.github.imbalancedspark.support;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Console;

/** The comparison itself has to tell rows apart. */
class FramesTest {

  private static final Dataset<Row> ROWS = SampleRows.make().drop("other.column");

  @Test
  void orderPartitionsAndSmallDifferencesDoNotMatter() {
    Frames.assertSame(ROWS.orderBy(expr("-id")).repartition(4), ROWS, 0);
    Frames.assertSame(ROWS.withColumn("weight", expr("weight + 1e-3")), ROWS, 1e-2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weight   | if(id = 77, weight + 1e-3, weight)",
        "weight   | if(id = 77, double('NaN'), weight)",
        "weight   | if(id = 77, null, weight)",
        "features | if(id = 77, element_at(collect_list(features) over (), 1), features)",
        "new      | 1",
      })
  void aDifferenceInOneValueIsSeen(String column, String sql) {
    Dataset<Row> other = ROWS.withColumn(column, expr(sql));
    assertThatThrownBy(() -> quietly(() -> Frames.assertSame(other, ROWS, 1e-4)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void missingRowsAreSeen() {
    assertThatThrownBy(() -> Frames.assertSame(ROWS.filter("id < 119"), ROWS, 1e-4))
        .isInstanceOf(AssertionError.class);
  }

  /** Without the table of differing rows that the comparison prints. */
  private static void quietly(Runnable comparison) {
    Console.withOut(
        OutputStream.nullOutputStream(),
        () -> {
          comparison.run();
          return null;
        });
  }
}
