package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;

/**
 * Where the time of a fit goes, as Spark's job times have it: medians of fits of ours, one after
 * the other.
 *
 * @param seconds of the fit, from call to return
 * @param reading of the job that reads the rows
 * @param sketch of the job that draws the sketch
 * @param passes of the passes' jobs
 * @param passTasks of these, what the tasks took, shared among the cores
 */
record FitParts(double seconds, double reading, double sketch, double passes, double passTasks) {

  static final String HEADER =
      "| case | fit s | reading s | sketch s | passes s | of these in tasks, per core | between jobs s |\n"
          + "|---|---|---|---|---|---|---|";

  private static final int FITS = 5;

  /** Measures the fit that {@code work} is. */
  static FitParts of(SparkContext context, Runnable work) {
    List<FitParts> fits = new ArrayList<>();
    for (int k = 0; k < FITS; k++) {
      double[] seconds = new double[1];
      List<JobTime> jobs =
          JobTimes.of(
              context,
              () -> {
                long start = System.nanoTime();
                work.run();
                seconds[0] = (System.nanoTime() - start) / 1e9;
              });
      fits.add(
          new FitParts(
              seconds[0],
              sum(jobs, JobTime.Kind.READING, JobTime::seconds),
              sum(jobs, JobTime.Kind.SKETCH, JobTime::seconds),
              sum(jobs, JobTime.Kind.PASS, JobTime::seconds),
              sum(jobs, JobTime.Kind.PASS, JobTime::runSeconds) / context.defaultParallelism()));
    }
    return new FitParts(
        median(fits, FitParts::seconds),
        median(fits, FitParts::reading),
        median(fits, FitParts::sketch),
        median(fits, FitParts::passes),
        median(fits, FitParts::passTasks));
  }

  private static double sum(
      List<JobTime> jobs, JobTime.Kind kind, ToDoubleFunction<JobTime> seconds) {
    return jobs.stream().filter(job -> job.kind() == kind).mapToDouble(seconds).sum();
  }

  private static double median(List<FitParts> fits, ToDoubleFunction<FitParts> part) {
    return BenchmarkResult.median(fits.stream().mapToDouble(part).toArray());
  }

  String row(String name) {
    return String.format(
        "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        name, seconds, reading, sketch, passes, passTasks, seconds - reading - sketch - passes);
  }
}
