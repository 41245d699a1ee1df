package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Which table to read. */
final class InputOptions {

  private static final Logger LOG = LoggerFactory.getLogger(InputOptions.class);

  private static final String PARQUET_MAGIC = "PAR1";

  /** Spark's option to take columns by their place, whatever a header says. */
  private static final String ENFORCE = "enforceSchema";

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
   * @throws IllegalArgumentException as {@link #hasFiles} does, or if it has no files or no columns
   */
  Dataset<Row> load(SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    if (!hasFiles(spark)) {
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
    Dataset<Row> table = table(spark, more, types);
    if (table.columns().length == 0) {
      throw new IllegalArgumentException("input: '" + input + "' is empty; it has no columns");
    }
    return table;
  }

  /**
   * Returns whether there are files, in which Spark would look for columns.
   *
   * @throws IllegalArgumentException if there is no table, it is half written, or it is picked from
   *     what a stream wrote
   */
  boolean hasFiles(SparkSession spark) {
    HadoopFiles.requireExists(input, "input");
    CompletionMark.requireIfOurs(input, "input");
    return files(spark).length > 0;
  }

  /** Returns the URIs of the files; of text Spark knows the columns, so it opens none. */
  private String[] files(SparkSession spark) {
    return spark.read().format("text").options(options).load(input).inputFiles();
  }

  /** Returns those of the files whose names Hadoop takes for patterns. */
  List<Path> patternNames(SparkSession spark) {
    return Arrays.stream(files(spark))
        .map(file -> new Path(URI.create(file)))
        .filter(file -> HadoopFiles.isPattern(file.toString()))
        .toList();
  }

  /**
   * Returns whether there are files for a stream to begin with; a pattern may match none yet.
   *
   * @throws IllegalArgumentException as {@link #hasFiles} does
   */
  boolean hasFirstFiles(SparkSession spark) {
    return !(HadoopFiles.isPattern(input) && isGone()) && hasFiles(spark);
  }

  /** Returns whether there is nothing where a stream has found files. */
  boolean isGone() {
    return !HadoopFiles.exists(input, "input");
  }

  private Dataset<Row> table(
      SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    Map<String, String> all = readerOptions(more);
    Dataset<Row> found = table(spark.read().options(all));
    if (format != Format.CSV || found.columns().length == 0) {
      return found;
    }
    StructType schema = types.apply(found.schema());
    if (!hasHeader(all)) {
      return table(spark.read().options(all).schema(schema));
    }
    if (found.columns()[0].startsWith(PARQUET_MAGIC)) {
      throw new IllegalArgumentException(
          "input: '" + input + "' is Parquet; say so with --format parquet");
    }
    return isNamedByHeader(spark, all, found.columns())
        ? compared(spark, all, found.schema(), schema)
        : byPlace(table(spark.read().options(all).schema(schema)));
  }

  private Dataset<Row> byPlace(Dataset<Row> table) {
    if (table.inputFiles().length > 1) {
      LOG.warn(
          "--input: the header of '{}' has an empty or a repeated name, so columns of all files are"
              + " taken by their place",
          input);
    }
    return table;
  }

  /** Returns the table whose files' headers Spark compares with {@code schema}. */
  private Dataset<Row> compared(
      SparkSession spark, Map<String, String> all, StructType inferred, StructType schema) {
    Dataset<Row> table = table(spark.read().options(strict(all)).schema(schema));
    if (Boolean.parseBoolean(all.get("inferSchema"))
        && hasHardlyNumbers(inferred)
        && table.inputFiles().length > 1) {
      // A header unlike the first file's was taken for a row: reading every file says which.
      table.agg(functions.count(Columns.named(schema.fieldNames()[0]))).head();
    }
    return table;
  }

  /** Returns whether at most one column is no text, so that there is nothing to learn from. */
  private static boolean hasHardlyNumbers(StructType schema) {
    return Arrays.stream(schema.fields())
            .filter(field -> !(field.dataType() instanceof StringType))
            .count()
        <= 1;
  }

  private static boolean hasHeader(Map<String, String> all) {
    return Boolean.parseBoolean(all.get("header"));
  }

  /** Returns whether the names are those of a header, none of which Spark had to change. */
  private boolean isNamedByHeader(
      SparkSession spark, Map<String, String> all, String[] columnNames) {
    Map<String, String> plain =
        with(all, Map.of("header", "false", "inferSchema", "false", "mode", "PERMISSIVE"));
    List<Row> first = spark.read().format("csv").options(plain).load(input).takeAsList(1);
    return !first.isEmpty()
        && first.get(0).length() == columnNames.length
        && IntStream.range(0, columnNames.length)
            .allMatch(i -> columnNames[i].equals(first.get(0).get(i)));
  }

  /**
   * Adds that Spark is to compare each file's header with the columns, which it otherwise takes by
   * their place.
   */
  private static Map<String, String> strict(Map<String, String> all) {
    return with(Map.of(ENFORCE, "false"), all);
  }

  private Dataset<Row> table(DataFrameReader reader) {
    return reader.format(format.sparkName()).load(input);
  }

  /**
   * Returns the schema of the files that {@link #hasFirstFiles} has found, for a {@link #stream} of
   * these and later ones.
   *
   * @throws IllegalArgumentException if there are no columns, or they have no names that the
   *     headers of later files could be compared with
   */
  StructType schema(SparkSession spark, Map<String, String> more, UnaryOperator<StructType> types) {
    StructType schema = read(spark, more, types).schema();
    Map<String, String> all = readerOptions(more);
    if (format == Format.CSV
        && hasHeader(all)
        && !all.containsKey(ENFORCE)
        && !isNamedByHeader(spark, all, schema.fieldNames())) {
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
    return with(ANY_AGE, format == Format.CSV ? strict(all) : all);
  }

  private Map<String, String> readerOptions(Map<String, String> more) {
    return with(with(DEFAULTS.get(format), more), options);
  }

  /** Returns options in which further ones win; a key's case is of no matter, as to Spark. */
  private static Map<String, String> with(Map<String, String> options, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(options);
    all.putAll(more);
    return all;
  }
}
