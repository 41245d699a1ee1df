package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.CalibrationBins;
import io.github.imbalancedspark.core.metrics.ConfusionMatrix;
import io.github.imbalancedspark.core.metrics.ScoreCurve;
import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.Line.Style;
import io.github.imbalancedspark.report.LineBuilder;
import io.github.imbalancedspark.report.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The charts of an evaluation, each if there is something to show. */
final class EvaluationCharts {

  private static final double PERCENT = 100;

  private final Evaluated evaluated;
  private final BinaryMetrics metrics;
  private final ScoreCurve curve;
  private final double positives;
  private final double negatives;
  private final boolean probabilities;
  private final String chosen;

  EvaluationCharts(Evaluated evaluated) {
    this.evaluated = evaluated;
    this.metrics = evaluated.metrics();
    this.curve = metrics.tally().curve();
    this.positives = metrics.confusion().positives();
    this.negatives = metrics.confusion().negatives();
    this.probabilities = metrics.tally().hasProbabilities();
    this.chosen = "threshold " + Numbers.number(metrics.threshold());
  }

  List<Chart> all() {
    List<Chart> charts = new ArrayList<>();
    if (positives > 0 && negatives > 0) {
      charts.add(precisionRecall());
      charts.add(roc());
      charts.add(thresholds());
      charts.add(new ScoreHistogram(metrics, evaluated.margins()).chart());
    }
    if (probabilities) {
      charts.add(calibration());
    }
    return charts;
  }

  private Chart roc() {
    LineBuilder line = new LineBuilder(0, PERCENT);
    double tp = 0;
    double fp = 0;
    line.add(0, 0);
    for (int i = 0; i < curve.size(); i++) {
      tp += curve.positive(i);
      fp += curve.negative(i);
      line.add(PERCENT * fp / negatives, PERCENT * tp / positives);
    }
    ConfusionMatrix confusion = metrics.confusion();
    return new LineChart(
        "roc",
        "ROC curve",
        Axis.percent("False positive rate", "negatives"),
        Axis.percent("True positive rate", "positives"),
        List.of(
            Line.straight("by chance", Style.DASHED, Ink.REFERENCE, 0, 0, PERCENT, PERCENT),
            line.build("model", Style.LINE, Ink.BLUE),
            Line.dot(
                chosen,
                Ink.CHOICE,
                PERCENT * confusion.fp() / negatives,
                PERCENT * confusion.recall())),
        null);
  }

  private Chart precisionRecall() {
    LineBuilder line = new LineBuilder(0, PERCENT);
    double tp = 0;
    double fp = 0;
    for (int i = 0; i < curve.size(); i++) {
      double before = tp;
      tp += curve.positive(i);
      fp += curve.negative(i);
      if (tp > before) {
        line.add(PERCENT * before / positives, PERCENT * tp / (tp + fp));
        line.add(PERCENT * tp / positives, PERCENT * tp / (tp + fp));
      }
    }
    double base = PERCENT * positives / (positives + negatives);
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.straight(
            "base rate " + Numbers.percent(base / PERCENT),
            Style.DASHED,
            Ink.REFERENCE,
            0,
            base,
            PERCENT,
            base));
    lines.add(line.build("model", Style.LINE, Ink.BLUE));
    ConfusionMatrix confusion = metrics.confusion();
    if (confusion.tp() + confusion.fp() > 0) {
      lines.add(
          Line.dot(
              chosen, Ink.CHOICE, PERCENT * confusion.recall(), PERCENT * confusion.precision()));
    }
    return new LineChart(
        "precision-recall",
        "Precision–recall curve",
        Axis.percent("Recall", "positives"),
        Axis.percent("Precision", "predicted positives"),
        lines,
        "Average precision is the area below the steps; a model that knows nothing stays at the base"
            + " rate.");
  }

  /** Precision, recall and F1 by threshold, from the lowest score up. */
  private Chart thresholds() {
    ScoreRange range = probabilities ? new ScoreRange(0, 1) : ScoreRange.of(curve);
    double least = range.low();
    double most = range.high();
    LineBuilder precision = new LineBuilder(least, most);
    LineBuilder recall = new LineBuilder(least, most);
    LineBuilder f1 = new LineBuilder(least, most);
    double tp = positives;
    double fp = negatives;
    double at = least;
    for (int i = curve.size() - 1; i >= 0 && tp + fp > 0; i--) {
      ConfusionMatrix above = new ConfusionMatrix(tp, fp, negatives - fp, positives - tp);
      double next = range.clip(curve.score(i));
      for (double x : new double[] {at, next}) {
        precision.add(x, PERCENT * above.precision());
        recall.add(x, PERCENT * above.recall());
        f1.add(x, PERCENT * above.f1());
      }
      at = next;
      tp = Math.max(0, tp - curve.positive(i));
      fp = Math.max(0, fp - curve.negative(i));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(precision.build("precision", Style.LINE, Ink.BLUE));
    lines.add(recall.build("recall", Style.LINE, Ink.ORANGE));
    lines.add(f1.build("F1", Style.LINE, Ink.GREEN));
    double threshold = metrics.threshold();
    if (threshold >= least && threshold <= most) {
      lines.add(Line.straight(chosen, Style.DASHED, Ink.CHOICE, threshold, 0, threshold, PERCENT));
    }
    return new LineChart(
        "thresholds",
        "What each threshold would give",
        Axis.of("Threshold", probabilities ? "probability" : "score").between(least, most),
        Axis.percent("Metric", "its best value"),
        lines,
        "Predicted positive is what scores above the threshold.");
  }

  /** The reliability diagram. */
  private Chart calibration() {
    boolean both = evaluated.corrected() != null;
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.straight("perfectly calibrated", Style.DASHED, Ink.REFERENCE, 0, 0, PERCENT, PERCENT));
    lines.add(reliability(both ? "as trained" : "model", Ink.BLUE, metrics));
    String errors = error(metrics);
    if (both) {
      lines.add(reliability("corrected", Ink.GREEN, evaluated.corrected()));
      errors += ", corrected " + error(evaluated.corrected());
    }
    return new LineChart(
        "calibration",
        "Calibration",
        Axis.percent("Mean predicted probability", "certainty"),
        Axis.percent("Observed rate", "positives in the bin"),
        lines,
        String.format(
            "Ten bins of equal width, without empty ones; expected calibration error %s. Class weights"
                + " and resampling raise the odds, and so the predicted probability%s. Bins of few rows"
                + " scatter.",
            errors, both ? correctedNote() : ""));
  }

  private String correctedNote() {
    return "; corrected odds are divided by what raised them"
        + (evaluated.populationRate() == null
            ? ""
            : ", and there the classes weigh as much as in the population");
  }

  private static Line reliability(String name, Ink ink, BinaryMetrics of) {
    CalibrationBins bins = of.tally().calibration();
    int[] filled =
        IntStream.range(0, CalibrationBins.SIZE).filter(b -> bins.weight(b) > 0).toArray();
    return new Line(
        name,
        Style.DOTTED_LINE,
        ink,
        Arrays.stream(filled).mapToDouble(b -> PERCENT * bins.meanScore(b)).toArray(),
        Arrays.stream(filled).mapToDouble(b -> PERCENT * bins.positiveRate(b)).toArray());
  }

  private static String error(BinaryMetrics of) {
    return Numbers.metric(of.tally().calibration().expectedCalibrationError());
  }
}
