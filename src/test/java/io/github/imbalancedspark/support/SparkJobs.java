package io.github.imbalancedspark.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts Spark's jobs, of which a pass over the rows is one, and their tasks. */
public final class SparkJobs {

  private SparkJobs() {}

  /** Returns how many jobs {@code work} starts. */
  public static int of(Runnable work) throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    watch(
        work,
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        });
    return jobs.get();
  }

  /** Returns how many tasks {@code work} takes. */
  public static int tasksOf(Runnable work) throws Exception {
    return Math.toIntExact(sumOverTasks(work, end -> 1));
  }

  /** Returns how many tasks each stage of {@code work} has, in the order in which they end. */
  public static List<Integer> tasksByStage(Runnable work) throws Exception {
    List<Integer> tasks = Collections.synchronizedList(new ArrayList<>());
    watch(
        work,
        new SparkListener() {
          @Override
          public void onStageCompleted(SparkListenerStageCompleted stage) {
            tasks.add(stage.stageInfo().numTasks());
          }
        });
    return tasks;
  }

  /** Returns how many rows {@code work} shuffles. */
  public static long shuffledRowsOf(Runnable work) throws Exception {
    return sumOverTasks(work, end -> end.taskMetrics().shuffleWriteMetrics().recordsWritten());
  }

  private static long sumOverTasks(Runnable work, ToLongFunction<SparkListenerTaskEnd> term)
      throws Exception {
    AtomicLong sum = new AtomicLong();
    watch(
        work,
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            sum.addAndGet(term.applyAsLong(end));
          }
        });
    return sum.get();
  }

  private static void watch(Runnable work, SparkListener listener) throws Exception {
    SparkContext context = SparkSessions.shared().sparkContext();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(listener);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
  }
}
