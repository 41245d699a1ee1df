package io.github.imbalancedspark.jobs;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** Which column is the label, and which of its two values is positive. */
final class LabelOptions {

  @SetsParameters("labelCol")
  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      order = 10,
      description = "The label, with exactly two values (default: label).")
  private String label;

  @Option(
      names = "--positive-label",
      paramLabel = "VALUE",
      order = 11,
      description = "The positive one of them (default: the larger number, or true).")
  private String positiveLabel;

  String column() {
    return label;
  }

  /** Returns the label of {@code table}, whose classes are counted for it. */
  BinaryLabel of(Dataset<Row> table) {
    return BinaryLabel.of(table, label, positiveLabel);
  }

  /** Returns the label of {@code table}, in which one class may have no rows. */
  BinaryLabel ofOneClassOrTwo(Dataset<Row> table) {
    return BinaryLabel.ofOneClassOrTwo(table, label, positiveLabel);
  }
}
