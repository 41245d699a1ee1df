package io.github.imbalancedspark.jobs;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Which table to read. */
final class InputOptions {

  enum Format {
    CSV,
    PARQUET,
    LIBSVM;

    String sparkName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Map<Format, Map<String, String>> DEFAULTS =
      Map.of(
          Format.CSV, Map.of("header", "true", "inferSchema", "true"),
          Format.PARQUET, Map.of(),
          Format.LIBSVM, Map.of());

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      order = 1,
      description = "The table: a file, a folder or a pattern, on any Hadoop file system.")
  private String input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      order = 2,
      description = "csv (with a header; default), parquet or libsvm.")
  private Format format;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      split = ConfigFile.SEPARATOR,
      hideParamSyntax = true,
      order = 3,
      description = "An option of Spark's reader, such as sep=; (repeatable).")
  private final Map<String, String> options = new LinkedHashMap<>();

  String path() {
    return input;
  }

  boolean isLibsvm() {
    return format == Format.LIBSVM;
  }

  /**
   * Returns the table.
   *
   * @throws IllegalArgumentException if there is none, it is half written, or it has no columns
   */
  Dataset<Row> load(SparkSession spark) {
    return load(spark, Map.of());
  }

  /** Returns the table, read with {@code more} options where none are given. */
  Dataset<Row> load(SparkSession spark, Map<String, String> more) {
    HadoopFiles.requireExists(input, "input");
    CompletionMark.requireIfOurs(input, "input");
    Map<String, String> all = new HashMap<>(DEFAULTS.get(format));
    all.putAll(more);
    all.putAll(options);
    Dataset<Row> table = spark.read().format(format.sparkName()).options(all).load(input);
    if (table.columns().length == 0) {
      throw new IllegalArgumentException("input: '" + input + "' is empty; it has no columns");
    }
    return table;
  }
}
