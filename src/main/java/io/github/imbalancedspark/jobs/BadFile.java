package io.github.imbalancedspark.jobs;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/**
 * The file whose row a batch of files failed at. The expression that finds a bad feature knows of
 * none: to ask Spark for it there would change the plan of every pipeline.
 *
 * @param file the file
 * @param problem what is wrong with its row
 */
record BadFile(Path file, String problem) {

  /** How a line begins that says what is wrong with a feature. */
  private static final String FEATURES = "features: ";

  /**
   * Returns the file for a batch that has failed, or {@code null} if its rows are not to blame.
   *
   * @param batch its files, asked for if a row may be to blame
   * @param score scores some of the files, to no end but to fail if one is bad: half of those that
   *     are left each time, so that all of it takes hardly longer than the batch
   */
  static BadFile of(Throwable failure, Supplier<List<Path>> batch, Consumer<List<Path>> score) {
    if (!FailureLine.of(failure).startsWith(FEATURES)) {
      return null;
    }
    List<Path> left = batch.get();
    while (left.size() > 1) {
      List<Path> half = left.subList(0, left.size() / 2);
      left = problem(half, score) == null ? left.subList(half.size(), left.size()) : half;
    }
    String problem = problem(left, score);
    return problem == null ? null : new BadFile(left.get(0), problem);
  }

  /** Returns what is wrong with a feature of some files, or {@code null}. */
  private static String problem(List<Path> files, Consumer<List<Path>> score) {
    try {
      score.accept(files);
      return null;
    } catch (Exception e) { // Spark throws checked ones too, undeclared
      String line = FailureLine.of(e);
      return line.startsWith(FEATURES) ? line.substring(FEATURES.length()) : null;
    }
  }
}
