package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.Plural;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Whether a folder is read as a stream of files, of which each is read once, whatever happens. */
final class StreamOptions {

  private static final Logger LOG = LoggerFactory.getLogger(StreamOptions.class);
  private static final long TELL_EVERY_MILLIS = 1_000;

  private static final String NOTHING = "nothing to score: there are no new files";

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      order = 40,
      description =
          "Score only those files of the input folder that no earlier run with this DIR has scored,"
              + " and add to the output (by Structured Streaming). Files must come whole: write them"
              + " elsewhere, or under a name that begins with . or _, and rename them. One that is"
              + " replaced under its name is not scored again. Read the output as a folder, by Spark or"
              + " what knows its _spark_metadata: a killed run may leave files that are not part of"
              + " it.")
  private String checkpoint;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      order = 41,
      description =
          "With --checkpoint: go on for ever, and look for files that often (default: end).")
  private Integer every;

  /** Returns whether there is a stream. */
  boolean isAsked() {
    return checkpoint != null;
  }

  /** Returns what is wrong with the options, or {@code null}. */
  String problem() {
    return every == null || every >= 1
        ? null
        : "--every: is " + every + "; it must be 1 second or more";
  }

  String checkpoint() {
    return checkpoint;
  }

  /**
   * Checks that a stream may write there.
   *
   * @throws IllegalArgumentException if it is a folder that no stream has made, not there though a
   *     stream with this checkpoint has written, or that has batches which the checkpoint has not,
   *     be it another stream's or an older copy: Spark would take these for batches to come, and
   *     pass over them
   */
  void requireItsOutput(String output) {
    Path path = new Path(output);
    Path written = new Path(path, StreamLogs.OUTPUT_LOG);
    try {
      FileSystem files = HadoopFiles.of(path);
      boolean ofStream = files.exists(written);
      if (!ofStream && files.exists(path)) {
        throw new IllegalArgumentException(
            "output: '" + output + "' is there already and not of a stream; name a new folder");
      }
      if (!ofStream && StreamLogs.newestBatch(new Path(checkpoint, "commits")) >= 0) {
        throw new IllegalArgumentException(
            String.format(
                "output: '%s' is not there, though files of checkpoint '%s' were scored; name the"
                    + " folder they were written to, or remove the checkpoint to score all again",
                output, checkpoint));
      }
      if (StreamLogs.newestBatch(new Path(checkpoint, StreamLogs.OFFSETS))
          < StreamLogs.newestBatch(written)) {
        throw new IllegalArgumentException(
            String.format(
                "checkpoint: '%s' is not that of output '%s', which has batches of files that it has"
                    + " not; name the checkpoint that the output was begun with, or another"
                    + " --output",
                checkpoint, output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "output: '" + output + "' or checkpoint '" + checkpoint + "' cannot be reached", e);
    }
  }

  /**
   * Checks that the files are there which a run had begun to score that was stopped: Spark would
   * score the others of the batch, and never look for them again.
   *
   * @throws IllegalArgumentException if one is not
   */
  void requirePending(String output) {
    for (Path file : pending(output)) {
      if (!HadoopFiles.exists(HadoopFiles.literally(file), "input")) {
        throw new IllegalArgumentException(
            String.format(
                "input: '%s' is gone, which an earlier run had begun to score; put it back, or what"
                    + " is to stand for it (if it is bad, mended), under its name",
                file));
      }
    }
  }

  private List<Path> pending(String output) {
    try {
      return StreamLogs.pending(checkpoint, output);
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint: '" + checkpoint + "' cannot be read", e);
    }
  }

  /**
   * Checks that no file has a name for which Spark would read the others of its batch twice, but
   * for those that are scored already: it takes it for a pattern, and then also expands the
   * others'.
   *
   * @param patterns files whose names Hadoop takes for patterns
   * @throws IllegalArgumentException if one has
   */
  void requireNoNew(List<Path> patterns) {
    try {
      Set<Path> known = patterns.isEmpty() ? Set.of() : StreamLogs.known(checkpoint);
      for (Path file : patterns) {
        if (!known.contains(file)) {
          throw new IllegalArgumentException(
              String.format(
                  "input: the name of '%s' holds one of { } [ ] * ? \\, for which Spark would read"
                      + " the other new files twice; rename it",
                  file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint: '" + checkpoint + "' cannot be reached", e);
    }
  }

  /**
   * Returns whether there are files to begin with, for which a stream that goes on for ever waits.
   */
  boolean awaitFirst(BooleanSupplier files) throws InterruptedException {
    boolean there = files.getAsBoolean();
    while (!there && every != null) {
      TimeUnit.SECONDS.sleep(every);
      there = files.getAsBoolean();
    }
    if (!there) {
      LOG.info(NOTHING);
    }
    return there;
  }

  /**
   * Starts the stream, and waits for its end; each batch of files is told of.
   *
   * @param score scores some files, to no end but to fail at a bad one
   * @throws IllegalArgumentException if a row's feature is bad; it names the file
   */
  void run(DataStreamWriter<Row> writer, String output, Consumer<List<Path>> score) {
    Trigger trigger =
        every == null ? Trigger.AvailableNow() : Trigger.ProcessingTime(1000L * every);
    try {
      StreamingQuery query =
          writer
              .option("checkpointLocation", checkpoint)
              .option("path", output)
              .trigger(trigger)
              .start();
      long told = -1;
      while (!query.awaitTermination(TELL_EVERY_MILLIS)) {
        told = tell(query, told);
      }
      if (tell(query, told) < 0) {
        LOG.info(NOTHING);
      }
    } catch (StreamingQueryException e) {
      throw failure(e.getCause() == null ? e : e.getCause(), output, score);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private RuntimeException failure(Throwable e, String output, Consumer<List<Path>> score) {
    BadFile bad = BadFile.of(e, () -> pending(output), score);
    return bad == null
        ? new IllegalStateException(e)
        : new IllegalArgumentException(
            String.format(
                "input: in '%s' %s; mend the file in place, under its name, and run again",
                bad.file(), bad.problem()),
            e);
  }

  /** Logs what came in batches after {@code told}, and returns the last one that ended. */
  private static long tell(StreamingQuery query, long told) {
    long last = told;
    for (StreamingQueryProgress batch : query.recentProgress()) {
      if (batch.batchId() > last && batch.numInputRows() > 0) {
        LOG.info("scored {} of new files", Plural.of(batch.numInputRows(), "row"));
        last = batch.batchId();
      }
    }
    return last;
  }
}
