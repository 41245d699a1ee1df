package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Carried;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The way of sums, one a partition, to the driver. Small ones go there at once, as a tree's shuffle
 * takes longer than merging them, and are merged in the partitions' order, so that the sum is the
 * same each time. Larger ones are merged in each task, and take Spark's tree aggregation, of a
 * shape that suits their size: of very large ones a task of two levels would have to merge √tasks,
 * and the driver as many; they take more levels, and the last merge is an executor's, so that the
 * driver holds one.
 *
 * @param depth the depth that Spark is given: tasks^(1/depth) sums are merged at a time; 1 is no
 *     tree
 * @param endsOnExecutor whether one sum comes to the driver, rather than what the last level leaves
 */
record SumTree(int depth, boolean endsOnExecutor) {

  /** So much of sums are no burden for a driver to hold at once. */
  private static final long MOST_BYTES_AT_ONCE = 1 << 26;

  /** What a level costs beside its merges, as the benchmark's scale measures it. */
  private static final double LEVEL_SECONDS = 0.05;

  /**
   * What a byte of a sum costs to write, send, read and add up: what the benchmark measures within
   * a machine, and as much again for a network of 10 Gb/s.
   */
  private static final double BYTE_SECONDS = 2e-9;

  /** No tree: all sums go to the driver. */
  static final SumTree NONE = new SumTree(1, false);

  /**
   * Returns the tree in which sums take the least time.
   *
   * @param tasks in which the partitions are summed
   * @param bytes size of one sum
   * @param leastDepth the depth of a tree at least, ≥ 2
   */
  static SumTree of(int partitions, int tasks, long bytes, int leastDepth) {
    if (bytes <= mostBytesAtOnce(partitions)) {
      return NONE;
    }
    int best = leastDepth;
    for (int depth = leastDepth + 1; fanIn(tasks, depth - 1) > 2; depth++) {
      if (seconds(tasks, bytes, depth) < seconds(tasks, bytes, best)) {
        best = depth;
      }
    }
    return new SumTree(best, bytes * toDriver(tasks, best) > Carried.MOST_DRIVER_BYTES);
  }

  /** Returns how large the sum of each partition may be for all to go to the driver. */
  static long mostBytesAtOnce(int partitions) {
    return MOST_BYTES_AT_ONCE / partitions;
  }

  /**
   * Returns how large each of so many samples of rows may be that a sum carries beside itself: all
   * that come to the driver at once are no burden, and neither is what a task merges.
   */
  long mostSampleBytes(int partitions, int samples) {
    return (depth == 1 ? mostBytesAtOnce(partitions) : MOST_BYTES_AT_ONCE) / samples;
  }

  private static double seconds(int tasks, long bytes, int depth) {
    int[] sums = sums(tasks, depth);
    double merge = BYTE_SECONDS * bytes;
    double level = LEVEL_SECONDS + (fanIn(tasks, depth) + 1) * merge;
    return (sums.length - 1) * level + sums[sums.length - 1] * merge;
  }

  /** Returns how many sums the last level leaves. */
  static int toDriver(int tasks, int depth) {
    int[] sums = sums(tasks, depth);
    return sums[sums.length - 1];
  }

  /**
   * Returns how many sums there are, of the tasks and after each level: Spark's rule, which counts
   * in whole numbers.
   */
  private static int[] sums(int tasks, int depth) {
    int fanIn = fanIn(tasks, depth);
    return IntStream.iterate(
            tasks,
            left -> left > 0,
            left -> left > fanIn + Math.ceil((double) left / fanIn) ? left / fanIn : 0)
        .toArray();
  }

  private static int fanIn(int tasks, int depth) {
    return Math.max(2, (int) Math.ceil(Math.pow(tasks, 1.0 / depth)));
  }

  /**
   * Returns the sums of all of {@code partitions}, of which there is at least one, merged into one.
   */
  <T> T reduce(
      JavaRDD<BlockPartition> partitions, PartitionSums.Sum<T> sum, Carried.Merge<T> merge) {
    return depth == 1
        ? PartitionSums.of(partitions, sum).stream().reduce(merge).orElseThrow()
        : Carried.treeReduce(partitions.map(sum::of), merge, depth, endsOnExecutor);
  }
}
