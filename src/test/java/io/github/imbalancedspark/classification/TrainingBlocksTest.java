package io.github.imbalancedspark.classification;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.optim.HessianRequest;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;
import io.github.imbalancedspark.support.DenseRows;
import io.github.imbalancedspark.support.SparkJobs;
import io.github.imbalancedspark.support.SparkSessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What the cached rows of a fit take. */
class TrainingBlocksTest {

  private static final int ROWS = 20_000;
  private static final double MOST = 1.1;

  /**
   * Returns the bytes that reading {@code data} leaves in Spark's storage, in memory or on disk.
   */
  private static long cachedBytes(Dataset<Row> data) {
    long before = storedBytes();
    TrainingColumns columns = TrainingColumns.of(data, "label", "weight", "features", null);
    TrainingBlocks blocks = TrainingBlocks.read(data, columns, 1 << 20, 2);
    try (blocks) {
      assertThat(blocks.summary().rows()).isEqualTo(ROWS);
      return storedBytes() - before;
    }
  }

  private static long storedBytes() {
    return Arrays.stream(SparkSessions.shared().sparkContext().getRDDStorageInfo())
        .mapToLong((RDDInfo info) -> info.memSize() + info.diskSize())
        .sum();
  }

  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .range(0, ROWS, 1, 2)
        .withColumn("label", expr("double(id % 50 = 0)"))
        .withColumn("weight", expr("double(1 + id % 3)"));
  }

  @Test
  void denseBlocksTakeLittleMoreThanTheirFeatures() {
    Column[] features = new Column[30];
    for (int j = 0; j < features.length; j++) {
      features[j] = expr("sin(id * " + (j + 1) + ")");
    }
    Dataset<Row> data = rows().withColumn("features", array_to_vector(array(features)));

    assertThat(cachedBytes(data))
        .isBetween(30L * Double.BYTES * ROWS, (long) (MOST * 30 * Double.BYTES * ROWS));
  }

  @Test
  void sparseBlocksTakeLittleMoreThanTheirStoredEntries() {
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    Dataset<Row> data =
        SparkSessions.shared()
            .createDataFrame(
                rows()
                    .select(col("id"), col("label"), col("weight"))
                    .toJavaRDD()
                    .map(
                        row -> {
                          int[] indices = new int[40];
                          double[] values = new double[40];
                          for (int k = 0; k < 40; k++) {
                            indices[k] = 1000 * k + (int) (row.getLong(0) * 7919 % 1000);
                            values[k] = 1 + k;
                          }
                          return RowFactory.create(
                              row.get(1), row.get(2), Vectors.sparse(40_000, indices, values));
                        }),
                schema);

    long raw = 40L * (Double.BYTES + Integer.BYTES) * ROWS;
    assertThat(cachedBytes(data)).isBetween(raw, (long) (MOST * raw));
  }

  /** Blocks say themselves what they take, which Spark's estimate of live objects confirms. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void blocksKnowTheirSize(boolean weighted) {
    DenseBlockBuilder dense = new DenseBlockBuilder(30, 1 << 20, weighted);
    SparseBlockBuilder sparse = new SparseBlockBuilder(1000, 1 << 20, weighted);
    for (int i = 0; i < 2000; i++) {
      dense.startRow(0, 1);
      dense.endRow();
      int at = sparse.startRow(0, 1, 20);
      Arrays.fill(sparse.values(), at, at + 20, 1);
      sparse.endRow(20);
    }
    for (Block block : List.of(dense.take(), sparse.take())) {
      assertThat((double) block.bytes())
          .isCloseTo((double) SizeEstimator.estimate(block), withPercentage(2));
    }
  }

  /** A partition for each hundred rows: read in a task each, summed in a few. */
  @Test
  void passesTakeFewTasksHoweverManyPartitionsThereAre() throws Exception {
    Dataset<Row> data =
        rows()
            .withColumn("features", array_to_vector(array(expr("sin(id)"), expr("cos(id)"))))
            .repartition(200);
    TrainingColumns columns = TrainingColumns.of(data, "label", "weight", "features", null);
    LossPoint point =
        new LossPoint(
            new BceWithLogitsLoss(1, 50),
            new double[] {0.3, -0.7},
            0.1,
            null,
            HessianRequest.Kind.MATRIX,
            0);
    try (TrainingBlocks blocks = TrainingBlocks.read(data, columns, 1 << 20, 2)) {
      AtomicReference<LossSum> sum = new AtomicReference<>();
      List<Block> rows = blocks.sketch(new Sketch(1, 1));

      int tasks = SparkJobs.tasksOf(() -> sum.set(blocks.sum(List.of(point)).get(0)));

      assertThat(tasks)
          .isLessThanOrEqualTo(2 * SparkSessions.shared().sparkContext().defaultParallelism());
      LossSum plain = LossSum.of(point, rows);
      assertThat(sum.get().value()).isCloseTo(plain.value(), withPercentage(1e-10));
      assertThat(sum.get().gradient()).containsExactly(plain.gradient(), offset(1e-8));
      assertThat(blocks.sum(List.of(point)).get(0).gradient()).isEqualTo(sum.get().gradient());
    }
  }

  @Test
  void theSketchIsTheSameInAnyPartitions() {
    Dataset<Row> data =
        rows().withColumn("features", array_to_vector(array(expr("sin(id)"), expr("cos(id)"))));
    TrainingColumns columns = TrainingColumns.of(data, "label", "weight", "features", null);
    List<int[]> hashes = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      try (TrainingBlocks blocks =
          TrainingBlocks.read(data.repartition(partitions), columns, 1 << 20, 2)) {
        List<Block> sketch = blocks.sketch(new Sketch(0.5, 1));

        assertThat(sketch).hasSize(1);
        hashes.add(sketch.get(0).hashes());
      }
    }

    assertThat(hashes.get(0)).hasSizeGreaterThan(10).isSorted();
    assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    assertThat(hashes.get(2)).isEqualTo(hashes.get(0));
  }

  /** Repeated rows are drawn together: of 10⁹ rows of a few kinds they could be nearly all. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void aSketchHoldsARepeatedRowOnce(int partitions) {
    Dataset<Row> data =
        rows()
            .withColumn("label", expr("cast(id % 2 as double)"))
            .withColumn("features", array_to_vector(array(expr("id % 10 + 0.1"), expr("1 / 3D"))))
            .repartition(partitions);
    TrainingColumns columns = TrainingColumns.of(data, "label", null, "features", null);
    try (TrainingBlocks blocks = TrainingBlocks.read(data, columns, 1, 2)) {
      Block sketch = blocks.sketch(new Sketch(1, 1)).get(0);

      assertThat(sketch.rows()).isEqualTo(10);
      assertThat(sketch.weights()).containsOnly(data.count() / 10.0);
      assertThat(blocks.sketch(new Sketch(0.5, 0.5)).stream().mapToInt(Block::rows).sum())
          .isLessThan(10);
    }
  }

  /** A partition of sparse rows has a builder of dense blocks that none of them goes to. */
  @Test
  void aBuilderWithoutRowsTakesNoMemory() {
    assertThat(SizeEstimator.estimate(new DenseBlockBuilder(1 << 20, 0, true))).isLessThan(1000);
  }

  /** Spark writes cached blocks that do not fit in memory by the serializer it is told to use. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void blocksComeBackFromTheDisk(boolean kryo) {
    SparkConf conf = new SparkConf(false);
    SerializerInstance serializer =
        kryo ? new KryoSerializer(conf).newInstance() : new JavaSerializer(conf).newInstance();
    DenseBlockBuilder dense = new DenseBlockBuilder(2, 1 << 20, true);
    SparseBlockBuilder sparse = new SparseBlockBuilder(5, 1 << 20, true);
    for (int i = 0; i < 100; i++) {
      DenseRows.add(dense, i % 2, 1 + i, i, 0.1 * i);
      int at = sparse.startRow(i % 2, 1 + i, 1);
      sparse.indices()[at] = i % 5;
      sparse.values()[at] = i;
      sparse.endRow(1);
    }
    for (Block block : List.of(dense.take(), sparse.take())) {
      ClassTag<CachedBlock> tag = ClassTag$.MODULE$.apply(CachedBlock.class);
      CachedBlock read =
          serializer.deserialize(serializer.serialize(new CachedBlock(block), tag), tag);

      assertThat(read.get()).usingRecursiveComparison().isEqualTo(block);
      assertThat(read.estimatedSize()).isEqualTo(block.bytes());
    }
  }
}
