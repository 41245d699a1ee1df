package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.metrics.BinaryMetrics;
import io.github.imbalancedspark.core.metrics.ScoreTallyBuilder;
import io.github.imbalancedspark.report.Chart;
import io.github.imbalancedspark.report.Line;
import io.github.imbalancedspark.report.LineChart;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationChartsTest {

  /** Positives at 0.9 (weight 2) and 0.4, negatives at 0.9, 0.3 and 0.1. */
  private static BinaryMetrics metrics(boolean margins) {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(100);
    double shift = margins ? -5 : 0;
    builder.add(0.9 + shift, true, 2);
    builder.add(0.9 + shift, false, 1);
    builder.add(0.4 + shift, true, 1);
    builder.add(0.3 + shift, false, 1);
    builder.add(0.1 + shift, false, 1);
    return BinaryMetrics.of(builder.build(), 0.5 + shift);
  }

  private static LineChart chart(BinaryMetrics metrics, String file) {
    return chart(new EvaluationCharts(Evaluated.of(metrics)), file);
  }

  private static LineChart chart(EvaluationCharts charts, String file) {
    return (LineChart)
        charts.all().stream().filter(c -> c.file().equals(file)).findFirst().orElseThrow();
  }

  private static Line line(LineChart chart, String name) {
    return chart.lines().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(1e-12));
  }

  @Test
  void drawsTheCurvesOfAWorkedExample() {
    BinaryMetrics metrics = metrics(false);

    Line roc = line(chart(metrics, "roc"), "model");
    assertClose(roc.x(), 0, 100 / 3.0, 100 / 3.0, 200 / 3.0, 100);
    assertClose(roc.y(), 0, 200 / 3.0, 100, 100, 100);

    LineChart precisionRecall = chart(metrics, "precision-recall");
    assertClose(line(precisionRecall, "model").x(), 0, 200 / 3.0, 200 / 3.0, 100);
    assertClose(line(precisionRecall, "model").y(), 200 / 3.0, 200 / 3.0, 75, 75);
    assertClose(line(precisionRecall, "base rate 50.00%").y(), 50, 50);
    assertClose(line(precisionRecall, "threshold 0.5").x(), 200 / 3.0);
    assertClose(line(precisionRecall, "threshold 0.5").y(), 200 / 3.0);
  }

  @Test
  void drawsWhatEachThresholdGives() {
    LineChart chart = chart(metrics(false), "thresholds");

    Line recall = line(chart, "recall");
    assertClose(recall.x(), 0, 0.1, 0.1, 0.3, 0.3, 0.4, 0.4, 0.9);
    assertClose(recall.y(), 100, 100, 100, 100, 100, 100, 200 / 3.0, 200 / 3.0);
    assertClose(line(chart, "precision").y(), 50, 50, 60, 60, 75, 75, 200 / 3.0, 200 / 3.0);
    assertClose(line(chart, "threshold 0.5").x(), 0.5, 0.5);
  }

  @Test
  void drawsScoresByClassAndCalibration() {
    LineChart scores = chart(metrics(false), "scores");
    for (String name : List.of("positives", "negatives")) {
      double sum = 0; // each bar has two points
      for (double y : line(scores, name).y()) {
        sum += y / 2;
      }
      assertThat(sum).isCloseTo(100, within(1e-9));
    }

    Line calibration = line(chart(metrics(false), "calibration"), "model");
    assertClose(calibration.x(), 10, 30, 40, 90);
    assertClose(calibration.y(), 0, 0, 100, 200 / 3.0);
  }

  /** Of margins 40 and 45 the probabilities are one and the same double. */
  @Test
  void drawsScoresByTheirLogOddsAndTheCorrectedCalibration() {
    ScoreTallyBuilder probabilities = new ScoreTallyBuilder(100);
    ScoreTallyBuilder corrected = new ScoreTallyBuilder(100);
    ScoreTallyBuilder margins = new ScoreTallyBuilder(100);
    for (double margin : new double[] {-5, 0, 40, 45}) {
      boolean positive = margin > 0;
      margins.add(margin, positive, 1);
      probabilities.add(1 / (1 + Math.exp(-margin)), positive, 1);
      corrected.add(1 / (1 + 99 * Math.exp(-margin)), positive, 1);
    }
    Evaluated evaluated =
        new Evaluated(
            BinaryMetrics.of(probabilities.build(), 0.5),
            BinaryMetrics.of(corrected.build(), 0.5),
            margins.build().curve(),
            null);
    EvaluationCharts charts = new EvaluationCharts(evaluated);

    LineChart scores = chart(charts, "scores");
    assertThat(line(scores, "positives").y()).contains(50, 50).doesNotContain(100);
    assertClose(line(scores, "threshold 0.5").x(), 0, 0);
    LineChart calibration = chart(charts, "calibration");
    assertClose(line(calibration, "as trained").y(), 0, 0, 100);
    assertClose(line(calibration, "corrected").x(), 50 * (0.01 + 1 / (1 + 99 * Math.exp(5))), 100);
  }

  @Test
  void leavesOutWhatMarginsOrOneClassHaveNot() {
    assertThat(new EvaluationCharts(Evaluated.of(metrics(true))).all())
        .map(Chart::file)
        .containsExactly("precision-recall", "roc", "thresholds", "scores");
    ScoreTallyBuilder negatives = new ScoreTallyBuilder(100);
    negatives.add(0.2, false, 1);
    BinaryMetrics metrics = BinaryMetrics.of(negatives.build(), 0.5);
    assertThat(new EvaluationCharts(Evaluated.of(metrics)).all())
        .map(Chart::file)
        .containsExactly("calibration");
  }

  @Test
  void drawsScoresThatAreAllEqualOrInfinite() {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(100);
    builder.add(Double.POSITIVE_INFINITY, true, 1);
    builder.add(Double.NEGATIVE_INFINITY, false, 1);
    ScoreTallyBuilder equal = new ScoreTallyBuilder(100);
    equal.add(1, true, 1);
    equal.add(1, false, 1);

    for (ScoreTallyBuilder rows : List.of(builder, equal)) {
      BinaryMetrics metrics = BinaryMetrics.of(rows.build(), 0.5);
      for (Chart chart : new EvaluationCharts(Evaluated.of(metrics)).all()) {
        assertThat(chart.toPng()).as(chart.title()).isNotEmpty();
      }
    }
  }
}
