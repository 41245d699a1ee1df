package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.ScalaSerializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;
import org.apache.spark.scheduler.TaskLocation$;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import scala.Option;

/**
 * Tasks for passes over cached partitions: {@value #TASKS_PER_CORE} a core, each of partitions that
 * one executor holds. A task for each partition is one for the driver to hand out and to hear of,
 * in every pass, which with many partitions takes longer than what the task does. Where they are
 * cached shows only after they have been read, and changes when an executor is lost; so the tasks
 * are made anew for each pass.
 */
final class ExecutorTasks implements PartitionCoalescer, ScalaSerializable {

  private static final long serialVersionUID = 1L;
  private static final int TASKS_PER_CORE = 2;

  private ExecutorTasks() {}

  /** Returns {@code parts}, which are computed from cached partitions, in few tasks. */
  static <T> JavaRDD<T> of(JavaRDD<T> parts) {
    int most = TASKS_PER_CORE * cores(parts.context());
    return parts.getNumPartitions() <= most
        ? parts
        : parts.rdd().coalesce(most, false, Option.apply(new ExecutorTasks()), null).toJavaRDD();
  }

  private static int cores(SparkContext context) {
    return Math.max(
        context.defaultParallelism(),
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile()));
  }

  @Override
  public PartitionGroup[] coalesce(int most, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    List<String> locations = locations(parent, partitions.length);
    return tasks(locations, most).stream()
        .map(
            numbers -> {
              String location = locations.get(numbers.get(0));
              PartitionGroup group =
                  new PartitionGroup(location.isEmpty() ? Option.empty() : Option.apply(location));
              numbers.forEach(number -> group.partitions().$plus$eq(partitions[number]));
              return group;
            })
        .toArray(PartitionGroup[]::new);
  }

  /**
   * Returns the executor that has each partition cached; else a host near its source, or "". The
   * executors' own word counts: what Spark's scheduler believes right after the job that filled the
   * cache is from before it, when nothing was cached.
   */
  private static List<String> locations(RDD<?> parent, int partitions) {
    RDD<?> cached = cached(parent);
    BlockId[] blocks = new BlockId[partitions];
    Arrays.setAll(blocks, number -> new RDDBlockId(cached.id(), number));
    scala.collection.Seq<? extends scala.collection.Seq<BlockManagerId>> holders =
        SparkEnv.get().blockManager().master().getLocations(blocks);
    List<String> locations = new ArrayList<>();
    for (int number = 0; number < partitions; number++) {
      locations.add(
          holders.apply(number).isEmpty()
              ? nearSource(parent, number)
              : location(holders.apply(number).head()));
    }
    return locations;
  }

  private static String location(BlockManagerId holder) {
    return TaskLocation$.MODULE$.apply(holder.host(), holder.executorId()).toString();
  }

  /** Returns the cached RDD that {@code rdd} is computed from, partition by partition. */
  private static RDD<?> cached(RDD<?> rdd) {
    RDD<?> cached = rdd;
    while (cached.getStorageLevel().equals(StorageLevel.NONE())
        && cached.dependencies().nonEmpty()
        && cached.dependencies().head() instanceof OneToOneDependency<?> dependency) {
      cached = dependency.rdd();
    }
    return cached;
  }

  private static String nearSource(RDD<?> parent, int partition) {
    scala.collection.Seq<TaskLocation> locations =
        parent.context().getPreferredLocs(parent, partition);
    return locations.isEmpty() ? "" : locations.head().toString();
  }

  /**
   * Shares partitions out to about {@code most} tasks, those of one location evenly and in order.
   *
   * @param locations of each partition
   * @return the partitions' numbers, task by task
   */
  static List<List<Integer>> tasks(List<String> locations, int most) {
    Map<String, List<Integer>> held = new LinkedHashMap<>();
    for (int number = 0; number < locations.size(); number++) {
      held.computeIfAbsent(locations.get(number), at -> new ArrayList<>()).add(number);
    }
    List<List<Integer>> tasks = new ArrayList<>();
    for (List<Integer> numbers : held.values()) {
      int count = numbers.size();
      int share =
          (int) Math.max(1, Math.min(count, Math.round((double) most * count / locations.size())));
      for (long task = 0; task < share; task++) {
        List<Integer> part =
            numbers.subList((int) (task * count / share), (int) ((task + 1) * count / share));
        tasks.add(part);
      }
    }
    return tasks;
  }
}
