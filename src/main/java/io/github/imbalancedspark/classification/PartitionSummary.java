package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/**
 * What the job that reads the rows tells of one partition. How many features there are, and so how
 * large the summary is, only the rows show. One that all partitions of it would burden the driver
 * with is left out, and made in a second job, whose tree has the shape for it.
 *
 * @param summary the summary, or {@code null} if it is too large
 * @param features the number of features
 */
record PartitionSummary(BlockSummary summary, int features) implements Serializable {

  /**
   * Summarises the blocks, reading them into the cache.
   *
   * @param check called when they have been read
   */
  static BlockSummary of(JavaRDD<BlockPartition> partitions, int depth, Runnable check) {
    int count = partitions.getNumPartitions();
    if (count == 0) {
      return new BlockSummary();
    }
    long mostBytes = SumTree.mostBytesAtOnce(count);
    PartitionSummary read =
        SumTree.NONE.reduce(
            partitions, partition -> of(partition.summary(), mostBytes), PartitionSummary::merge);
    check.run();
    if (read.summary != null) {
      return read.summary;
    }
    JavaRDD<BlockPartition> inTasks = ExecutorTasks.of(partitions);
    return SumTree.of(count, inTasks.getNumPartitions(), BlockSummary.bytes(read.features), depth)
        .reduce(inTasks, BlockPartition::summary, BlockSummary::merge);
  }

  private static PartitionSummary of(BlockSummary summary, long mostBytes) {
    int features = summary.features();
    boolean small = BlockSummary.bytes(features) <= mostBytes;
    return new PartitionSummary(small ? summary : null, features);
  }

  private static PartitionSummary merge(PartitionSummary left, PartitionSummary right) {
    BlockSummary both =
        left.summary == null || right.summary == null ? null : left.summary.merge(right.summary);
    return new PartitionSummary(both, Math.max(left.features, right.features));
  }
}
