package io.github.imbalancedspark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** What Spark's own part of a job costs: tasks, the sums' way up, the points' way down. */
final class OverheadJobs {

  private static final int DEPTH = 2;

  private final JavaSparkContext context;
  private final int executors;
  private final int times;

  OverheadJobs(JavaSparkContext context, int executors, int times) {
    this.context = context;
    this.executors = executors;
    this.times = times;
  }

  /** Runs all of them, with all tasks and entries or but a share of them. */
  List<Overhead> run(double share) {
    List<Overhead> all = new ArrayList<>();
    for (int tasks : new int[] {8, 256, 2048}) {
      JavaRDD<Integer> parts = numbers((int) Math.max(8, tasks * share));
      all.add(measure(Overhead.TASKS, 0, () -> parts.foreachPartition(part -> {})));
    }
    for (int[] shape : new int[][] {{16, 18}, {4, 20}, {16, 20}, {48, 20}, {4, 22}, {12, 22}}) {
      int entries = (int) ((1 << shape[1]) * share);
      JavaRDD<double[]> sums = numbers(shape[0]).map(i -> new double[entries]);
      all.add(
          measure(
              Overhead.SUMS,
              (double) Double.BYTES * entries,
              () -> sums.treeReduce(OverheadJobs::add, DEPTH)));
    }
    for (int bits : new int[] {18, 20, 22}) {
      int entries = (int) ((1 << bits) * share);
      all.add(measure(Overhead.POINTS, (double) Double.BYTES * entries, () -> send(entries)));
    }
    return all;
  }

  private JavaRDD<Integer> numbers(int partitions) {
    return context.parallelize(IntStream.range(0, partitions).boxed().toList(), partitions);
  }

  private void send(int entries) {
    Broadcast<double[]> points = context.broadcast(new double[entries]);
    try {
      numbers(executors).foreach(i -> points.value());
    } finally {
      points.destroy();
    }
  }

  private static double[] add(double[] left, double[] right) {
    for (int j = 0; j < left.length; j++) {
      left[j] += right[j];
    }
    return left;
  }

  private Overhead measure(String what, double bytes, Runnable job) {
    job.run();
    List<JobTime> jobs = new ArrayList<>();
    double cpu = cpuSeconds();
    for (int k = 0; k < times; k++) {
      jobs.addAll(JobTimes.of(context.sc(), job));
    }
    Overhead overhead = new Overhead(what, executors, bytes, jobs, (cpuSeconds() - cpu) / times);
    System.out.printf(
        "%s, %d executors, %s, %,.0f bytes: %.3f s%n",
        what, executors, overhead.tree().stageTasks(), bytes, overhead.seconds());
    return overhead;
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
