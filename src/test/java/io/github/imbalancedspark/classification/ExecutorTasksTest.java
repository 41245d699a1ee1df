package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which partitions a task of a pass takes. */
class ExecutorTasksTest {

  private static final int MANY = 100;

  private final SparkContext context = SparkSessions.shared().sparkContext();

  private JavaRDD<Integer> numbers(int partitions) {
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions);
  }

  @ParameterizedTest
  @CsvSource({"1,1,4", "10,1,4", "10,3,4", "100,3,20", "101,7,16", "1000,40,16", "5,5,100"})
  void eachPartitionIsOfOneTaskAndATaskOfOneExecutor(int partitions, int executors, int most) {
    Random random = new Random(partitions);
    List<String> locations =
        IntStream.range(0, partitions).mapToObj(k -> "e" + random.nextInt(executors)).toList();

    List<List<Integer>> tasks = ExecutorTasks.tasks(locations, most);

    assertThat(tasks.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(IntStream.range(0, partitions).boxed().toList());
    assertThat(tasks).allSatisfy(task -> assertThat(task).isSorted().isNotEmpty());
    assertThat(tasks)
        .allSatisfy(
            task ->
                assertThat(task.stream().map(locations::get).collect(Collectors.toSet()))
                    .hasSize(1));
    assertThat(tasks).hasSizeLessThanOrEqualTo(most + executors);
  }

  @Test
  void thePartitionsOfAnExecutorAreSharedEvenly() {
    List<List<Integer>> tasks = ExecutorTasks.tasks(Collections.nCopies(103, "e"), 10);

    assertThat(tasks).hasSize(10).allSatisfy(task -> assertThat(task).hasSizeBetween(10, 11));
  }

  @Test
  void anExecutorGetsAsManyTasksAsItsShareOfThePartitions() {
    List<String> locations = IntStream.range(0, 100).mapToObj(k -> k % 4 == 0 ? "a" : "b").toList();

    assertThat(ExecutorTasks.tasks(locations, 8))
        .filteredOn(task -> locations.get(task.get(0)).equals("a"))
        .hasSize(2);
  }

  @Test
  void fewPartitionsAreLeftAsTheyAre() {
    JavaRDD<Integer> numbers = numbers(2);

    assertThat(ExecutorTasks.of(numbers)).isSameAs(numbers);
  }

  @Test
  void manyCachedPartitionsAreAFewTasksWhereTheyAreCached() {
    JavaRDD<Integer> cached = numbers(MANY).map(k -> k + 1).persist(StorageLevel.MEMORY_ONLY());
    try {
      assertThat(cached.count()).isEqualTo(MANY);

      JavaRDD<Integer> tasks = ExecutorTasks.of(cached.map(k -> k - 1));

      assertThat(tasks.getNumPartitions()).isBetween(2, 2 * context.defaultParallelism());
      assertThat(cachedTasks(tasks.rdd())) // of the first job after that which filled the cache
          .isEqualTo(tasks.getNumPartitions());
      assertThat(Set.copyOf(tasks.collect())).hasSize(MANY);
      RDD<Integer> rdd = tasks.rdd();
      for (int task = 0; task < tasks.getNumPartitions(); task++) {
        assertThat(context.getPreferredLocs(rdd, task).head().toString())
            .startsWith("executor_")
            .isEqualTo(context.getPreferredLocs(cached.rdd(), task).head().toString());
      }
    } finally {
      cached.unpersist(true);
    }
  }

  /** Returns how many tasks are meant for an executor. */
  private static long cachedTasks(RDD<?> tasks) {
    return Arrays.stream(tasks.partitions())
        .filter(task -> tasks.preferredLocations(task).mkString().startsWith("executor_"))
        .count();
  }
}
