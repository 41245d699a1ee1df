package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.Plural;
import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.internal.Terms;

/** What the rows as a whole must be like, beyond each of them being sound. */
final class RowChecks {

  /** Their Hessian takes 800 MB, and again for its factor. */
  private static final int MOST_EXACT_FEATURES = 10_000;

  private RowChecks() {}

  static void requireTrainable(BlockSummary summary, ImbalancedLogisticRegression params) {
    if (summary.rows() == 0) {
      throw new IllegalArgumentException(
          "the training data has no rows: check the input path and its filters");
    }
    if (!(summary.weightSum() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: all weights in column '%s' are 0; some must be positive",
              params.weightColumn()));
    }
    if (!(summary.positiveWeight() > 0) || !(summary.negativeWeight() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: column '%s' holds only the label %s in %s; both classes are needed:"
                  + " check the label, or train on more data",
              params.getLabelCol(),
              summary.positiveWeight() > 0 ? "1" : "0",
              Plural.of(summary.rows(), "row")));
    }
    if (summary.rows() == 1) {
      throw new IllegalArgumentException(
          "the training data has a single row, of a soft label; at least two are needed");
    }
    if (!summary.hasComparableWeights()) {
      throw new IllegalArgumentException(
          String.format(
              "weightCol: the weights in column '%s' are too large to be squared, or one outweighs"
                  + " all others; divide them by their mean, and mend or drop that row",
              params.weightColumn()));
    }
  }

  static void requireValidating(BlockSummary summary, ImbalancedLogisticRegression params) {
    if (!(summary.weightSum() > 0)) {
      throw new IllegalArgumentException(
          String.format(
              "validationIndicatorCol: column '%s' is true for no row of positive weight; mark some"
                  + " rows of both classes, or leave the column out",
              params.validationIndicatorColumn()));
    }
    requireHardLabels(summary, params, "validation rows take");
  }

  /** Requires that exact Hessians, if they are asked for, fit into the memory of a driver. */
  static void requireFewFeatures(BlockSummary summary, ImbalancedLogisticRegression params) {
    boolean newton = params.getSolver().equals("newton");
    if (summary.features() > MOST_EXACT_FEATURES && (newton || ParamChecks.correctsBias(params))) {
      throw new IllegalArgumentException(
          String.format(
              "%s: takes a matrix of %d×%2$d numbers, and at most %d×%3$d; %s",
              newton ? "solver" : "biasCorrection",
              summary.features(),
              MOST_EXACT_FEATURES,
              newton ? "use auto or lbfgs" : "use none, or select features"));
    }
  }

  /** Requires that the loss can deal with the labels. */
  static void requireLabels(BlockSummary summary, ImbalancedLogisticRegression params) {
    if (LossFunction.of(params.getLoss()) != LossFunction.BCE_WITH_LOGITS) {
      requireHardLabels(summary, params, "the loss " + params.getLoss() + " takes");
    }
  }

  /** Requires that the bias correction, if there is one, can deal with the labels. */
  static void requireCountableLabels(BlockSummary summary, ImbalancedLogisticRegression params) {
    if (ParamChecks.correctsBias(params)) {
      requireHardLabels(summary, params, Terms.of("biasCorrection takes"));
    }
  }

  private static void requireHardLabels(
      BlockSummary summary, ImbalancedLogisticRegression params, String user) {
    summary
        .softLabel()
        .ifPresent(
            label -> {
              throw new IllegalArgumentException(
                  String.format(
                      "labelCol: column '%s' holds %s; %s only 0 and 1: round the labels, or"
                          + " use bceWithLogits without validation rows",
                      params.getLabelCol(), label, user));
            });
  }
}
