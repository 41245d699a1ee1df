package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What Spark's own files tell of a stream: logs, which are folders of a file for each batch. */
final class StreamLogs {

  /** An entry of a log, which also holds others, such as half-written ones. */
  private static final Pattern BATCH = Pattern.compile("(\\d+)(\\.compact)?");

  private StreamLogs() {}

  /** Returns the newest batch that a log tells of, or -1. */
  static long newestBatch(Path log) throws IOException {
    FileSystem files = HadoopFiles.of(log);
    return Stream.of(files.exists(log) ? files.listStatus(log) : new FileStatus[0])
        .map(entry -> BATCH.matcher(entry.getPath().getName()))
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)))
        .max()
        .orElse(-1);
  }
}
