package io.github.imbalancedspark.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;

class InternalRowsTest {

  private static final int MANY = 1100;
  private static final long ROWS = 2000;

  private static Dataset<Long> rows(int partitions) {
    return SparkSessions.shared().range(0, ROWS, 1, partitions);
  }

  private static long sum(JavaRDD<InternalRow> rows) {
    return rows.map(row -> row.getLong(0)).reduce(Long::sum);
  }

  @Test
  void fewPartitionsStayAsTheyAre() {
    assertThat(InternalRows.of(rows(7)).getNumPartitions()).isEqualTo(7);
  }

  @Test
  void manySmallPartitionsAreJoined() {
    JavaRDD<InternalRow> joined = InternalRows.of(rows(MANY));
    assertThat(joined.getNumPartitions()).isLessThan(MANY);
    List<Integer> sizes =
        joined
            .mapPartitions(
                part -> {
                  int size = 0;
                  for (; part.hasNext(); part.next()) {
                    size++;
                  }
                  return List.of(size).iterator();
                })
            .collect();
    assertThat(sizes).allMatch(size -> size <= 2 * (ROWS / MANY + 1));
    assertThat(sum(joined)).isEqualTo(ROWS * (ROWS - 1) / 2);
  }

  @Test
  void partitionsThatAreFullByTheEstimateStayAsTheyAre() {
    SQLConf conf = SparkSessions.shared().sessionState().conf();
    conf.setConfString("spark.sql.files.maxPartitionBytes", "8b");
    try {
      assertThat(InternalRows.of(rows(MANY)).getNumPartitions()).isEqualTo(MANY);
    } finally {
      conf.unsetConf("spark.sql.files.maxPartitionBytes");
    }
  }
}
