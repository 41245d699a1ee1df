package io.github.imbalancedspark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnDropperTest {

  private final Dataset<Row> table =
      SparkSessions.shared().sql("SELECT 1 AS a, 2 AS `a.b`, 3 AS `c``d`, 4 AS e");

  @Test
  void dropsColumnsByTheirWholeName() {
    ColumnDropper dropper = new ColumnDropper().setInputCols("a.b", "e");
    Dataset<Row> kept = dropper.transform(table);
    assertThat(kept.columns()).containsExactly("a", "c`d");
    assertThat(kept.schema()).isEqualTo(dropper.transformSchema(table.schema()));
    assertThat(kept.head().getInt(1)).isEqualTo(3);
  }

  @Test
  void namesAColumnThatIsMissing() {
    assertThatThrownBy(() -> new ColumnDropper().setInputCols("z").transform(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputCols: there is no column 'z'; the columns are a, a.b, c`d, e");
  }

  @Test
  void savesAndLoads(@TempDir Path folder) throws IOException {
    ColumnDropper dropper = new ColumnDropper("dropper").setInputCols("a.b");
    dropper.write().save(folder.resolve("stage").toString());
    ColumnDropper loaded = ColumnDropper.load(folder.resolve("stage").toString());
    assertThat(loaded.uid()).isEqualTo("dropper");
    assertThat(loaded.getInputCols()).containsExactly("a.b");
  }
}
