package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Terms;
import io.github.imbalancedspark.report.Axis;
import io.github.imbalancedspark.report.BarChart;
import io.github.imbalancedspark.report.BarChart.Bar;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Ink;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.Line.Style;
import io.github.imbalancedspark.report.LineChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/** The charts of a fit. */
final class TrainingCharts {

  private static final int MOST_BARS = 20;

  private final TrainingOutcome outcome;

  TrainingCharts(TrainingOutcome outcome) {
    this.outcome = outcome;
  }

  List<Chart> all() {
    return outcome.summary().epochs().isEmpty()
        ? List.of(coefficients(), progress())
        : List.of(coefficients()); // the objectives of different weights do not compare
  }

  /** The largest coefficients times their features' standard deviations. */
  private Chart coefficients() {
    Vector coefficients = outcome.classifier().coefficients();
    double[] deviations = outcome.summary().standardDeviations();
    List<Bar> bars = new ArrayList<>();
    coefficients.foreachActive(
        (j, value) -> {
          bars.add(new Bar(name((int) j), (double) value * deviations[(int) j]));
          return null;
        });
    bars.sort(Comparator.comparingDouble((Bar bar) -> Math.abs(bar.value())).reversed());
    return new BarChart(
        "coefficients",
        "Coefficients by size",
        Axis.of("Feature", "name"),
        Axis.of("Coefficient × standard deviation", "log-odds"),
        bars.subList(0, Math.min(MOST_BARS, bars.size())),
        Ink.BLUE,
        String.format(
            "%s of %s; what one standard deviation more adds to the log-odds.",
            Math.min(MOST_BARS, bars.size()), Numbers.counted(bars.size(), "feature")));
  }

  private String name(int feature) {
    List<String> names = outcome.featureNames();
    return feature < names.size() ? names.get(feature) : "feature " + feature;
  }

  private Chart progress() {
    List<Double> history = outcome.summary().objectiveHistory();
    double[] iterations = new double[history.size()];
    double[] objectives = new double[history.size()];
    for (int k = 0; k < iterations.length; k++) {
      iterations[k] = k;
      objectives[k] = history.get(k) - outcome.summary().objective();
    }
    return new LineChart(
        "progress",
        "Training progress",
        Axis.of("Iteration", "number"),
        Axis.of("Objective above its end", "loss and penalty"),
        List.of(new Line("objective", Style.DOTTED_LINE, Ink.BLUE, iterations, objectives)),
        "Stopped because: " + Terms.of(outcome.summary().stopReason().description()) + ".");
  }
}
