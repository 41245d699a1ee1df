package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.sampling.StratifiedSplit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Option;

/** Which rows are held out. */
final class SplitOptions {

  enum Split {
    STRATIFIED,
    RANDOM
  }

  @Option(
      names = "--split",
      paramLabel = "KIND",
      defaultValue = "stratified",
      order = 30,
      description = "stratified (default): the same share of either class; or random.")
  private Split split;

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      order = 31,
      description = "Share of the rows that is held out, in (0, 1) (default: 0.2).")
  private double testFraction;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "42",
      order = 32,
      description = "Decides which rows those are (default: 42).")
  private long seed;

  /** Returns what is wrong with the options, or {@code null}. */
  String problem() {
    return testFraction > 0 && testFraction < 1
        ? null
        : "--test-fraction: is " + testFraction + "; it must lie between 0 and 1";
  }

  /** Returns the training rows and the held-out rows. */
  List<Dataset<Row>> split(Dataset<Row> rows, String labelCol, UniqueNames names) {
    StratifiedSplit splitter = new StratifiedSplit().setSeed(seed);
    if (split == Split.STRATIFIED) {
      return splitter.setLabelCol(labelCol).split(rows, 1 - testFraction, testFraction);
    }
    String one = names.take("one");
    return splitter
        .setLabelCol(one)
        .split(rows.withColumn(one, functions.lit(0)), 1 - testFraction, testFraction)
        .stream()
        .map(part -> part.drop(one))
        .toList();
  }
}
