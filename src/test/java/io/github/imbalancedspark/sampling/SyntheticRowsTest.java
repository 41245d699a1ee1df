package io.github.imbalancedspark.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRow;
import org.junit.jupiter.api.Test;

class SyntheticRowsTest {

  /** A row that counts how often it is copied from. */
  private static final class CountingRow extends GenericRow {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger copies = new AtomicInteger();

    CountingRow(Object... values) {
      super(values);
    }

    @Override
    public Object get(int i) {
      copies.incrementAndGet();
      return super.get(i);
    }
  }

  @Test
  void rowsAreMadeOneByOneAsTheyAreTaken() {
    CountingRow base = new CountingRow("a", Vectors.dense(0));
    Iterator<Row> made =
        new SyntheticRows(
                new Row[] {base, new CountingRow("b", Vectors.dense(1))},
                new long[] {7, 8},
                new double[][] {{0}, {1}},
                new int[][] {{1}, null},
                new long[] {1000, 0},
                new boolean[] {false},
                new boolean[] {true, false},
                1)
            .from(0);

    for (int taken = 1; taken <= 1000; taken++) {
      assertThat(made.next().getString(0)).isEqualTo("a");
      assertThat(base.copies).hasValue(taken);
    }
    assertThat(made.hasNext()).isFalse();
  }
}
