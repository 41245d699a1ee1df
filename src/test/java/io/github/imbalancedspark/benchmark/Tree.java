package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of each stage of a job; every task but those of the last one hands on a sum.
 *
 * @param stageTasks how many, stage by stage
 * @param toDriver how many sums come to the driver
 */
record Tree(List<Integer> stageTasks, int toDriver) {

  /** Every task of the last stage hands one to the driver. */
  Tree(List<Integer> stageTasks) {
    this(stageTasks, stageTasks.get(stageTasks.size() - 1));
  }

  /** Returns a job of one stage whose tasks hand the sums of all partitions to the driver. */
  static Tree none(int tasks, int partitions) {
    return new Tree(List.of(tasks), partitions);
  }

  /** Returns that of Spark's tree aggregation. */
  static Tree of(int partitions, int depth, boolean endsOnExecutor) {
    List<Integer> tasks = new ArrayList<>(List.of(partitions));
    int fanIn = Math.max(2, (int) Math.ceil(Math.pow(partitions, 1.0 / depth)));
    int left = partitions;
    while (left > fanIn + Math.ceil((double) left / fanIn)) {
      left /= fanIn;
      tasks.add(left);
    }
    if (endsOnExecutor && left > 1) {
      tasks.add(1);
    }
    return new Tree(tasks);
  }

  int stages() {
    return stageTasks.size();
  }

  int tasks() {
    return stageTasks.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns how many sums are handed on one after another where {@code cores} work at once. */
  double merges(int cores) {
    double merges = 0;
    for (int stage = 0; stage + 1 < stages(); stage++) {
      double from = stageTasks.get(stage);
      double atOnce = Math.min(cores, stageTasks.get(stage + 1));
      merges += from / atOnce;
    }
    return merges;
  }
}
