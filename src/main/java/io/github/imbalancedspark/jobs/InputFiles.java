package io.github.imbalancedspark.jobs;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The files that a table is read from.
 *
 * @param input a file, a folder or a pattern
 * @param options of Spark's reader, which can tell files apart
 */
record InputFiles(SparkSession spark, String input, Map<String, String> options) {

  /**
   * Returns whether there are files, in which Spark would look for columns.
   *
   * @throws IllegalArgumentException if there is no table, it is half written, or it is picked from
   *     what a stream wrote
   */
  boolean areThere() {
    HadoopFiles.requireExists(input, "input");
    CompletionMark.requireIfOurs(input, "input");
    return uris().length > 0;
  }

  /** Returns the URIs of the files; of text Spark knows the columns, so it opens none. */
  private String[] uris() {
    return spark.read().format("text").options(options).load(input).inputFiles();
  }

  /** Returns those of the files whose names Hadoop takes for patterns. */
  List<Path> patternNames() {
    return Arrays.stream(uris())
        .map(file -> new Path(URI.create(file)))
        .filter(file -> HadoopFiles.isPattern(file.toString()))
        .toList();
  }

  /**
   * Returns whether there are files for a stream to begin with; a pattern may match none yet.
   *
   * @throws IllegalArgumentException as {@link #areThere} does
   */
  boolean areThereForStream() {
    return !(HadoopFiles.isPattern(input) && isGone()) && areThere();
  }

  /** Returns whether there is nothing where a stream has found files. */
  boolean isGone() {
    return !HadoopFiles.exists(input, "input");
  }
}
