package io.github.imbalancedspark.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What Spark carries, under Kryo and without it. */
class CarriedTest {

  /** What Kryo cannot write. */
  private record Thing(List<String> names, double[] values) implements Serializable {}

  private final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(SparkSessions.shared().sparkContext());

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void kryoWritesWhatItCannotWriteOtherwise(boolean registrationRequired) {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.kryo.registrationRequired", Boolean.toString(registrationRequired))
            .set("spark.kryo.classesToRegister", Carried.class.getName());
    SerializerInstance kryo = new KryoSerializer(conf).newInstance();
    ClassTag<Carried<Thing>> tag = ClassTag$.MODULE$.apply(Carried.class);
    // More bytes than Kryo's buffer has at the start.
    double[] values = new double[100_000];
    values[99_999] = Math.PI;

    ByteBuffer bytes = kryo.serialize(new Carried<>(new Thing(List.of("a", "b"), values)), tag);
    Thing read = kryo.deserialize(bytes, tag).get();

    assertThat(read.names()).containsExactly("a", "b");
    assertThat(read.values()).isEqualTo(values);
  }

  @Test
  void elementsAreMergedWhateverTheTree() {
    List<Integer> numbers = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

    for (int depth = 1; depth <= 3; depth++) {
      assertThat(Carried.treeReduce(context.parallelize(numbers, 9), Integer::sum, depth))
          .isEqualTo(45);
    }
  }

  @Test
  void aTreeOfTensIsAsDeepAsItMustBe() {
    assertThat(IntStream.of(1, 10, 100, 101, 1000, 20_000).map(Carried::depthOfTens))
        .containsExactly(2, 2, 2, 3, 3, 5);
  }

  @ParameterizedTest
  @CsvSource({"1,1,false", "2,2,false", "3,2,true", "3,4,false", "1000,10,false", "1000,9,true"})
  void aTreeOfTensEndsOnAnExecutorWhereItLeavesMuch(int elements, int share, boolean ends) {
    assertThat(Carried.tensBurdenDriver(elements, Carried.MOST_DRIVER_BYTES / share))
        .isEqualTo(ends);
  }

  @Test
  void executorsSeeWhatIsBroadcast() {
    Broadcast<Carried<Thing>> thing =
        Carried.broadcast(context, new Thing(List.of("a", "b"), new double[] {2}));

    assertThat(
            context
                .parallelize(List.of(0, 1), 2)
                .map(k -> thing.value().get().names().get(k))
                .collect())
        .containsExactly("a", "b");
    thing.destroy();
  }
}
