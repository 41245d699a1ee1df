package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.internal.Carried;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sums come to the driver. */
class SumTreeTest {

  private static final long DRIVER_BYTES = Carried.MOST_DRIVER_BYTES;
  private static final long WIDE = 8L << 24;

  private final SparkContext context = SparkSessions.shared().sparkContext();

  private JavaRDD<BlockPartition> partitions(int count) {
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, count).boxed().toList(), count)
        .map(number -> new BlockPartition(number, Collections.emptyIterator()));
  }

  /** Returns how many tasks each stage of the sum has, the last one's at the end. */
  private List<Integer> tasks(SumTree tree, int partitions) throws Exception {
    return SparkJobs.tasksByStage(
        () ->
            assertThat(tree.reduce(partitions(partitions), part -> part.number() + 1, Integer::sum))
                .isEqualTo(partitions * (partitions + 1) / 2));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "5,2", "6,2", "9,2", "17,2", "40,2", "17,3", "40,3", "17,4", "40,5"})
  void sparkLeavesAsManySumsAsIsThought(int partitions, int depth) throws Exception {
    List<Integer> tasks = tasks(new SumTree(depth, false), partitions);

    assertThat(tasks.get(tasks.size() - 1)).isEqualTo(SumTree.toDriver(partitions, depth));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "7,2", "17,3", "40,5"})
  void oneSumComesToTheDriverIfAnExecutorEndsIt(int partitions, int depth) throws Exception {
    List<Integer> tasks = tasks(new SumTree(depth, true), partitions);

    assertThat(tasks.get(tasks.size() - 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "8,2", "1000,2", "1000,3", "62500,2"})
  void smallSumsComeToTheDriverAtOnce(int partitions, int leastDepth) throws Exception {
    assertThat(SumTree.of(partitions, 16, 1000, leastDepth)).isEqualTo(SumTree.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void withoutTreeThereIsOneStage(int partitions) throws Exception {
    assertThat(tasks(SumTree.NONE, partitions)).containsExactly(partitions);
  }

  @Test
  void withoutTreeSumsAreMergedInThePartitionsOrder() {
    List<String> letters = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
    JavaRDD<BlockPartition> partitions = partitions(letters.size());
    PartitionSums.Sum<String> letter = partition -> letters.get(partition.number());

    assertThat(SumTree.NONE.reduce(partitions, letter, String::concat)).isEqualTo("abcdefghi");
    assertThat(SumTree.NONE.reduce(partitions.coalesce(2), letter, String::concat))
        .isEqualTo("abcdefghi");
  }

  @ParameterizedTest
  @CsvSource({"2,2", "5,2", "8,2", "1000,2", "62500,2", "62500,3"})
  void theDriverIsNeverSentMoreThanItCanHold(int partitions, int leastDepth) {
    for (long bytes = 8; bytes <= WIDE; bytes *= 2) {
      SumTree tree = SumTree.of(partitions, partitions, bytes, leastDepth);
      long sent = bytes * SumTree.toDriver(partitions, tree.depth());
      assertThat(tree.endsOnExecutor()).isEqualTo(sent > DRIVER_BYTES);
      assertThat(tree.depth() == 1 ? leastDepth : tree.depth()).isGreaterThanOrEqualTo(leastDepth);
    }
  }

  @Test
  void aTaskMergesFewLargeSums() {
    SumTree tree = SumTree.of(1000, 1000, WIDE, 2);

    assertThat(Math.pow(1000, 1.0 / tree.depth())).isLessThan(8);
    assertThat(tree.endsOnExecutor()).isTrue();
  }

  @Test
  void aTreeHasTheShapeForItsTasksAndNotForThePartitions() {
    assertThat(SumTree.of(10_000, 16, WIDE, 2)).isEqualTo(SumTree.of(16, 16, WIDE, 2));
  }

  @Test
  void sumsThatWouldBurdenTheDriverTakeATree() {
    long most = SumTree.mostBytesAtOnce(1000);

    assertThat(SumTree.of(1000, 16, most, 2)).isEqualTo(SumTree.NONE);
    assertThat(SumTree.of(1000, 16, most + 1, 2).depth()).isGreaterThanOrEqualTo(2);
    assertThat(1000 * most).isBetween(DRIVER_BYTES / 2 - 1000, DRIVER_BYTES / 2);
  }
}
