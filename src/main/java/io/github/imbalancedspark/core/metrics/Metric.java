package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric: its name, which way is better, what it needs, and its formula. */
public final class Metric implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Map<String, Metric> BY_NAME = new LinkedHashMap<>();

  static {
    larger("roc_auc", Need.BOTH_CLASSES, m -> m.ranking().rocAuc());
    larger("average_precision", Need.POSITIVES, m -> m.ranking().averagePrecision());
    larger("precision", Need.NOTHING, m -> m.confusion().precision());
    larger("recall", Need.POSITIVES, m -> m.confusion().recall());
    larger("f1", Need.POSITIVES, m -> m.confusion().f1());
    larger("f2", Need.POSITIVES, m -> m.confusion().fBeta(2));
    larger("specificity", Need.NEGATIVES, m -> m.confusion().specificity());
    larger("mcc", Need.BOTH_CLASSES, m -> m.confusion().mcc());
    larger("balanced_accuracy", Need.BOTH_CLASSES, m -> m.confusion().balancedAccuracy());
    larger("geometric_mean", Need.BOTH_CLASSES, m -> m.confusion().geometricMean());
    larger("accuracy", Need.NOTHING, m -> m.confusion().accuracy());
    smaller("brier", Need.PROBABILITIES, m -> m.tally().squaredError() / m.confusion().total());
    smaller("log_loss", Need.PROBABILITIES, m -> m.tally().logLoss() / m.confusion().total());
    larger("ks", Need.BOTH_CLASSES, m -> m.ranking().ks());
    smaller(
        "expected_calibration_error",
        Need.PROBABILITIES,
        m -> m.tally().calibration().expectedCalibrationError());
  }

  private final String name;
  private final boolean largerBetter;
  private final Need need;
  private final Formula formula;

  private Metric(String name, boolean largerBetter, Need need, Formula formula) {
    this.name = name;
    this.largerBetter = largerBetter;
    this.need = need;
    this.formula = formula;
  }

  private static void larger(String name, Need need, Formula formula) {
    BY_NAME.put(name, new Metric(name, true, need, formula));
  }

  private static void smaller(String name, Need need, Formula formula) {
    BY_NAME.put(name, new Metric(name, false, need, formula));
  }

  /**
   * Returns the metric of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Metric of(String name) {
    Metric metric = BY_NAME.get(name);
    if (metric == null) {
      throw new IllegalArgumentException(
          String.format(
              "there is no metric '%s'; choose one of %s",
              name, String.join(", ", BY_NAME.keySet())));
    }
    return metric;
  }

  /** Returns the metrics without a parameter, in the order of a report. */
  public static List<Metric> standard() {
    return List.copyOf(BY_NAME.values());
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns whether a larger value is better. */
  public boolean isLargerBetter() {
    return largerBetter;
  }

  MetricValue value(BinaryMetrics metrics) {
    String reason = need.missingIn(metrics);
    return reason == null
        ? MetricValue.of(formula.apply(metrics))
        : MetricValue.missing(name + " " + reason);
  }

  private interface Formula extends Serializable {
    double apply(BinaryMetrics metrics);
  }

  private enum Need {
    NOTHING,
    POSITIVES,
    NEGATIVES,
    BOTH_CLASSES,
    PROBABILITIES;

    /** Returns why the metric does not exist, or {@code null} if it does. */
    String missingIn(BinaryMetrics metrics) {
      boolean positives = this == POSITIVES || this == BOTH_CLASSES;
      boolean negatives = this == NEGATIVES || this == BOTH_CLASSES;
      if (positives && metrics.confusion().positives() == 0) {
        return "does not exist without positive rows";
      }
      if (negatives && metrics.confusion().negatives() == 0) {
        return "does not exist without negative rows";
      }
      if (this == PROBABILITIES && !metrics.tally().hasProbabilities()) {
        return String.format(
            "needs probabilities, but the scores range from %s to %s",
            metrics.tally().lowest(), metrics.tally().highest());
      }
      return null;
    }
  }
}
