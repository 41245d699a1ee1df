package io.github.imbalancedspark.benchmark;

/**
 * What a fit's cost depends on: the cost formula.
 *
 * @param rows n
 * @param features d
 * @param values v, stored values a row: d, or the non-zeros of sparse rows
 * @param cores C, of all executors together
 * @param models K
 */
record FitShape(double rows, double features, double values, int cores, int models) {

  private static final double MOST_SKETCH_ROWS = 30_000;
  private static final double MOST_SKETCH_VALUES = 1 << 21;
  private static final double FEWEST_SKETCH_ROWS_A_FEATURE = 8;
  private static final double CHEAP_PRODUCTS = 1e8;
  private static final double FEWEST_MATRIX_ROWS = 5_000;
  private static final double MATRIX_ROWS_PER_FEATURE = 10;
  private static final double MOMENTS = 3;

  boolean sparse() {
    return values < features;
  }

  /** Returns what any job takes that ends in a sum of so many bytes, by way of {@code tree}. */
  Work job(double bytes, Tree tree) {
    return new Work()
        .add(Cost.JOB, 1)
        .add(Cost.STAGE, tree.stages() - 1)
        .add(Cost.TASK, (double) tree.tasks() / cores)
        .add(Cost.DISPATCH, tree.tasks())
        .add(Cost.SUM_BYTE, bytes * tree.merges(cores))
        .add(Cost.RESULT_BYTE, bytes * tree.toDriver());
  }

  /** Returns what a summary is, of three numbers a feature. */
  double summaryBytes() {
    return MOMENTS * Double.BYTES * features;
  }

  /**
   * Returns what reading takes, if the rows are summarised in the same job or in one of its own.
   */
  Work reading(boolean summarises, Tree tree) {
    return job(summarises ? summaryBytes() : 0, tree)
        .add(Cost.READING, 1)
        .add(Cost.READ_ROW, rows / cores)
        .add(sparse() ? Cost.READ_ENTRY : Cost.READ_VALUE, rows * values / cores);
  }

  /** Returns what the job takes that summarises rows which have been read. */
  Work summary(Tree tree) {
    return job(summaryBytes(), tree)
        .add(sparse() ? Cost.PASS_ENTRY : Cost.PASS_VALUE, rows * values / cores);
  }

  /** Returns what drawing the sketch takes, of rows of which so many are positive. */
  Work sketch(double positives, Tree tree) {
    return job(0, tree)
        .add(Cost.SKETCH_ROW, rows / cores)
        .add(Cost.RESULT_BYTE, Double.BYTES * sketchValues(positives));
  }

  /** Returns what a pass takes in which {@code matrices} of the models also sum a Hessian. */
  Work pass(int matrices, Tree tree) {
    return job(sumBytes(matrices), tree)
        .add(Cost.POINT_BYTE, models * Double.BYTES * features * (sparse() ? 1 : 2))
        .add(Cost.PASS_ROW, rows * models / cores)
        .add(sparse() ? Cost.PASS_ENTRY : Cost.PASS_VALUE, rows * values * models / cores)
        .add(Cost.THINNED_ROW, rows * matrices / cores)
        .add(Cost.PRODUCT, matrixRows() * (values + 1) * (values + 2) / 2 * matrices / cores);
  }

  /** Returns what a pass's sums are. */
  double sumBytes(int matrices) {
    return Double.BYTES * (models * (features + 1) + matrices * matrixEntries());
  }

  double matrixEntries() {
    return (features + 1) * (features + 2) / 2;
  }

  private double matrixRows() {
    return Math.min(
        rows,
        Math.max(
            CHEAP_PRODUCTS / (values * values),
            Math.max(FEWEST_MATRIX_ROWS, MATRIX_ROWS_PER_FEATURE * features)));
  }

  /** Returns what the driver does between the jobs. */
  Work between(int passes, double positives) {
    return new Work()
        .add(Cost.FIT, 1)
        .add(Cost.BETWEEN, passes)
        .add(Cost.SKETCH_VALUE, models * sketchValues(positives))
        .add(Cost.COORDINATE, models * passes * features);
  }

  /** Returns the sketch's values; one with few rows for its features is not drawn. */
  private double sketchValues(double positives) {
    double most = Math.min(MOST_SKETCH_ROWS, MOST_SKETCH_VALUES / values);
    double drawn = Math.min(most, positives) + Math.min(most, rows - positives);
    return drawn < Math.min(rows, FEWEST_SKETCH_ROWS_A_FEATURE * features) ? 0 : values * drawn;
  }
}
