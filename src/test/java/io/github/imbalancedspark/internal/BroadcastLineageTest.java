package io.github.imbalancedspark.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.reflect.ClassTag$;

class BroadcastLineageTest {

  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();
  private static final int LARGE = 1 << 20;

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(SparkSessions.shared().sparkContext());

  @Test
  void hasTheElementsOfEachPartition() {
    JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 7).map(i -> 3 * i);
    BroadcastLineage<Integer> same = BroadcastLineage.of(numbers);
    assertThat(same.toJavaRDD().glom().collect()).isEqualTo(numbers.glom().collect());
    same.release();
  }

  /** The size of what each task has to unpack. */
  @Test
  void itsTasksDoNotCarryWhatItIsComputedFrom() {
    double[] large = new double[LARGE];
    JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 2).map(i -> i + (int) large[i]);
    BroadcastLineage<Integer> same = BroadcastLineage.of(numbers);
    assertThat(serializedBytes(numbers.rdd())).isGreaterThan(Double.BYTES * LARGE);
    assertThat(serializedBytes(same.toJavaRDD().map(i -> i + 1).rdd())).isLessThan(10_000);
    same.release();
  }

  private static int serializedBytes(RDD<?> rdd) {
    return SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .serialize(rdd, ClassTag$.MODULE$.apply(RDD.class))
        .remaining();
  }

  /** Blocks lost, and the shuffle that they came from too, as when an executor dies. */
  @Test
  void whatIsLostIsComputedAgain() {
    LongAccumulator computed = context.sc().longAccumulator();
    JavaPairRDD<Integer, Integer> sums =
        context
            .parallelize(NUMBERS, 4)
            .mapToPair(i -> new Tuple2<>(i % 10, i))
            .reduceByKey(Integer::sum, 3);
    BroadcastLineage<Integer> cached =
        BroadcastLineage.of(
            sums.map(
                pair -> {
                  computed.add(1);
                  return pair._2();
                }));
    cached.persist(StorageLevel.MEMORY_AND_DISK());
    List<Integer> first = sorted(cached);
    assertThat(sorted(cached)).isEqualTo(first).hasSize(10);
    assertThat(computed.value()).isEqualTo(10);

    SparkEnv.get().blockManager().master().removeRdd(cached.id(), true);
    ((MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker())
        .unregisterAllMapAndMergeOutput(
            ((ShuffleDependency<?, ?, ?>) sums.rdd().dependencies().apply(0)).shuffleId());

    assertThat(sorted(cached)).isEqualTo(first);
    assertThat(computed.value()).isEqualTo(20);
    cached.release();
  }

  /** RDDs that have not been asked for their dependencies yet. */
  @Test
  void joinsAndUnionsKeepTheirParents() {
    JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 3);
    BroadcastLineage<Integer> all = BroadcastLineage.of(numbers.union(numbers.coalesce(1)));
    assertThat(sorted(all))
        .isEqualTo(Stream.of(NUMBERS, NUMBERS).flatMap(List::stream).sorted().toList());
    all.release();
  }

  private static List<Integer> sorted(RDD<Integer> rdd) {
    return rdd.toJavaRDD().collect().stream().sorted().toList();
  }
}
