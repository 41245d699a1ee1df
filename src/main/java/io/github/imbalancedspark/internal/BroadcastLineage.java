package io.github.imbalancedspark.internal;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.serializer.SerializerInstance;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The elements of another RDD, to be cached and read over and over. Spark's tasks carry all that
 * their RDD is computed from, cached or not: of a table of a thousand columns megabytes of
 * expressions, which every task of every job unpacks before it finds its partition in the cache.
 * The tasks of this RDD carry a reference to them, which only a task that has to compute its
 * partition follows. The driver knows the lineage as ever, so that what is lost, be it a shuffle's
 * output, is computed again.
 *
 * @param <T> of the elements
 */
public final class BroadcastLineage<T> extends RDD<T> {

  private static final long serialVersionUID = 1L;

  private final Origin<T> origin;

  private BroadcastLineage(RDD<T> rdd, Origin<T> origin) {
    super(rdd, rdd.elementClassTag());
    this.origin = origin;
  }

  /** Returns the elements of {@code rdd}, partition by partition. */
  public static <T> BroadcastLineage<T> of(JavaRDD<T> rdd) {
    requireDependencies(rdd.rdd(), Collections.newSetFromMap(new IdentityHashMap<>()));
    ByteBuffer bytes = serializer().serialize(rdd.rdd(), ClassTag$.MODULE$.apply(RDD.class));
    byte[] sent = new byte[bytes.remaining()];
    bytes.get(sent);
    return new BroadcastLineage<>(
        rdd.rdd(), new Origin<>(rdd.rdd(), new JavaSparkContext(rdd.context()).broadcast(sent)));
  }

  /** What an RDD is computed from is serialized with it once it has been asked for. */
  private static void requireDependencies(RDD<?> rdd, Set<RDD<?>> seen) {
    if (seen.add(rdd)) {
      for (Dependency<?> dependency : ScalaLists.asJava(rdd.dependencies())) {
        requireDependencies(dependency.rdd(), seen);
      }
    }
  }

  private static SerializerInstance serializer() {
    return SparkEnv.get().closureSerializer().newInstance();
  }

  /** Takes the elements out of the cache, and what they are computed from off the executors. */
  public void release() {
    unpersist(false);
    origin.sent.destroy();
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    ClassTag<RDD<T>> anRdd = ClassTag$.MODULE$.apply(RDD.class);
    return serializer()
        .<RDD<T>>deserialize(
            ByteBuffer.wrap(origin.sent.value()),
            Thread.currentThread().getContextClassLoader(),
            anRdd)
        .iterator(split, context);
  }

  @Override
  public Partition[] getPartitions() {
    return origin.rdd().partitions();
  }

  @Override
  public scala.collection.immutable.List<Dependency<?>> getDependencies() {
    return ScalaLists.of(List.of(origin));
  }

  /** What Spark says of an RDD is no word of ours. */
  @Override
  public String logName() {
    return RDD.class.getName();
  }

  /** Partition i is that of the other RDD, which only the driver has at hand. */
  private static final class Origin<T> extends NarrowDependency<T> {

    private static final long serialVersionUID = 1L;

    private final transient RDD<T> rdd;
    private final Broadcast<byte[]> sent;

    private Origin(RDD<T> rdd, Broadcast<byte[]> sent) {
      super(null);
      this.rdd = rdd;
      this.sent = sent;
    }

    @Override
    public RDD<T> rdd() {
      return rdd;
    }

    @Override
    public scala.collection.immutable.List<Object> getParents(int partition) {
      return ScalaLists.of(List.of(partition));
    }
  }
}
