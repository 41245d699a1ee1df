package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.sampling.StratifiedSplit;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Option;

/** Which rows are held out. */
final class SplitOptions {

  private static final String RANDOM = "random";
  private static final String STRATIFIED = "stratified";
  private static final String TIME = "time:";
  private static final String GROUP = "group:";

  @SetsParameters({"timeCol", "groupCol"})
  @Option(
      names = "--split",
      paramLabel = "KIND",
      defaultValue = STRATIFIED,
      order = 30,
      description =
          "stratified (default): the same share of either class; random; time:COLUMN: the latest"
              + " rows are held out; group:COLUMN: no group is on both sides. That column is a"
              + " feature only if --features or --categorical names it.")
  private String split;

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      order = 31,
      description = "Share of the rows to measure the model on, in (0, 1) (default: 0.2).")
  private double testFraction;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      order = 31,
      description =
          "Share of the rows to choose on, in (0, 1), if there is something to choose (default:"
              + " 0.2).")
  private double validationFraction;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "42",
      order = 32,
      description = "Decides which rows those are, and about sampling (default: 42).")
  private long seed;

  long seed() {
    return seed;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one cannot be right
   */
  void requireUsable() {
    require(
        testFraction > 0 && testFraction < 1,
        "--test-fraction: is " + testFraction + "; it must lie between 0 and 1");
    require(
        validationFraction > 0 && validationFraction < 1,
        "--validation-fraction: is " + validationFraction + "; it must lie between 0 and 1");
    require(
        validationFraction + testFraction < 1,
        String.format(
            "--validation-fraction and --test-fraction: are %s and %s; together they must leave rows"
                + " to train on",
            validationFraction, testFraction));
    require(
        is(RANDOM) || is(STRATIFIED) || (column() != null && !column().isEmpty()),
        "--split: is '" + split + "'; use random, stratified, time:COLUMN or group:COLUMN");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns the column by which rows are split, or {@code null}. */
  String column() {
    return by(TIME) ? after(TIME) : by(GROUP) ? after(GROUP) : null;
  }

  /** Returns the share of a day's rows that are no test rows, of days that have others. */
  double shareBeforeTest() {
    return by(TIME) ? 1 : 1 - testFraction;
  }

  private boolean is(String kind) {
    return split.equalsIgnoreCase(kind);
  }

  private boolean by(String prefix) {
    return split.toLowerCase(Locale.ROOT).startsWith(prefix);
  }

  private String after(String prefix) {
    return split.substring(prefix.length());
  }

  /**
   * Returns the training rows, those to choose on, and the test rows.
   *
   * @param choosing whether there is something to choose; else the second part is left out
   */
  List<Dataset<Row>> split(
      Dataset<Row> rows, String labelCol, UniqueNames names, boolean choosing) {
    double[] shares =
        choosing
            ? new double[] {1 - validationFraction - testFraction, validationFraction, testFraction}
            : new double[] {1 - testFraction, testFraction};
    StratifiedSplit splitter = new StratifiedSplit().setSeed(seed);
    if (!is(RANDOM)) {
      return splitter
          .setTimeCol(by(TIME) ? column() : null)
          .setGroupCol(by(GROUP) ? column() : null)
          .setLabelCol(labelCol)
          .split(rows, shares);
    }
    String one = names.take("one");
    return splitter.setLabelCol(one).split(rows.withColumn(one, functions.lit(0)), shares).stream()
        .map(part -> part.drop(one))
        .toList();
  }
}
