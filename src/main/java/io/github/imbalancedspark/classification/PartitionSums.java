package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.internal.Carried;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * What a task of a job does that brings what each partition comes to, to the driver. A class of its
 * own, where a lambda would do: what a lambda captures Spark looks up in its bytecode, for every
 * job anew.
 */
final class PartitionSums<T>
    extends AbstractFunction2<
        TaskContext, Iterator<BlockPartition>, Carried<List<Tuple2<Integer, T>>>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Returns what a partition comes to. */
  @FunctionalInterface
  interface Sum<T> extends Serializable {
    T of(BlockPartition partition);
  }

  private final Sum<T> sum;

  private PartitionSums(Sum<T> sum) {
    this.sum = sum;
  }

  /** Returns what each of {@code partitions} comes to, in the order of their numbers. */
  @SuppressWarnings("unchecked") // an array of what the function returns
  static <T> List<T> of(JavaRDD<BlockPartition> partitions, Sum<T> sum) {
    Object results =
        partitions
            .context()
            .runJob(
                partitions.rdd(), new PartitionSums<>(sum), ClassTag$.MODULE$.apply(Carried.class));
    return Arrays.stream((Carried<List<Tuple2<Integer, T>>>[]) results)
        .flatMap(result -> result.get().stream())
        .sorted(Comparator.comparing(Tuple2::_1))
        .map(Tuple2::_2)
        .toList();
  }

  @Override
  public Carried<List<Tuple2<Integer, T>>> apply(
      TaskContext context, Iterator<BlockPartition> partitions) {
    List<Tuple2<Integer, T>> sums = new ArrayList<>();
    while (partitions.hasNext()) {
      BlockPartition partition = partitions.next();
      sums.add(new Tuple2<>(partition.number(), sum.of(partition)));
    }
    return new Carried<>(sums);
  }
}
