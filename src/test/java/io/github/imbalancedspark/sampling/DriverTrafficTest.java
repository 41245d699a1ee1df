package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What reaches the driver while a sampler decides, and while its rows are read: less than a byte a
 * row, so no rows, not even their ids; and of SMOTE's minority its rows.
 */
class DriverTrafficTest {

  private static final long ROWS = 600_000;
  private static final long POSITIVES = 600;

  /** Room for 600 rows, compressed, and for what tasks report besides; not for a thousand more. */
  private static final long MINORITY_BYTES = 104_000;

  private final SparkContext context = SparkSessions.shared().sparkContext();
  private final Traffic traffic = new Traffic();

  private static final class Traffic extends SparkListener {

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong tasks = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskType().equals("ResultTask")) {
        tasks.incrementAndGet();
        bytes.addAndGet(end.taskMetrics().resultSize());
      }
    }
  }

  @BeforeEach
  void listen() {
    context.addSparkListener(traffic);
  }

  @AfterEach
  void stopListening() {
    context.removeSparkListener(traffic);
  }

  private static Dataset<Row> rows() {
    return SparkSessions.shared()
        .range(0, ROWS, 1, 2)
        .withColumn("label", expr("double(id % " + ROWS / POSITIVES + " = 0)"))
        .withColumn("w", expr("double(1 + id % 7)"))
        .withColumn(
            "features", functions.array_to_vector(array(expr("hash(id)"), expr("hash(-id)"))));
  }

  private long bytesOf(Function<Dataset<Row>, Dataset<Row>> use) throws Exception {
    use.apply(rows()).write().format("noop").mode("overwrite").save();
    context.listenerBus().waitUntilEmpty();
    assertThat(traffic.tasks.get()).isPositive();
    return traffic.bytes.get();
  }

  private static Arguments use(String name, Function<Dataset<Row>, Dataset<Row>> use) {
    return Arguments.of(name, use);
  }

  static Stream<Arguments> uses() {
    WeightedSampler weighted =
        new WeightedSampler().setKeyCol("id").setSamplingWeightCol("w").setNumSamples(30_000);
    StratifiedResampler under = new StratifiedResampler().setKeyCol("id").setSamplingStrategy(0.1);
    return Stream.of(
        use("under", under::resample),
        use("under, as a stage", rows -> under.fit(rows).transform(rows)),
        use("expected", under.copy(new ParamMap()).setExact(false)::resample),
        use("with replacement", weighted::resample),
        use("without replacement", weighted.copy(new ParamMap()).setReplacement(false)::resample),
        use("split", rows -> new StratifiedSplit().setKeyCol("id").split(rows, 0.8, 0.2).get(0)),
        use("folds", new StratifiedFolds().setKeyCol("id")::assign),
        use(
            "a minority too large to gather",
            new Smote()
                    .setKeyCol("id")
                    .setSamplingStrategy("counts(1=900)")
                    .setMaxBroadcastMinority(500)
                ::resample));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void noRowsReachTheDriver(String name, Function<Dataset<Row>, Dataset<Row>> use)
      throws Exception {
    assertThat(bytesOf(use)).isLessThan(ROWS);
  }

  @Test
  void smoteSendsTheMinorityOnly() throws Exception {
    Smote smote = new Smote().setKeyCol("id").setSamplingStrategy("counts(1=900)");
    assertThat(bytesOf(smote::resample)).isBetween(POSITIVES * 16, MINORITY_BYTES);
    rows().filter("id < 1000").collectAsList();
    context.listenerBus().waitUntilEmpty();
    assertThat(traffic.bytes.get()).as("a thousand rows more").isGreaterThan(MINORITY_BYTES);
  }

  @Test
  void collectedIdsWouldBeSeen() throws Exception {
    rows().select("id").collectAsList();
    context.listenerBus().waitUntilEmpty();
    assertThat(traffic.bytes.get()).isGreaterThan(ROWS);
  }
}
