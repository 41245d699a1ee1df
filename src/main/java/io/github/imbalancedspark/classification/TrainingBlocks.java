package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.internal.InternalRows;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The training rows as cached blocks, and the sums that a fit needs of them. Reading happens once,
 * in the job that also summarises the blocks; what does not fit in memory spills to disk. Closing
 * frees the cache.
 */
final class TrainingBlocks implements AutoCloseable {

  private final JavaSparkContext context;
  private final JavaRDD<Block> blocks;
  private final BlockSummary summary;
  private final int aggregationDepth;
  private int passes;

  private TrainingBlocks(
      JavaSparkContext context, JavaRDD<Block> blocks, BlockSummary summary, int aggregationDepth) {
    this.context = context;
    this.blocks = blocks;
    this.summary = summary;
    this.aggregationDepth = aggregationDepth;
  }

  /**
   * Reads, checks and summarises the rows.
   *
   * @throws IllegalArgumentException if there are no rows, or if one cannot be trained on
   */
  static TrainingBlocks read(
      Dataset<?> dataset, TrainingColumns columns, int blockBytes, int aggregationDepth) {
    SparkContext sparkContext = dataset.sparkSession().sparkContext();
    CollectionAccumulator<String> problems = new CollectionAccumulator<>();
    sparkContext.register(problems);
    JavaRDD<Block> blocks =
        InternalRows.of(columns.select(dataset))
            .mapPartitions(
                rows -> (Iterator<Block>) new BlockReader(rows, columns, blockBytes, problems::add))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      BlockSummary summary =
          blocks.getNumPartitions() == 0
              ? new BlockSummary()
              : blocks
                  .mapPartitions(TrainingBlocks::summarize)
                  .treeReduce(BlockSummary::merge, aggregationDepth);
      if (!problems.value().isEmpty()) {
        throw new IllegalArgumentException(problems.value().get(0));
      }
      if (summary.rows() == 0) {
        throw new IllegalArgumentException(
            "the training data has no rows: check the input path and its filters");
      }
      if (summary.otherFeatures() >= 0) {
        throw new IllegalArgumentException(
            columns.sizesDiffer(summary.features(), summary.otherFeatures()));
      }
      return new TrainingBlocks(
          JavaSparkContext.fromSparkContext(sparkContext), blocks, summary, aggregationDepth);
    } catch (RuntimeException e) {
      blocks.unpersist(false);
      throw e;
    }
  }

  private static Iterator<BlockSummary> summarize(Iterator<Block> blocks) {
    BlockSummary summary = new BlockSummary();
    blocks.forEachRemaining(summary::add);
    return Collections.singleton(summary).iterator();
  }

  BlockSummary summary() {
    return summary;
  }

  /** Returns how often the blocks have been run over since they were read. */
  int passes() {
    return passes;
  }

  /** Returns the loss summed over all rows, in one pass. */
  LossSum sum(LossPoint point) {
    passes++;
    Broadcast<LossPoint> broadcast = context.broadcast(point);
    try {
      return blocks
          .mapPartitions(partition -> sum(partition, broadcast.value()))
          .treeReduce(LossSum::merge, aggregationDepth);
    } finally {
      broadcast.destroy();
    }
  }

  private static Iterator<LossSum> sum(Iterator<Block> blocks, LossPoint point) {
    LossSum sum = new LossSum(point);
    blocks.forEachRemaining(sum::add);
    return Collections.singleton(sum).iterator();
  }

  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
