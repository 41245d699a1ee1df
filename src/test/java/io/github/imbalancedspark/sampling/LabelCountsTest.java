package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.internal.InternalRows;
import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels counted in the columnar batches of a Parquet file, and row by row. */
class LabelCountsTest {

  @TempDir private Path folder;

  private static Dataset<Row> rowByRow(String label) {
    return SparkSessions.shared()
        .range(0, 10_000, 1, 3)
        .withColumn("label", expr(label))
        .select("id", "label");
  }

  private Dataset<Row> inBatches(String label) {
    String path = folder.resolve("rows").toString();
    rowByRow(label).write().parquet(path);
    Dataset<Row> rows = SparkSessions.shared().read().parquet(path);
    assertThat(InternalRows.batchesOf(rows.select("label"))).isPresent();
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "int", "bigint", "float", "smallint", "decimal(4,1)", "string"})
  void everyLabelIsCounted(String type) {
    String label = "cast(if(id % 100 = 7 or id > 9990, 3, -2) as " + type + ")";
    Map<Object, Long> expected = Map.of(value(type, 3), 109L, value(type, -2), 9_891L);

    assertThat(LabelCounts.of(rowByRow(label), "label")).isEqualTo(expected);
    assertThat(LabelCounts.of(inBatches(label), "label")).isEqualTo(expected);
  }

  private static Object value(String type, int label) {
    return switch (type) {
      case "double" -> (double) label;
      case "int" -> label;
      case "bigint" -> (long) label;
      case "float" -> (float) label;
      case "smallint" -> (short) label;
      case "string" -> Integer.toString(label);
      default -> new java.math.BigDecimal(label + ".0");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"double", "float"})
  void minusZeroIsZero(String type) {
    String label = "cast(if(id % 2 = 0, -0.0D, 0.0D) as " + type + ")";

    assertThat(LabelCounts.of(rowByRow(label), "label").values()).containsExactly(10_000L);
    assertThat(LabelCounts.of(inBatches(label), "label").values()).containsExactly(10_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "if(id = 5000, null, 1.0D); column 'label' holds null; label or drop these rows",
        "if(id = 5000, null, 1); column 'label' holds null; label or drop these rows",
        "if(id = 5000, double('NaN'), 1); column 'label' holds NaN; label or drop these rows",
        "if(id = 5000, double('-Infinity'), 1); column 'label' holds -Infinity; label or drop",
        "if(id = 5000, 9007199254740993, 1); column 'label' holds 9007199254740993; from 2^53 on",
        "id; column 'label' holds more than 1000 different labels; is it a class label?",
        "double(id); column 'label' holds more than 1000 different labels; is it a class label?",
      })
  void whatIsNoClassIsRefused(String label, String message) {
    Dataset<Row> batches = inBatches(label);

    assertThatThrownBy(() -> LabelCounts.of(rowByRow(label), "label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("labelCol: " + message);
    assertThatThrownBy(() -> LabelCounts.of(batches, "label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("labelCol: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0D", "1"})
  void noRowsAreRefused(String label) {
    Dataset<Row> none = inBatches(label).limit(0);

    assertThatThrownBy(() -> LabelCounts.of(none, "label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data has no rows: check the input path and its filters");
  }
}
