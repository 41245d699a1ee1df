package io.github.imbalancedspark.benchmark;

import java.util.List;

/**
 * What Spark tells of a job.
 *
 * @param kind which it was
 * @param seconds from its start to its end
 * @param stageTasks number of tasks of each of its stages, in order
 * @param runSeconds what its tasks ran, together
 * @param delaySeconds what its tasks took beside running, together: scheduling, sending, results
 * @param resultBytes what the tasks of its last stage sent to the driver
 */
record JobTime(
    Kind kind,
    double seconds,
    List<Integer> stageTasks,
    double runSeconds,
    double delaySeconds,
    long resultBytes) {

  /** What a job is for. */
  enum Kind {
    READING,
    SKETCH,
    PASS,
    OTHER;

    /** Returns the kind of a job that was called from these places. */
    static Kind of(String callers) {
      if (callers.contains("TrainingBlocks.read(")) {
        return READING;
      } else if (callers.contains("TrainingBlocks.sketch(")) {
        return SKETCH;
      }
      return callers.contains("TrainingBlocks.sum(") ? PASS : OTHER;
    }
  }

  Tree tree() {
    return new Tree(stageTasks);
  }

  double bytesPerResult() {
    return resultBytes / (double) stageTasks.get(stageTasks.size() - 1);
  }
}
