package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.linalg.Sampling;
import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.internal.BroadcastLineage;
import io.github.imbalancedspark.internal.Carried;
import io.github.imbalancedspark.internal.InternalRows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The training rows as cached blocks, and the sums that fits need of them. Reading happens once, in
 * the job that also summarises the blocks; what does not fit in memory spills to disk. Closing
 * frees the cache.
 */
final class TrainingBlocks implements AutoCloseable {

  private final JavaSparkContext context;
  private final BroadcastLineage<CachedBlock> blocks;
  private final JavaRDD<BlockPartition> partitions;
  private final BlockSummary summary;
  private final int aggregationDepth;

  private TrainingBlocks(
      JavaSparkContext context,
      BroadcastLineage<CachedBlock> blocks,
      JavaRDD<BlockPartition> partitions,
      BlockSummary summary,
      int aggregationDepth) {
    this.context = context;
    this.blocks = blocks;
    this.partitions = partitions;
    this.summary = summary;
    this.aggregationDepth = aggregationDepth;
  }

  /**
   * Reads, checks and summarises the rows.
   *
   * @throws IllegalArgumentException if there is a row that cannot be trained on
   */
  static TrainingBlocks read(
      Dataset<?> dataset, TrainingColumns columns, int blockBytes, int aggregationDepth) {
    SparkContext sparkContext = dataset.sparkSession().sparkContext();
    CollectionAccumulator<String> problems = new CollectionAccumulator<>();
    sparkContext.register(problems);
    BroadcastLineage<CachedBlock> blocks =
        BroadcastLineage.of(
            InternalRows.of(columns.select(dataset))
                .mapPartitions(rows -> new BlockReader(rows, columns, blockBytes, problems::add))
                .map(CachedBlock::new));
    try {
      blocks.persist(StorageLevel.MEMORY_AND_DISK());
      JavaRDD<BlockPartition> partitions = BlockPartition.of(blocks.toJavaRDD());
      BlockSummary summary =
          PartitionSummary.of(partitions, aggregationDepth, () -> requireSound(problems.value()));
      requireOneSize(summary, columns);
      requireFiniteDeviations(summary, columns);
      return new TrainingBlocks(
          JavaSparkContext.fromSparkContext(sparkContext),
          blocks,
          partitions,
          summary,
          aggregationDepth);
    } catch (Throwable e) { // Spark throws checked ones, undeclared
      blocks.release();
      throw e;
    }
  }

  private static void requireSound(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0));
    }
  }

  private static void requireOneSize(BlockSummary summary, TrainingColumns columns) {
    if (summary.otherFeatures() >= 0) {
      throw new IllegalArgumentException(
          columns.sizesDiffer(summary.features(), summary.otherFeatures()));
    }
  }

  private static void requireFiniteDeviations(BlockSummary summary, TrainingColumns columns) {
    double[] deviations = summary.rows() == 0 ? new double[0] : summary.standardDeviations();
    for (int j = 0; j < deviations.length; j++) {
      if (!Double.isFinite(deviations[j])) {
        throw new IllegalArgumentException(columns.overflows(j));
      }
    }
  }

  BlockSummary summary() {
    return summary;
  }

  /** Returns a stratified sample of the rows, weighted to stand for all of them. */
  List<Block> sketch(Sketch sketch) {
    List<List<Block>> samples =
        PartitionSums.of(
            ExecutorTasks.of(partitions), partition -> sketch.sample(partition.blocks()));
    return Sampling.inHashOrder(samples.stream().flatMap(List::stream).toList());
  }

  /** Returns the loss summed over all rows at each of {@code points}, in one pass. */
  List<LossSum> sum(List<LossPoint> points) {
    long bytes = points.stream().mapToLong(LossSum::bytes).sum();
    JavaRDD<BlockPartition> inTasks = ExecutorTasks.of(partitions);
    SumTree tree =
        SumTree.of(
            partitions.getNumPartitions(), inTasks.getNumPartitions(), bytes, aggregationDepth);
    long sampleBytes = tree.mostSampleBytes(partitions.getNumPartitions(), points.size());
    Broadcast<Carried<LossPoint[]>> broadcast =
        Carried.broadcast(
            context,
            points.stream()
                .map(point -> point.withSampleBytes(sampleBytes))
                .toArray(LossPoint[]::new));
    try {
      return Arrays.asList(
          tree.reduce(
              inTasks,
              partition -> sum(partition.blocks(), broadcast.value().get()),
              TrainingBlocks::merge));
    } finally {
      broadcast.destroy();
    }
  }

  /** Returns the tally of all rows as each of {@code scorings} scores them, in one pass. */
  List<ScoreTally> tally(List<Scoring> scorings) {
    JavaRDD<BlockPartition> inTasks = ExecutorTasks.of(partitions);
    Broadcast<Carried<Scoring[]>> broadcast =
        Carried.broadcast(context, scorings.toArray(new Scoring[0]));
    try {
      return Arrays.asList(
          Carried.reduceByTens(
              inTasks.map(part -> Scoring.tally(part.blocks(), broadcast.value().get())),
              Scoring::merge,
              aggregationDepth,
              Scoring.mostBytes(scorings.size(), summary.rows())));
    } finally {
      broadcast.destroy();
    }
  }

  private static LossSum[] sum(Iterator<Block> blocks, LossPoint[] points) {
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
    return sums;
  }

  private static LossSum[] merge(LossSum[] left, LossSum[] right) {
    for (int k = 0; k < left.length; k++) {
      left[k].merge(right[k]);
    }
    return left;
  }

  @Override
  public void close() {
    blocks.release();
  }
}
