package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CSV files as one table. Where the header names every column, each file's is compared with it, for
 * Spark of itself takes the columns of all files by their place.
 *
 * @param input a file, a folder or a pattern
 * @param options of Spark's reader
 */
record CsvInput(SparkSession spark, String input, Map<String, String> options) {

  private static final Logger LOG = LoggerFactory.getLogger(CsvInput.class);

  private static final String PARQUET_MAGIC = "PAR1";

  /** Spark's option to take columns by their place, whatever a header says. */
  private static final String ENFORCE = "enforceSchema";

  /**
   * Returns the table; it has no columns if the files are empty.
   *
   * @param types what the columns are read as, of what their values look like
   * @throws IllegalArgumentException if the files are Parquet
   */
  Dataset<Row> read(UnaryOperator<StructType> types) {
    Dataset<Row> found = spark.read().options(options).csv(input);
    if (found.columns().length == 0) {
      return found;
    }
    StructType schema = types.apply(found.schema());
    if (!hasHeader()) {
      return table(options, schema);
    }
    if (found.columns()[0].startsWith(PARQUET_MAGIC)) {
      throw new IllegalArgumentException(
          "input: '" + input + "' is Parquet; say so with --format parquet");
    }
    return isNamedByHeader(found.columns()) ? compared(found.schema(), schema) : byPlace(schema);
  }

  /** Returns whether later files' headers can be compared with these names, or need not be. */
  boolean isComparable(String[] columnNames) {
    return !hasHeader() || options.containsKey(ENFORCE) || isNamedByHeader(columnNames);
  }

  /** Adds that Spark is to compare each file's header with the columns. */
  static Map<String, String> strict(Map<String, String> options) {
    return ReaderOptions.with(Map.of(ENFORCE, "false"), options);
  }

  private Dataset<Row> byPlace(StructType schema) {
    Dataset<Row> table = table(options, schema);
    if (table.inputFiles().length > 1) {
      LOG.warn(
          "--input: the header of '{}' has an empty or a repeated name, so columns of all files are"
              + " taken by their place",
          input);
    }
    return table;
  }

  private Dataset<Row> compared(StructType inferred, StructType schema) {
    Dataset<Row> table = table(strict(options), schema);
    if (Boolean.parseBoolean(options.get("inferSchema"))
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

  private boolean hasHeader() {
    return Boolean.parseBoolean(options.get("header"));
  }

  /** Returns whether the names are those of a header, none of which Spark had to change. */
  private boolean isNamedByHeader(String[] columnNames) {
    Map<String, String> plain =
        ReaderOptions.with(
            options, Map.of("header", "false", "inferSchema", "false", "mode", "PERMISSIVE"));
    List<Row> first = spark.read().options(plain).csv(input).takeAsList(1);
    return !first.isEmpty()
        && first.get(0).length() == columnNames.length
        && IntStream.range(0, columnNames.length)
            .allMatch(i -> columnNames[i].equals(first.get(0).get(i)));
  }

  private Dataset<Row> table(Map<String, String> given, StructType schema) {
    return spark.read().options(given).schema(schema).csv(input);
  }
}
