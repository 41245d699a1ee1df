package io.github.imbalancedspark.jobs;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Option;

/** How a table is written. */
final class OutputOptions {

  enum Format {
    PARQUET,
    CSV
  }

  /** For CSV; Spark would drop the spaces at the ends of values, and what is below milliseconds. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "header", "true",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XXX]",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]");

  @Option(
      names = "--output-format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      order = 801,
      description = "parquet (default) or csv (with a header).")
  private Format format;

  /** Returns the format as Spark calls it. */
  String formatName() {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that the format can hold the columns.
   *
   * @throws IllegalArgumentException if not
   */
  void requireWritable(StructType schema) {
    if (format != Format.CSV) {
      return;
    }
    for (StructField field : schema.fields()) {
      String type = field.dataType().simpleString();
      if (field.dataType().equals(SQLDataTypes.VectorType())
          || type.matches("(array|map|struct|binary|variant).*")) {
        throw new IllegalArgumentException(
            String.format(
                "output-format: column '%s' is of type %s, which csv cannot hold; write parquet, or"
                    + " leave the column out",
                field.name(), type));
      }
    }
  }

  /** Returns the writer of a stream. */
  DataStreamWriter<Row> writer(Dataset<Row> stream) {
    requireWritable(stream.schema());
    return stream.writeStream().format(formatName()).options(OPTIONS);
  }

  /** Returns a table that has been written, before it is committed. */
  Dataset<Row> read(SparkSession spark, Output output) {
    return spark.read().format(formatName()).options(OPTIONS).load(output.temporary().toString());
  }

  void write(Dataset<Row> table, Output output) {
    requireWritable(table.schema());
    output.attemptTable(
        () ->
            table
                .write()
                .format(formatName())
                .options(OPTIONS)
                .save(output.temporary().toString()));
  }
}
