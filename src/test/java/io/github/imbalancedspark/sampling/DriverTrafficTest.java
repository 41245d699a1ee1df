package io.github.imbalancedspark.sampling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.functions;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many bytes reach the driver while a sampler decides. The data is 100,000 rows of 100 doubles,
 * 80 MB; 200 of the rows are positive.
 */
class DriverTrafficTest {

  private static final long ROWS = 100_000;
  private static final long BYTES_PER_ROW = 800;
  private static final long POSITIVES = 200;

  private final SparkContext context = SparkSessions.shared().sparkContext();
  private final Traffic traffic = new Traffic();

  private static final class Traffic extends SparkListener {

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong jobs = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      bytes.addAndGet(end.taskMetrics().resultSize());
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
      jobs.incrementAndGet();
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
    Column[] values = Stream.generate(() -> rand(5)).limit(100).toArray(Column[]::new);
    return SparkSessions.shared()
        .range(0, ROWS, 1, 4)
        .withColumn("label", expr("cast(id % " + ROWS / POSITIVES + " = 0 as double)"))
        .withColumn("features", functions.array_to_vector(array(values)));
  }

  private long bytesOf(Sampler<?> sampler) throws Exception {
    sampler.resample(rows());
    context.listenerBus().waitUntilEmpty();
    assertThat(traffic.jobs.get()).isPositive();
    return traffic.bytes.get();
  }

  @Test
  void stratifiedResamplingSendsCountsOnly() throws Exception {
    // 4096 buckets of 8 + 8 + 8 bytes and a row header for each class
    assertThat(bytesOf(new StratifiedResampler().setSamplingStrategy(0.1)))
        .isLessThan(ROWS * BYTES_PER_ROW / 100);
  }

  @Test
  void splittingSendsCountsOnly() throws Exception {
    new StratifiedSplit().split(rows(), 0.8, 0.2);
    context.listenerBus().waitUntilEmpty();
    assertThat(traffic.bytes.get()).isPositive().isLessThan(ROWS * BYTES_PER_ROW / 100);
  }

  @Test
  void smoteSendsTheMinorityOnly() throws Exception {
    long bytes = bytesOf(new Smote().setKeyCol("id").setVariant("adasyn"));
    assertThat(bytes).isBetween(POSITIVES * BYTES_PER_ROW / 2, 3 * POSITIVES * BYTES_PER_ROW);
  }
}
