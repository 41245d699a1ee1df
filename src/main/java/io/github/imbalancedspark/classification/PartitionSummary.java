package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;

/**
 * What the job that reads the rows tells of some partitions. How many features there are, and so
 * how large the summary is, only the rows show. Small ones go to the driver at once, to be merged
 * in the partitions' order, so that equal rows have the same summary to the last digit. One that so
 * many partitions of it would burden the driver with is left out, and made in a second job, whose
 * tree has the shape for it.
 *
 * @param summary the summary, or {@code null} if it is too large
 * @param features the number of features
 */
record PartitionSummary(BlockSummary summary, int features) implements Serializable {

  /**
   * Summarises the blocks, reading them into the cache.
   *
   * @param depth the least depth of a tree
   * @param check called when they have been read
   */
  static BlockSummary of(JavaRDD<CachedBlock> blocks, int depth, Runnable check) {
    int partitions = blocks.getNumPartitions();
    if (partitions == 0) {
      return new BlockSummary();
    }
    long mostBytes = SumTree.mostBytesAtOnce(partitions);
    PartitionSummary read =
        SumTree.AT_ONCE.reduce(
            blocks.mapPartitions(partition -> summarize(partition, mostBytes)),
            PartitionSummary::merge);
    check.run();
    return read.summary != null
        ? read.summary
        : SumTree.of(partitions, BlockSummary.bytes(read.features), depth)
            .reduce(blocks.mapPartitions(PartitionSummary::summarize), BlockSummary::merge);
  }

  private static Iterator<PartitionSummary> summarize(
      Iterator<CachedBlock> blocks, long mostBytes) {
    BlockSummary summary = summary(blocks);
    int features = summary.features();
    boolean small = BlockSummary.bytes(features) <= mostBytes;
    return Collections.singleton(new PartitionSummary(small ? summary : null, features)).iterator();
  }

  private static Iterator<BlockSummary> summarize(Iterator<CachedBlock> blocks) {
    return Collections.singleton(summary(blocks)).iterator();
  }

  private static BlockSummary summary(Iterator<CachedBlock> blocks) {
    BlockSummary summary = new BlockSummary();
    blocks.forEachRemaining(cached -> summary.add(cached.block()));
    return summary;
  }

  private static PartitionSummary merge(PartitionSummary left, PartitionSummary right) {
    BlockSummary both =
        left.summary == null || right.summary == null ? null : left.summary.merge(right.summary);
    return new PartitionSummary(both, Math.max(left.features, right.features));
  }
}
