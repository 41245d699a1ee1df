package io.github.imbalancedspark.benchmark;

import java.lang.management.ManagementFactory;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** The most heap that is live on the driver when a job starts. */
final class LiveHeap extends SparkListener {

  private static final double MEGABYTE = 1 << 20;

  private long most;

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    System.gc();
    most = Math.max(most, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  double megabytes() {
    return most / MEGABYTE;
  }
}
