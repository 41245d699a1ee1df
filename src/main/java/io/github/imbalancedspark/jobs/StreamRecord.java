package io.github.imbalancedspark.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.internal.Columns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a stream was begun with, in the file {@code stream.json} of its checkpoint. Spark keeps none
 * of it: files that are reached by another path it would score again, and to an output it would add
 * rows of another stream, or of other columns.
 *
 * @param terms option → value, of the options that every run has to give alike
 * @param columns the output's columns, each with its type
 * @param schema the input's columns
 */
record StreamRecord(Map<String, String> terms, List<String> columns, StructType schema) {

  private static final String NAME = "stream.json";
  private static final String COLUMNS = "columns";
  private static final String SCHEMA = "schema";

  private static final String BEGIN_ANEW = "begin anew with another --checkpoint and --output";

  /** Returns what is to be kept of a stream that writes {@code output}. */
  static StreamRecord of(Map<String, String> terms, StructType output, StructType schema) {
    return new StreamRecord(terms, columns(output), schema);
  }

  /** Columns by their types alone: whether one may be null is of no matter, nor its metadata. */
  private static List<String> columns(StructType output) {
    return Arrays.stream(output.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  /**
   * Returns what {@link #store} was given by an earlier run, or {@code null}.
   *
   * @throws IllegalArgumentException if there is nothing, and yet there are batches
   */
  static StreamRecord stored(String checkpoint) {
    Path file = new Path(checkpoint, NAME);
    try {
      if (HadoopFiles.of(file).exists(file)) {
        return parsed(Json.read(HadoopFiles.read(file)));
      }
      if (StreamLogs.newestBatch(new Path(checkpoint, StreamLogs.OFFSETS)) >= 0) {
        throw new IllegalArgumentException(
            String.format(
                "checkpoint: '%s' has batches and no file %s, so it is of no stream that score has"
                    + " begun; put the file back, or %s",
                checkpoint, NAME, BEGIN_ANEW));
      }
      return null;
    } catch (IOException e) {
      throw unreachable(checkpoint, e);
    }
  }

  private static StreamRecord parsed(JsonNode stored) {
    Map<String, String> terms = new LinkedHashMap<>();
    stored
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (stored.get(name).isTextual()) {
                terms.put(name, stored.get(name).asText());
              }
            });
    List<String> columns = new ArrayList<>();
    stored.get(COLUMNS).forEach(column -> columns.add(column.asText()));
    return new StreamRecord(
        terms, columns, (StructType) DataType.fromJson(stored.get(SCHEMA).toString()));
  }

  /** Keeps it for later runs: whole, or not at all. */
  void store(String checkpoint) {
    Path file = new Path(checkpoint, NAME);
    Path begun = new Path(checkpoint, "." + NAME);
    try {
      Map<String, Object> all = new LinkedHashMap<>(terms);
      all.put(COLUMNS, columns);
      all.put(SCHEMA, Json.read(schema.json()));
      HadoopFiles.write(begun, Json.text(all));
      if (!HadoopFiles.of(file).rename(begun, file)) {
        throw new IOException(begun + " cannot be moved to " + file);
      }
    } catch (IOException e) {
      throw unreachable(checkpoint, e);
    }
  }

  private static UncheckedIOException unreachable(String checkpoint, IOException e) {
    return new UncheckedIOException("checkpoint: '" + checkpoint + "' cannot be reached", e);
  }

  /**
   * Checks that a run has the options of the first.
   *
   * @throws IllegalArgumentException if not
   */
  void requireTerms(String checkpoint, Map<String, String> given) {
    given.forEach((option, value) -> require(checkpoint, "--" + option, terms.get(option), value));
  }

  /**
   * Checks that a run writes the columns of the first.
   *
   * @throws IllegalArgumentException if not
   */
  void requireColumns(String checkpoint, StructType output) {
    List<String> given = columns(output);
    for (int i = 0; i < Math.max(columns.size(), given.size()); i++) {
      require(checkpoint, "output's column " + (i + 1), at(columns, i), at(given, i));
    }
  }

  private static String at(List<String> columns, int i) {
    return i < columns.size() ? columns.get(i) : "none";
  }

  private static void require(String checkpoint, String what, String stored, String given) {
    if (!given.equals(stored)) {
      throw new IllegalArgumentException(
          String.format(
              "checkpoint: '%s' is of a stream whose %s is '%s', not '%s'; keep to that, or %s",
              checkpoint, what, stored, given, BEGIN_ANEW));
    }
  }

  /**
   * Checks that the input's columns will do.
   *
   * @param needed those that are needed
   * @param read the stored schema as the columns are to be read
   * @throws IllegalArgumentException if one is missing or of another type
   */
  void requireRead(String checkpoint, List<String> needed, StructType read) {
    for (String name : needed) {
      if (!Columns.has(schema, name)) {
        throw outgrown(checkpoint, "has no column '" + name + "'");
      }
    }
    for (int i = 0; i < schema.length(); i++) {
      StructField field = schema.fields()[i];
      if (!field.dataType().equals(read.fields()[i].dataType())) {
        throw outgrown(
            checkpoint,
            String.format(
                "has column '%s' as %s, and the model reads %s",
                field.name(),
                field.dataType().simpleString(),
                read.fields()[i].dataType().simpleString()));
      }
    }
  }

  private static IllegalArgumentException outgrown(String checkpoint, String problem) {
    return new IllegalArgumentException(
        String.format(
            "checkpoint: '%s' %s; it keeps the columns that the first run met: %s",
            new Path(checkpoint, NAME), problem, BEGIN_ANEW));
  }
}
