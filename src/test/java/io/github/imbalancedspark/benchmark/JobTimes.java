package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.collection.Iterator;

/** Listens to the jobs that some work starts. */
final class JobTimes extends SparkListener {

  private static final double MILLIS = 1e3;

  private static final class Running {
    private final long start;
    private final List<StageInfo> stages = new ArrayList<>();
    private double delaySeconds;

    private Running(long start) {
      this.start = start;
    }
  }

  private final Map<Integer, Running> running = new HashMap<>();
  private final Map<Integer, Running> byStage = new HashMap<>();
  private final List<JobTime> ended = new ArrayList<>();

  /** Returns the jobs of {@code work}, in order. */
  static List<JobTime> of(SparkContext context, Runnable work) {
    JobTimes times = new JobTimes();
    try {
      context.listenerBus().waitUntilEmpty();
      context.addSparkListener(times);
      work.run();
      context.listenerBus().waitUntilEmpty();
      return times.ended;
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    } finally {
      context.removeSparkListener(times);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    Running job = new Running(event.time());
    running.put(event.jobId(), job);
    Iterator<StageInfo> stages = event.stageInfos().iterator();
    while (stages.hasNext()) {
      byStage.put(stages.next().stageId(), job);
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    Running job = byStage.get(event.stageInfo().stageId());
    if (job != null) {
      job.stages.add(event.stageInfo());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Running job = byStage.get(event.stageId());
    if (job != null && event.taskMetrics() != null) {
      job.delaySeconds +=
          (event.taskInfo().duration() - event.taskMetrics().executorRunTime()) / MILLIS;
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    Running job = running.remove(event.jobId());
    if (job == null || job.stages.isEmpty()) {
      return;
    }
    job.stages.sort(Comparator.comparingInt(StageInfo::stageId));
    StageInfo last = job.stages.get(job.stages.size() - 1);
    ended.add(
        new JobTime(
            JobTime.Kind.of(last.details()),
            (event.time() - job.start) / MILLIS,
            job.stages.stream().map(StageInfo::numTasks).toList(),
            job.stages.stream().mapToLong(s -> s.taskMetrics().executorRunTime()).sum() / MILLIS,
            job.delaySeconds,
            last.taskMetrics().resultSize()));
  }
}
