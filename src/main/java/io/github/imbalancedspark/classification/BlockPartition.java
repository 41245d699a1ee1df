package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The cached blocks of a partition, while a task of a pass walks through them.
 *
 * @param number the partition's
 */
record BlockPartition(int number, Iterator<Block> blocks) {

  /** Returns the partitions of {@code blocks}, a task for each. */
  static JavaRDD<BlockPartition> each(JavaRDD<CachedBlock> blocks) {
    return blocks
        .map(CachedBlock::block)
        .mapPartitionsWithIndex(
            (number, partition) ->
                Collections.singleton(new BlockPartition(number, partition)).iterator(),
            true);
  }

  /** Returns the partitions of {@code blocks}, which have been read, in the tasks of a pass. */
  static JavaRDD<BlockPartition> inTasks(JavaRDD<CachedBlock> blocks) {
    return ExecutorTasks.of(each(blocks));
  }

  /** Returns the number and the summary of the rows. */
  Tuple2<Integer, BlockSummary> summary() {
    BlockSummary summary = new BlockSummary();
    blocks.forEachRemaining(summary::add);
    return new Tuple2<>(number, summary);
  }

  /** Returns the number and the loss summed over the rows at each of {@code points}. */
  Tuple2<Integer, LossSum[]> sum(LossPoint[] points) {
    LossSum[] sums = Arrays.stream(points).map(LossSum::new).toArray(LossSum[]::new);
    while (blocks.hasNext()) {
      Block block = blocks.next();
      for (LossSum sum : sums) {
        sum.add(block);
      }
    }
    for (LossSum sum : sums) {
      sum.finish();
    }
    return new Tuple2<>(number, sums);
  }
}
