package io.github.imbalancedspark.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecutionRDD;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * A dataset's rows as Spark's engine has them, without the detour through external rows. The row
 * object is reused from one row to the next.
 */
public final class InternalRows {

  /** As many partitions cost reading no time to speak of, however small the cluster. */
  private static final int FEW_PARTITIONS = 1024;

  /** So many for each core keep all of them busy to the end, whatever the partitions' sizes. */
  private static final int PARTITIONS_PER_CORE = 8;

  /**
   * So many for each core at least. Of thousands of cores the first have done their task before the
   * last are handed one, so that there is little left for more tasks to even out.
   */
  private static final int FEWEST_PARTITIONS_PER_CORE = 2;

  /**
   * So many are enough, if that is two a core: above, full partitions of files are joined too. The
   * driver hands tasks out one by one, which for these takes longer than reading.
   */
  private static final int MANY_PARTITIONS = 8192;

  /** So many full ones are joined at most. */
  private static final double JOINED_FULL_PARTITIONS = 4;

  private InternalRows() {}

  /**
   * Returns the rows of {@code dataset} in its own partitions, several of them joined to one where
   * they are very many and small: a partition costs reading a task, be it empty. A joined one holds
   * no more than Spark puts into a partition of files, by its own estimate of the rows' size; four
   * times as much where there are thousands of those.
   *
   * <p>Where the dataset's plan ends in turning columnar batches (a scan of Parquet or ORC) into
   * rows, they are views of the batches, which saves copying every value into a row first.
   */
  public static JavaRDD<InternalRow> of(Dataset<?> dataset) {
    QueryExecution execution = queryExecution(dataset);
    return joined(
        batches(execution)
            .map(batches -> batches.mapPartitions(InternalRows::rows))
            .orElseGet(() -> execution.toRdd().toJavaRDD()),
        execution);
  }

  /**
   * Returns the rows of {@code dataset} as columnar batches, which are reused from one to the next,
   * where its plan ends in turning those into rows. Partitions are joined as in {@link #of}.
   */
  public static Optional<JavaRDD<ColumnarBatch>> batchesOf(Dataset<?> dataset) {
    QueryExecution execution = queryExecution(dataset);
    return batches(execution).map(batches -> joined(batches, execution));
  }

  /** Returns Spark's estimate of the size of all rows, very large where it knows nothing. */
  public static double estimatedBytes(Dataset<?> dataset) {
    return estimatedBytes(queryExecution(dataset));
  }

  private static double estimatedBytes(QueryExecution execution) {
    return execution.optimizedPlan().stats().sizeInBytes().doubleValue();
  }

  private static <T> JavaRDD<T> joined(JavaRDD<T> parts, QueryExecution execution) {
    long most = mostPartitions(execution, parts.context());
    return parts.getNumPartitions() > most ? parts.coalesce((int) most) : parts;
  }

  private static long mostPartitions(QueryExecution execution, SparkContext context) {
    long partitionBytes = execution.executedPlan().conf().filesMaxPartitionBytes();
    double filled = Math.ceil(estimatedBytes(execution) / partitionBytes);
    return mostPartitions(filled, context.defaultParallelism());
  }

  /**
   * Returns how many partitions may stay apart.
   *
   * @param filled how many full partitions of files the rows would be
   */
  static long mostPartitions(double filled, long cores) {
    long forCores =
        Math.min(
            PARTITIONS_PER_CORE * cores,
            Math.max(MANY_PARTITIONS, FEWEST_PARTITIONS_PER_CORE * cores));
    double few =
        Math.min(filled, Math.max(MANY_PARTITIONS, Math.ceil(filled / JOINED_FULL_PARTITIONS)));
    return Math.max((long) few, Math.max(forCores, FEW_PARTITIONS));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Spark itself passes batches off as rows
  private static Optional<JavaRDD<ColumnarBatch>> batches(QueryExecution execution) {
    SparkPlan batches = batches(execution.executedPlan());
    if (batches == null) {
      return Optional.empty();
    }
    RDD rows = batches.executeColumnar();
    RDD made = new SQLExecutionRDD(rows, batches.conf());
    return Optional.of(made.toJavaRDD());
  }

  /** Returns the part of {@code plan} that makes its rows as batches, or {@code null}. */
  private static SparkPlan batches(SparkPlan plan) {
    SparkPlan top = plan instanceof WholeStageCodegenExec stage ? stage.child() : plan;
    return top instanceof ColumnarToRowExec rows ? rows.child() : null;
  }

  private static Iterator<InternalRow> rows(Iterator<ColumnarBatch> batches) {
    return new Iterator<>() {

      private Iterator<InternalRow> rows = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!rows.hasNext() && batches.hasNext()) {
          rows = batches.next().rowIterator();
        }
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return rows.next();
      }
    };
  }

  /** Looked up by name: it is declared on Dataset in Spark 3 and on classic.Dataset in Spark 4. */
  private static QueryExecution queryExecution(Dataset<?> dataset) {
    try {
      return (QueryExecution) dataset.getClass().getMethod("queryExecution").invoke(dataset);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new UnsupportedOperationException(
          "training needs a classic Spark session, and this dataset is a "
              + dataset.getClass().getName(),
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the dataset's plan could not be made", e.getCause());
    }
  }
}
