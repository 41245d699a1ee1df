package io.github.imbalancedspark.core.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric by its name. The standard ones are roc_auc, average_precision, precision, recall, f1,
 * f2, specificity, mcc, balanced_accuracy, geometric_mean, accuracy, brier, log_loss, ks and
 * expected_calibration_error. Others carry a figure in their name:
 *
 * <ul>
 *   <li>{@code f0.5}: Fβ, for any β &gt; 0
 *   <li>{@code recall@precision>=0.85}: the highest recall at a threshold whose precision is at
 *       least that; 0 if there is no such threshold
 *   <li>{@code precision@recall>=0.5}: the highest precision at a threshold whose recall is at
 *       least that
 *   <li>{@code recall@fpr<=0.01}: the highest recall at a threshold whose false positive rate is at
 *       most that
 *   <li>{@code precision@prevalence=0.001}: the precision at the threshold where that share of the
 *       rows is positive, from recall and false positive rate: that of the population, when the
 *       rows are a sample by class
 *   <li>{@code precision@k=100}, {@code recall@k=100}, {@code lift@k=100}: among the 100 rows (by
 *       weight) with the highest scores, or all if there are fewer; of tied rows, the mean over
 *       their orders. Lift is that precision over the share of positives in all rows
 *   <li>{@code precision@top=0.01}, {@code recall@top=0.01}, {@code lift@top=0.01}: among that
 *       fraction of the rows
 *   <li>{@code expected_cost@fp=1,fn=50}: the mean cost of a row at the threshold, with what a
 *       false positive and a false negative cost; plain {@code expected_cost} takes each row's own
 *       costs
 * </ul>
 *
 * <p>On a curve with joined scores, thresholds inside a bin are not considered.
 */
public final class Metric {

  private static final Map<String, Metric> STANDARD = new LinkedHashMap<>();

  static {
    always("roc_auc", Need.BOTH_CLASSES, m -> m.ranking().rocAuc());
    always("average_precision", Need.POSITIVES, m -> m.ranking().averagePrecision());
    atThreshold("precision", Need.NOTHING, m -> m.confusion().precision());
    atThreshold("recall", Need.POSITIVES, m -> m.confusion().recall());
    atThreshold("f1", Need.POSITIVES, m -> m.confusion().f1());
    atThreshold("f2", Need.POSITIVES, m -> m.confusion().fBeta(2));
    atThreshold("specificity", Need.NEGATIVES, m -> m.confusion().specificity());
    atThreshold("mcc", Need.BOTH_CLASSES, m -> m.confusion().mcc());
    atThreshold("balanced_accuracy", Need.BOTH_CLASSES, m -> m.confusion().balancedAccuracy());
    atThreshold("geometric_mean", Need.BOTH_CLASSES, m -> m.confusion().geometricMean());
    atThreshold("accuracy", Need.NOTHING, m -> m.confusion().accuracy());
    loss("brier", m -> m.tally().squaredError() / m.confusion().total());
    loss("log_loss", m -> m.tally().logLoss() / m.confusion().total());
    always("ks", Need.BOTH_CLASSES, m -> m.ranking().ks());
    loss("expected_calibration_error", m -> m.tally().calibration().expectedCalibrationError());
  }

  /** What a metric computes where it exists. */
  interface Formula {
    double of(BinaryMetrics metrics);
  }

  private final String name;
  private final boolean largerBetter;
  private final boolean atThreshold;
  private final Need need;
  private final Formula formula;
  private final BoundedRate bounded;

  Metric(String name, boolean largerBetter, boolean atThreshold, Need need, Formula formula) {
    this(name, largerBetter, atThreshold, need, formula, null);
  }

  /** The metric that a rate has, raised as far as its bound allows. */
  Metric(String name, Need need, BoundedRate bounded) {
    this(name, true, false, need, m -> bounded.value(m.tally().curve()), bounded);
  }

  private Metric(
      String name,
      boolean largerBetter,
      boolean atThreshold,
      Need need,
      Formula formula,
      BoundedRate bounded) {
    this.name = name;
    this.largerBetter = largerBetter;
    this.atThreshold = atThreshold;
    this.need = need;
    this.formula = formula;
    this.bounded = bounded;
  }

  private static void always(String name, Need need, Formula formula) {
    STANDARD.put(name, new Metric(name, true, false, need, formula));
  }

  private static void atThreshold(String name, Need need, Formula formula) {
    STANDARD.put(name, new Metric(name, true, true, need, formula));
  }

  private static void loss(String name, Formula formula) {
    STANDARD.put(name, new Metric(name, false, false, Need.PROBABILITIES, formula));
  }

  /**
   * Returns the metric of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Metric of(String name) {
    Metric standard = STANDARD.get(name);
    Metric metric = standard == null ? MetricFamily.parse(name) : standard;
    if (metric == null) {
      throw new IllegalArgumentException(
          String.format(
              "there is no metric '%s'; choose one of %s, or, with your own figures, one like %s",
              name, String.join(", ", STANDARD.keySet()), MetricFamily.examples()));
    }
    return metric;
  }

  /** Returns the standard metrics, in the order of a report. */
  public static List<Metric> standard() {
    return List.copyOf(STANDARD.values());
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns whether a larger value is better. */
  public boolean isLargerBetter() {
    return largerBetter;
  }

  /** Returns whether the metric depends on the threshold, that is, on the predicted classes. */
  public boolean isAtThreshold() {
    return atThreshold;
  }

  Need need() {
    return need;
  }

  /** Returns what is raised within a bound, or {@code null} if the metric is no such one. */
  BoundedRate bounded() {
    return bounded;
  }

  /** Returns the value where what the metric needs is there. */
  double at(BinaryMetrics metrics) {
    return formula.of(metrics);
  }

  MetricValue value(BinaryMetrics metrics) {
    String reason = need.missingIn(metrics);
    return reason == null
        ? new MetricValue(formula.of(metrics), null)
        : new MetricValue(null, name + " " + reason);
  }

  @Override
  public String toString() {
    return name;
  }
}
