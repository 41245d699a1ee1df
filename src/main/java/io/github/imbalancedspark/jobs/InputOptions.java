package io.github.imbalancedspark.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** Which table to read. */
final class InputOptions {

  /** How old files of a stream may be, in Spark's terms. */
  private static final Map<String, String> ANY_AGE = Map.of("maxFileAge", "36500d");

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
          // A row of too many or too few values is an error, which only shows if all are parsed.
          Format.CSV,
              Map.of(
                  "header", "true",
                  "inferSchema", "true",
                  "mode", "FAILFAST",
                  "columnPruning", "false"),
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
      order = 3,
      description = "An option of Spark's reader, such as sep=; (repeatable).")
  private final Map<String, String> options = new LinkedHashMap<>();

  String path() {
    return input;
  }

  InputFiles files(SparkSession spark) {
    return new InputFiles(spark, input, options);
  }

  /** Returns whether a column's type is what the values of the moment look like. */
  boolean isInferred() {
    return format == Format.CSV;
  }

  boolean isLibsvm() {
    return format == Format.LIBSVM;
  }

  /**
   * Returns a table with rows.
   *
   * @throws IllegalArgumentException as {@link #load} does, or if there are no rows
   */
  Dataset<Row> loadRows(SparkSession spark) {
    return loadRows(spark, Map.of(), UnaryOperator.identity());
  }

  /** Returns a table with rows, read as {@link #load} does. */
  Dataset<Row> loadRows(
      SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    Dataset<Row> table = load(spark, more, types);
    // Asked first: without rows, all columns of a CSV file look like text.
    if (table.isEmpty()) {
      throw new IllegalArgumentException(
          "input: '" + input + "' has no rows; check the path, or what should have filled it");
    }
    return table;
  }

  /**
   * Returns the table, read with {@code more} options where none are given.
   *
   * @param types what the columns of a CSV file are read as, of what their values look like
   * @throws IllegalArgumentException as {@link InputFiles#areThere} does, or if it has no files or
   *     no columns
   */
  Dataset<Row> load(SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    if (!files(spark).areThere()) {
      throw new IllegalArgumentException(
          String.format(
              "input: '%s' holds no %s files; check the path, or what should have filled it",
              input, format.sparkName()));
    }
    return read(spark, more, types);
  }

  /** Returns the table of files that are there. */
  private Dataset<Row> read(
      SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    Map<String, String> all = readerOptions(more);
    Dataset<Row> table =
        format == Format.CSV
            ? new CsvInput(spark, input, all).read(types)
            : spark.read().format(format.sparkName()).options(all).load(input);
    if (table.columns().length == 0) {
      throw new IllegalArgumentException("input: '" + input + "' is empty; it has no columns");
    }
    return table;
  }

  /**
   * Returns the schema of the files that are there, for a {@link #stream} of these and later ones.
   *
   * @throws IllegalArgumentException if there are no columns, or they have no names that the
   *     headers of later files could be compared with
   */
  StructType schema(SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    StructType schema = read(spark, more, types).schema();
    if (format == Format.CSV
        && !new CsvInput(spark, input, readerOptions(more)).isComparable(schema.fieldNames())) {
      throw new IllegalArgumentException(
          String.format(
              "input: the header of '%s' has an empty or a repeated name, so later files cannot be"
                  + " compared with it; name every column, or take columns by their place with"
                  + " --option enforceSchema=true",
              input));
    }
    return schema;
  }

  /**
   * Returns the folder as a stream of files with that schema, of which there may be none yet; a
   * value that is not of its column's type ends it. A file is read however old it is: of itself
   * Spark passes over, in silence, those last modified a week before the newest that it has seen,
   * and files that are moved or copied with their times are.
   *
   * @throws IllegalArgumentException if it is half written, or picked from what a stream wrote
   */
  Dataset<Row> stream(SparkSession spark, Map<String, String> more, StructType schema) {
    CompletionMark.requireIfOurs(input, "input");
    return spark
        .readStream()
        .format(format.sparkName())
        .options(streamOptions(more))
        .schema(schema)
        .load(input);
  }

  /** Returns some files of a {@link #stream} as a table. */
  Dataset<Row> some(
      SparkSession spark, Map<String, String> more, StructType schema, List<Path> files) {
    return spark
        .read()
        .format(format.sparkName())
        .options(streamOptions(more))
        .schema(schema)
        .load(files.stream().map(HadoopFiles::literally).toArray(String[]::new));
  }

  private Map<String, String> streamOptions(Map<String, String> more) {
    Map<String, String> all = readerOptions(more);
    return ReaderOptions.with(ANY_AGE, format == Format.CSV ? CsvInput.strict(all) : all);
  }

  private Map<String, String> readerOptions(Map<String, String> more) {
    return ReaderOptions.with(ReaderOptions.with(DEFAULTS.get(format), more), options);
  }
}
