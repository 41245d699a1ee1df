package io.github.imbalancedspark.internal;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.function.BinaryOperator;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What Spark sends between driver and executors, or keeps: a result, a broadcast, a cached element.
 * It is written by Java's serialisation whatever {@code spark.serializer} is, as Spark writes its
 * closures. The Kryo that Spark has cannot write records, nor the JDK's unmodifiable lists; where
 * {@code spark.kryo.registrationRequired} is set, this class is all of ours that it must know.
 *
 * @param <T> of the value, which must be serializable
 */
public class Carried<T> implements Serializable, KryoSerializable {

  private static final long serialVersionUID = 1L;

  /** So much of results in one job is no burden for a driver; Spark refuses 1 GB by default. */
  public static final long MOST_DRIVER_BYTES = 1 << 27;

  private static final int TENS = 10;

  private T value;

  /** Wraps a value. */
  public Carried(T value) {
    this.value = value;
  }

  /** Returns the value. */
  public final T get() {
    return value;
  }

  /** Merges two values; may write into the left one. */
  @FunctionalInterface
  public interface Merge<T> extends BinaryOperator<T>, Serializable {}

  /** Broadcasts a value. */
  public static <T> Broadcast<Carried<T>> broadcast(JavaSparkContext context, T value) {
    return context.broadcast(new Carried<>(value));
  }

  /**
   * Returns all elements, of which there is at least one, merged in a tree, about ten at a time:
   * for large ones, of which neither a task nor the driver should hold many.
   *
   * @param leastDepth the depth of the tree at least
   * @param bytes how large an element may be
   */
  public static <T> T reduceByTens(
      JavaRDD<T> elements, Merge<T> merge, int leastDepth, long bytes) {
    int count = elements.getNumPartitions();
    return treeReduce(
        elements, merge, Math.max(leastDepth, depthOfTens(count)), tensBurdenDriver(count, bytes));
  }

  /** Returns the depth of a tree that merges about ten of so many elements at a time. */
  static int depthOfTens(int elements) {
    return Math.max(2, (int) Math.ceil(Math.log10(elements)));
  }

  /**
   * Returns whether what such a tree leaves may burden the driver, so that it should end on an
   * executor, which is one more stage.
   *
   * @param bytes how large an element may be
   */
  static boolean tensBurdenDriver(int elements, long bytes) {
    return Math.min(elements, TENS) * bytes > MOST_DRIVER_BYTES;
  }

  /** Returns all elements, of which there is at least one, merged in a tree of that depth. */
  public static <T> T treeReduce(JavaRDD<T> elements, Merge<T> merge, int depth) {
    return treeReduce(elements, merge, depth, false);
  }

  /**
   * Does the same.
   *
   * @param endsOnExecutor whether an executor does the last merge, rather than the driver
   */
  public static <T> T treeReduce(
      JavaRDD<T> elements, Merge<T> merge, int depth, boolean endsOnExecutor) {
    Function2<Carried<T>, Carried<T>, Carried<T>> merged =
        (left, right) ->
            left == null
                ? right
                : right == null ? left : new Carried<>(merge.apply(left.value, right.value));
    return elements
        .map(Carried::new)
        .treeAggregate(null, merged, merged, depth, endsOnExecutor)
        .value;
  }

  @Override
  public final void write(Kryo kryo, Output output) {
    ByteBuffer bytes = java().serialize(value, anyTag());
    output.writeInt(bytes.remaining());
    output.writeBytes(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  @Override
  public final void read(Kryo kryo, Input input) {
    value = java().deserialize(ByteBuffer.wrap(input.readBytes(input.readInt())), anyTag());
  }

  private static SerializerInstance java() {
    return SparkEnv.get().closureSerializer().newInstance();
  }

  @SuppressWarnings("unchecked") // the serializer does not look at it
  private static <T> ClassTag<T> anyTag() {
    return (ClassTag<T>) ClassTag$.MODULE$.Any();
  }
}
