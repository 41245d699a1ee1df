package io.github.imbalancedspark.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"1100,1100", "8192,8192", "9000,8192", "40000,10000"})
  void fullPartitionsOfFilesAreJoinedByFoursWhereThereAreThousands(int partitions, int joined) {
    Dataset<Long> oneRowEach = SparkSessions.shared().range(0, partitions, 1, partitions);
    withFilePartitions(
        "8b", () -> assertThat(InternalRows.of(oneRowEach).getNumPartitions()).isEqualTo(joined));
  }

  /** Eight a core up to 8,192 of them, and two a core where that is more. */
  @ParameterizedTest
  @CsvSource({
    "0,2,1024",
    "0,200,1600",
    "0,1024,8192",
    "0,1100,8192",
    "0,4000,8192",
    "0,5000,10000",
    "59605,1000,14902",
    "59605,4000,14902",
    "59605,10000,20000",
    "9000,4000,8192"
  })
  void thousandsOfCoresDoNotCostEightTasksEach(double filled, long cores, long most) {
    assertThat(InternalRows.mostPartitions(filled, cores)).isEqualTo(most);
  }

  private static void withFilePartitions(String bytes, Runnable check) {
    SQLConf conf = SparkSessions.shared().sessionState().conf();
    conf.setConfString("spark.sql.files.maxPartitionBytes", bytes);
    try {
      check.run();
    } finally {
      conf.unsetConf("spark.sql.files.maxPartitionBytes");
    }
  }
}
