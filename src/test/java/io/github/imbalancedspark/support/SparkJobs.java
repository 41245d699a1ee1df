package io.github.imbalancedspark.support;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts Spark's jobs: a pass over the rows is one. */
public final class SparkJobs {

  private SparkJobs() {}

  /** Returns how many jobs {@code work} starts. */
  public static int of(Runnable work) throws Exception {
    SparkContext context = SparkSessions.shared().sparkContext();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(counter);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty();
      return jobs.get();
    } finally {
      context.removeSparkListener(counter);
    }
  }
}
