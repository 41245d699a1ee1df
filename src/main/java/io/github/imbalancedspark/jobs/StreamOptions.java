package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** Whether a folder is read as a stream of files, of which each is read once, whatever happens. */
final class StreamOptions {

  private static final String SCHEMA = "schema.json";

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      order = 40,
      description =
          "Score only those files of the input folder that no earlier run with this DIR has scored,"
              + " and add to the output (by Structured Streaming).")
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
   * Returns the schema that the stream's first run met; this run is that one if there is none.
   *
   * @param found the schema of the files that are there now
   * @param numbers columns that may hold any number, whatever the first files held
   */
  StructType schema(StructType found, Set<String> numbers) {
    Path file = new Path(checkpoint, SCHEMA);
    try {
      if (!HadoopFiles.of(file).exists(file)) {
        HadoopFiles.write(file, widened(found, numbers).json());
      }
      return (StructType) DataType.fromJson(HadoopFiles.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint: '" + checkpoint + "' cannot be reached", e);
    }
  }

  private static StructType widened(StructType schema, Set<String> numbers) {
    StructType widened = new StructType();
    for (StructField field : schema.fields()) {
      widened =
          widened.add(
              field.name(),
              numbers.contains(field.name()) ? DataTypes.DoubleType : field.dataType());
    }
    return widened;
  }

  /**
   * Checks that a stream may write there.
   *
   * @throws IllegalArgumentException if it is a folder that no stream has made
   */
  static void requireStreamOrNothing(String output) {
    Path path = new Path(output);
    try {
      FileSystem files = HadoopFiles.of(path);
      if (files.exists(path) && !files.exists(new Path(path, "_spark_metadata"))) {
        throw new IllegalArgumentException(
            "output: '" + output + "' is there already and not of a stream; name a new folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("output: '" + output + "' cannot be reached", e);
    }
  }

  /** Starts the stream, and waits for its end. */
  void run(DataStreamWriter<Row> writer, String output) {
    Trigger trigger =
        every == null ? Trigger.AvailableNow() : Trigger.ProcessingTime(1000L * every);
    try {
      writer
          .option("checkpointLocation", checkpoint)
          .option("path", output)
          .trigger(trigger)
          .start()
          .awaitTermination();
    } catch (StreamingQueryException e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
