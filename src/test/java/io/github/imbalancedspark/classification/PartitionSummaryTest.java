package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.support.DenseRows;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The summary of rows, of few features and of very many. */
class PartitionSummaryTest {

  private static final int ROWS = 8;
  private static final int MANY = 1 << 21;

  private static final int PARTITIONS = 5;
  private static final int OTHERS = PARTITIONS - 1;

  /** From here on, in doubles, one more makes no difference, and four more do. */
  private static final double HUGE = 0x1p53;

  /** What the partition that is to end last waits for; tasks run in this process. */
  private static CountDownLatch othersEnded;

  /** Row i has the value i + 1 in the feature i, and the value 1 in the last one. */
  private static Dataset<Row> rows(int features, int lastSize, int partitions) {
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> {
                  int size = i == ROWS - 1 ? lastSize : features;
                  return RowFactory.create(
                      (double) (i % 2),
                      Vectors.sparse(size, new int[] {i, size - 1}, new double[] {i + 1, 1}));
                })
            .toList();
    return SparkSessions.shared()
        .createDataFrame(
            rows,
            new StructType()
                .add("label", DataTypes.DoubleType)
                .add("features", SQLDataTypes.VectorType()))
        .repartition(partitions);
  }

  private static BlockSummary summary(Dataset<Row> rows) {
    TrainingColumns columns = TrainingColumns.of(rows, "label", null, "features", null);
    try (TrainingBlocks blocks = TrainingBlocks.read(rows, columns, 1 << 20, 2)) {
      return blocks.summary();
    }
  }

  @ParameterizedTest
  @CsvSource({"100,1", "2097152,2"})
  void rowsOfVeryManyFeaturesAreSummarisedInAJobOfTheirOwn(int features, int jobs)
      throws Exception {
    Dataset<Row> rows = rows(features, features, 4).localCheckpoint();
    AtomicReference<BlockSummary> summary = new AtomicReference<>();

    assertThat(SparkJobs.of(() -> summary.set(summary(rows)))).isEqualTo(jobs);

    assertThat(summary.get().rows()).isEqualTo(ROWS);
    assertThat(summary.get().positiveWeight()).isEqualTo(ROWS / 2.0);
    assertThat(summary.get().features()).isEqualTo(features);
    double[] means = summary.get().means();
    assertThat(IntStream.range(0, ROWS).mapToDouble(i -> means[i]).toArray())
        .containsExactly(
            IntStream.range(0, ROWS).mapToDouble(i -> (i + 1) / (double) ROWS).toArray());
    assertThat(means[features - 1]).isEqualTo(1);
  }

  @Test
  void sizesThatDifferAreFoundBesideVeryManyFeatures() {
    assertThatThrownBy(() -> summary(rows(MANY, 50, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("50")
        .hasMessageContaining(Integer.toString(MANY));
  }

  /** One row of weight {@code weight}. */
  private static Block block(double weight) {
    DenseBlockBuilder block = new DenseBlockBuilder(1, 1 << 10, true);
    DenseRows.add(block, 1, weight, 1);
    return block.take();
  }

  /** Returns the summary of partitions of which {@code last} ends after all others have. */
  private static BlockSummary summaryOf(int huge, int last) {
    SparkContext context = SparkSessions.shared().sparkContext();
    othersEnded = new CountDownLatch(OTHERS);
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            othersEnded.countDown();
          }
        };
    JavaRDD<CachedBlock> blocks =
        JavaSparkContext.fromSparkContext(context)
            .parallelize(IntStream.range(0, PARTITIONS).boxed().toList(), PARTITIONS)
            .map(
                partition -> {
                  if (partition == last) {
                    assertThat(othersEnded.await(1, TimeUnit.MINUTES)).isTrue();
                  }
                  return new CachedBlock(block(partition == huge ? HUGE : 1));
                });
    context.addSparkListener(listener);
    try {
      return PartitionSummary.of(BlockPartition.of(blocks), 2, () -> {});
    } finally {
      context.removeSparkListener(listener);
    }
  }

  @Test
  void isTheSameWhicheverPartitionEndsLast() {
    for (int last : new int[] {0, OTHERS}) {
      assertThat(summaryOf(0, last).weightSum()).isEqualTo(HUGE);
      assertThat(summaryOf(OTHERS, last).weightSum()).isEqualTo(HUGE + OTHERS);
    }
  }
}
