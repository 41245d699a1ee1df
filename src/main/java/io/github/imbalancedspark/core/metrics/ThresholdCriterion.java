package io.github.imbalancedspark.core.metrics;

import io.github.imbalancedspark.core.metrics.BoundedRate.Rate;
import io.github.imbalancedspark.core.metrics.CutOffs.CutOff;
import io.github.imbalancedspark.core.metrics.CutOffs.Tie;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a threshold is chosen for, by its name:
 *
 * <ul>
 *   <li>a {@link Metric} that depends on the threshold, such as {@code f1}, {@code f0.5}, {@code
 *       geometric_mean}, {@code mcc}, {@code expected_cost} or {@code expected_cost@fp=1,fn=50}: as
 *       good as it gets
 *   <li>{@code recall@precision>=0.85}, {@code precision@recall>=0.5}, {@code recall@fpr<=0.01}:
 *       the first figure as high as it gets while the second keeps its bound
 *   <li>{@code alerts_per_day<=100}: as many rows predicted positive, on the mean over days, as the
 *       budget allows
 * </ul>
 *
 * <p>The candidates are all cut-offs between two distinct scores, predicting nothing (but not where
 * a bound has to be kept), and predicting everything (but not where a row that counts has the score
 * 0, which lies above no threshold). The threshold is half-way between the two scores. Of cut-offs
 * that are equally good (within 1e-12, relative) the highest is taken, so the fewest alerts; with
 * equal precision the lowest, so the most recall.
 */
public final class ThresholdCriterion {

  private static final Pattern ALERTS =
      Pattern.compile("alerts_per_day<=(\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)");
  private static final double HALF = 0.5;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final String name;

  /** The metric or, for a budget of alerts, null. */
  private final Metric metric;

  private final double alertsPerDay;

  private ThresholdCriterion(String name, Metric metric, double alertsPerDay) {
    this.name = name;
    this.metric = metric;
    this.alertsPerDay = alertsPerDay;
  }

  /**
   * Returns the criterion of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ThresholdCriterion of(String name) {
    Matcher alerts = ALERTS.matcher(name);
    if (alerts.matches() && Double.parseDouble(alerts.group(1)) > 0) {
      return new ThresholdCriterion(name, null, Double.parseDouble(alerts.group(1)));
    }
    Metric metric = alerts.lookingAt() ? null : Metric.of(name);
    if (metric == null || !(metric.isAtThreshold() || metric.bounded() != null)) {
      throw new IllegalArgumentException(
          String.format(
              "no threshold can be chosen for '%s'; choose it for one like f1, f0.5,"
                  + " geometric_mean, mcc, expected_cost@fp=1,fn=50, recall@precision>=0.85,"
                  + " precision@recall>=0.5, recall@fpr<=0.01 or alerts_per_day<=100",
              name));
    }
    return new ThresholdCriterion(name, metric, Double.NaN);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns whether the number of days must be known. */
  public boolean needsDays() {
    return metric == null;
  }

  /** Returns whether each row's costs must be known. */
  public boolean needsCosts() {
    return metric != null && metric.need() == Need.COSTS;
  }

  /**
   * Returns the best threshold for the rows of {@code tally}.
   *
   * @param days how many days' worth of rows they are, if {@link #needsDays}
   * @throws IllegalArgumentException if the scores are no probabilities, or if the figure does not
   *     exist for these rows, with the reason
   */
  public ThresholdChoice choose(ScoreTally tally, double days) {
    if (!tally.hasProbabilities()) {
      throw new IllegalArgumentException(
          String.format(
              "a threshold is chosen on probabilities, but the scores range from %s to %s: they"
                  + " are margins",
              tally.lowest(), tally.highest()));
    }
    if (metric == null) {
      return chooseWithin(BoundedRate.alertsPerDay(alertsPerDay, days), tally);
    }
    String reason = BinaryMetrics.of(tally, HALF).value(metric).reason();
    if (reason != null) {
      throw new IllegalArgumentException(reason);
    }
    return metric.bounded() == null ? chooseBest(tally) : chooseWithin(metric.bounded(), tally);
  }

  private ThresholdChoice chooseBest(ScoreTally tally) {
    // What a row costs is all that counts for costs, and only rows that cost are on their curve.
    ScoreCurve curve = needsCosts() ? tally.costs() : tally.curve();
    CutOff best =
        CutOffs.best(
            curve,
            0,
            last(curve, tally),
            Tie.FEWEST,
            needsCosts() ? c -> -(c.fp() + c.fn()) : c -> worth(tally, c));
    double threshold = CutOffs.threshold(curve, best.bins());
    BinaryMetrics there = BinaryMetrics.of(tally, threshold);
    return new ThresholdChoice(
        name, threshold, there.value(metric).value(), there.confusion(), null);
  }

  private double worth(ScoreTally tally, ConfusionMatrix confusion) {
    double value = metric.at(new BinaryMetrics(tally, Double.NaN, confusion, null));
    return metric.isLargerBetter() ? value : -value;
  }

  private ThresholdChoice chooseWithin(BoundedRate rate, ScoreTally tally) {
    ScoreCurve curve = tally.curve();
    int last = last(curve, tally);
    CutOff best = rate.best(curve, last);
    String shortfall = null;
    if (best == null) {
      best = rate.nearest(curve, last);
      shortfall = shortfall(rate, curve, best);
    }
    int bins = best == null ? 0 : best.bins();
    double threshold = CutOffs.threshold(curve, bins);
    ConfusionMatrix confusion = curve.confusionAt(threshold);
    return new ThresholdChoice(name, threshold, rate.raised().of(confusion), confusion, shortfall);
  }

  /** Says how near one can come; {@code nearest} is null where every score is 0. */
  private static String shortfall(BoundedRate rate, ScoreCurve curve, CutOff nearest) {
    if (nearest == null) {
      return String.format(
          "no threshold gives a %s, for all scores are 0 and none is above it", rate.inWords());
    }
    Rate bounded = rate.bounded();
    String other =
        rate.raised().equals(bounded)
            ? ""
            : String.format(
                ", where %s is %s",
                rate.raised().name(), shown(rate.raised().of(nearest.confusion())));
    return String.format(
        "no threshold gives a %s; the %s %s there is, is %s, above %s%s",
        rate.inWords(),
        rate.atLeast() ? "highest" : "lowest",
        bounded.name(),
        shown(bounded.of(nearest.confusion())),
        shown(CutOffs.threshold(curve, nearest.bins())),
        other);
  }

  private static String shown(double value) {
    return new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
  }

  /**
   * Returns the most bins of {@code curve} that may lie above a threshold: all but one that holds a
   * score of 0. Of the rows of {@code tally} that may be one that is not on the curve, for it
   * weighs or costs nothing.
   */
  private static int last(ScoreCurve curve, ScoreTally tally) {
    int lowest = curve.size() - 1;
    return lowest >= 0 && (curve.isJoined(lowest) ? tally.lowest() : curve.score(lowest)) == 0
        ? lowest
        : curve.size();
  }

  @Override
  public String toString() {
    return name;
  }
}
