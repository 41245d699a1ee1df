package io.github.imbalancedspark.benchmark;

import java.util.List;

/**
 * A job that does next to nothing but be one, measured several times.
 *
 * @param what tasks (which do nothing), sums (which are added up) or points (which are broadcast)
 * @param executors executors of one core each
 * @param bytes size of a sum, or of the points
 * @param jobs each of them
 * @param driverCpuSeconds processor time of the driver, for one; the least of several runs
 */
record Overhead(
    String what, int executors, double bytes, List<JobTime> jobs, double driverCpuSeconds) {

  static final String TASKS = "tasks";
  static final String SUMS = "sums";
  static final String POINTS = "points";

  private static final int FEWEST_TASKS = 256;

  Tree tree() {
    return jobs.get(0).tree();
  }

  Work work() {
    FitShape nothing = new FitShape(0, 0, 0, executors, 0);
    return switch (what) {
      case SUMS -> nothing.job(bytes, tree());
      case POINTS -> nothing.job(0, tree()).add(Cost.POINT_BYTE, bytes);
      default -> nothing.job(0, tree());
    };
  }

  /** Returns whether the driver had next to nothing to do but to hand out tasks. */
  boolean tellsDispatching() {
    return what.equals(TASKS) && tree().tasks() >= FEWEST_TASKS;
  }

  double seconds() {
    return ScaleFit.typical(jobs.stream().map(JobTime::seconds).toList());
  }

  /** Returns this as it was measured in both runs. */
  Overhead with(Overhead other) {
    return new Overhead(
        what,
        executors,
        bytes,
        ScaleFit.both(jobs, other.jobs),
        Math.min(driverCpuSeconds, other.driverCpuSeconds));
  }

  boolean isSame(Overhead other) {
    return what.equals(other.what)
        && executors == other.executors
        && bytes == other.bytes
        && tree().equals(other.tree());
  }
}
