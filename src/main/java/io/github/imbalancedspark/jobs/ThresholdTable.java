package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ConfusionMatrix;
import io.github.imbalancedspark.core.metrics.Metric;
import io.github.imbalancedspark.core.metrics.ThresholdChoice;
import io.github.imbalancedspark.report.Table;
import java.util.List;

/**
 * How a threshold was chosen: what it does on the rows that chose it, and on those that did not.
 */
final class ThresholdTable {

  private ThresholdTable() {}

  static Table of(ThresholdChoice choice, BinaryMetrics tested) {
    ConfusionMatrix validation = choice.confusion();
    ConfusionMatrix test = tested.confusion();
    String note =
        "Figures on the validation rows flatter: the threshold was chosen to make them so.";
    return new Table(
        String.format(
            "Threshold %s, chosen for %s", Numbers.number(choice.threshold()), choice.criterion()),
        List.of("", "validation rows", "test rows"),
        List.of(
            List.of(
                choice.criterion(),
                Numbers.metric(choice.value()),
                Numbers.metric(onTestRows(choice.criterion(), tested))),
            List.of(
                "precision",
                Numbers.metric(validation.precision()),
                Numbers.metric(test.precision())),
            List.of("recall", Numbers.metric(validation.recall()), Numbers.metric(test.recall())),
            List.of(
                "predicted positive",
                Numbers.count(validation.tp() + validation.fp()),
                Numbers.count(test.tp() + test.fp()))),
        choice.shortfall() == null
            ? note
            : note + " The bound is missed: " + choice.shortfall() + ".");
  }

  /** Returns the criterion's figure at the threshold, if it is a figure of that alone. */
  private static Double onTestRows(String criterion, BinaryMetrics tested) {
    return criterion.startsWith("alerts_per_day") || !Metric.of(criterion).isAtThreshold()
        ? null
        : tested.value(Metric.of(criterion)).value();
  }
}
