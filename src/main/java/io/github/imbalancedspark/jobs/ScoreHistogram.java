package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.Line.Style;
import io.github.imbalancedspark.report.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the scores of each class are distributed. Probabilities are shown as log-odds: those of a
 * rare class and of the other would crowd near 0. Where the model's own log-odds are known they are
 * taken, for a double holds no probability between 1 − 1e-16 and 1.
 */
final class ScoreHistogram {

  private static final int BINS = 50;

  /** The share of a class that may lie beyond an end of the axis, and is shown there. */
  private static final double TAIL = 0.002;

  /** Log-odds beyond are shown here; a double holds no probability closer to 1. */
  private static final double FARTHEST = 36;

  private final BinaryMetrics metrics;
  private final ScoreCurve curve;
  private final boolean probabilities;
  private final boolean logOdds;
  private final ScoreRange finite;
  private final double least;
  private final double width;

  /**
   * Looks at the scores.
   *
   * @param margins their log-odds, or {@code null} if they are not known
   */
  ScoreHistogram(BinaryMetrics metrics, ScoreCurve margins) {
    this.metrics = metrics;
    this.curve = margins == null ? metrics.tally().curve() : margins;
    this.probabilities = margins == null && metrics.tally().hasProbabilities();
    this.logOdds = metrics.tally().hasProbabilities();
    this.finite = ScoreRange.of(curve);
    double high = position(curve.score(firstBeyond(TAIL)));
    double low = position(curve.score(firstBeyond(1 - TAIL)));
    this.width = high > low ? (high - low) / BINS : 1.0 / BINS;
    this.least = high > low ? low : low - 0.5;
  }

  /**
   * Returns the first bin down to which some class, if the share is small, or each, if it is large,
   * has that share of its weight.
   */
  private int firstBeyond(double share) {
    double positives = 0;
    double negatives = 0;
    for (int i = 0; i < curve.size(); i++) {
      positives += curve.positive(i) / metrics.confusion().positives();
      negatives += curve.negative(i) / metrics.confusion().negatives();
      double reached =
          share < 0.5 ? Math.max(positives, negatives) : Math.min(positives, negatives);
      if (reached >= share) {
        return i;
      }
    }
    return curve.size() - 1;
  }

  /** Returns where on the axis a score stands. */
  private double position(double score) {
    return probabilities ? logOdds(score) : finite.clip(score);
  }

  private static double logOdds(double probability) {
    double odds = Math.log(probability) - Math.log1p(-probability);
    return Math.min(Math.max(odds, -FARTHEST), FARTHEST);
  }

  Chart chart() {
    double[] positives = new double[BINS];
    double[] negatives = new double[BINS];
    for (int i = 0; i < curve.size(); i++) {
      int bin = (int) ((position(curve.score(i)) - least) / width);
      bin = Math.min(Math.max(bin, 0), BINS - 1);
      positives[bin] += 100 * curve.positive(i) / metrics.confusion().positives();
      negatives[bin] += 100 * curve.negative(i) / metrics.confusion().negatives();
    }
    double top =
        Math.max(
            Arrays.stream(positives).max().orElseThrow(),
            Arrays.stream(negatives).max().orElseThrow());
    List<Line> lines = new ArrayList<>();
    lines.add(outline("negatives", Ink.ORANGE, negatives));
    lines.add(outline("positives", Ink.BLUE, positives));
    double threshold = logOdds ? logOdds(metrics.threshold()) : metrics.threshold();
    if (threshold >= least && threshold <= least + BINS * width) {
      lines.add(
          Line.straight(
              "threshold " + Numbers.number(metrics.threshold()),
              Style.DASHED,
              Ink.CHOICE,
              threshold,
              0,
              threshold,
              top));
    }
    return new LineChart(
        "scores",
        "Scores by class",
        logOdds
            ? Axis.of("Score", "log-odds: 0 is a probability of 50%")
            : Axis.of("Score", "as given"),
        Axis.of("Rows", "% of their class"),
        lines,
        note());
  }

  private String note() {
    boolean ends = curve.score(0) == 1 || curve.score(curve.size() - 1) == 0;
    return String.format(
        "The ends hold all that lies beyond%s.",
        probabilities && ends
            ? ", and probabilities of 0 and 1, so close that a double cannot tell"
            : "");
  }

  /** Returns the outline of a class's bars. */
  private Line outline(String name, Ink ink, double[] bars) {
    double[] x = new double[2 * BINS];
    double[] y = new double[2 * BINS];
    for (int b = 0; b < BINS; b++) {
      x[2 * b] = least + b * width;
      x[2 * b + 1] = least + (b + 1) * width;
      y[2 * b] = bars[b];
      y[2 * b + 1] = bars[b];
    }
    return new Line(name, Style.AREA, ink, x, y);
  }
}
