package io.github.imbalancedspark.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What Spark's own files tell of a stream: logs, which are folders of a file for each batch. */
final class StreamLogs {

  /** An entry of a log, which also holds others, such as half-written ones. */
  private static final Pattern BATCH = Pattern.compile("(\\d+)(\\.compact)?");

  /** In the checkpoint: which files a batch goes up to, from before it is begun. */
  static final String OFFSETS = "offsets";

  /** In the output: which files there are part of it. */
  static final String OUTPUT_LOG = "_spark_metadata";

  private StreamLogs() {}

  /** Returns the newest batch that a log tells of, or -1. */
  static long newestBatch(Path log) throws IOException {
    return entries(log).keySet().stream().mapToLong(batch -> batch).max().orElse(-1);
  }

  /** Returns batch → entry of a log; a compact one, which holds earlier batches too, goes first. */
  private static Map<Long, Path> entries(Path log) throws IOException {
    FileSystem files = HadoopFiles.of(log);
    Map<Long, Path> entries = new TreeMap<>();
    for (FileStatus file : files.exists(log) ? files.listStatus(log) : new FileStatus[0]) {
      Matcher name = BATCH.matcher(file.getPath().getName());
      if (name.matches()) {
        entries.merge(
            Long.parseLong(name.group(1)),
            file.getPath(),
            (one, other) -> name.group(2) == null ? one : file.getPath());
      }
    }
    return entries;
  }

  /**
   * Returns the files of the batch that was begun and is not in the output, which the next run of
   * Spark scores before it looks for others.
   */
  static List<Path> pending(String checkpoint, String output) throws IOException {
    long written =
        Math.max(
            newestBatch(new Path(checkpoint, "commits")),
            newestBatch(new Path(output, OUTPUT_LOG)));
    long scored = written < 0 ? -1 : offset(new Path(checkpoint, OFFSETS + "/" + written));
    return List.copyOf(filesAfter(scored, checkpoint));
  }

  /** Returns the files that Spark has met, be they scored or about to be. */
  static Set<Path> known(String checkpoint) throws IOException {
    return filesAfter(-1, checkpoint);
  }

  private static Set<Path> filesAfter(long batch, String checkpoint) throws IOException {
    Set<Path> later = new LinkedHashSet<>();
    for (Map.Entry<Long, Path> entry : entries(new Path(checkpoint, "sources/0")).entrySet()) {
      if (entry.getKey() > batch) {
        for (String line : HadoopFiles.read(entry.getValue()).lines().skip(1).toList()) {
          JsonNode file = Json.read(line);
          if (file.get("batchId").asLong() > batch) {
            later.add(new Path(URI.create(file.get("path").asText())));
          }
        }
      }
    }
    return later;
  }

  /** Returns the last entry of the log of files that is part of a batch: they count apart. */
  private static long offset(Path batch) throws IOException {
    List<String> lines = HadoopFiles.read(batch).lines().toList();
    return Json.read(lines.get(lines.size() - 1)).get("logOffset").asLong();
  }
}
