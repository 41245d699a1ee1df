package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;

/**
 * The cached blocks of a partition, while a task walks through them.
 *
 * @param number the partition's
 */
record BlockPartition(int number, Iterator<Block> blocks) {

  /** Returns the partitions of {@code blocks}, a task for each. */
  static JavaRDD<BlockPartition> of(JavaRDD<CachedBlock> blocks) {
    return blocks
        .map(CachedBlock::get)
        .mapPartitionsWithIndex(
            (number, partition) ->
                Collections.singleton(new BlockPartition(number, partition)).iterator(),
            true);
  }

  /** Returns the summary of the rows. */
  BlockSummary summary() {
    BlockSummary summary = new BlockSummary();
    blocks.forEachRemaining(summary::add);
    return summary;
  }
}
