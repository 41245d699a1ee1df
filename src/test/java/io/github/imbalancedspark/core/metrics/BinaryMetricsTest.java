package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryMetricsTest {

  private static BinaryMetrics metrics(double threshold, double[]... scoreLabelWeight) {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(100, threshold);
    for (double[] row : scoreLabelWeight) {
      builder.add(row[0], row[1] == 1, row[2]);
    }
    return BinaryMetrics.of(builder.build(), threshold);
  }

  @Test
  void givesWhatExistsWithoutPositives() {
    BinaryMetrics metrics = metrics(0.5, new double[] {0.25, 0, 1}, new double[] {0.75, 0, 1});

    assertThat(metrics.asMap())
        .containsEntry("precision", 0.0)
        .containsEntry("specificity", 0.5)
        .containsEntry("accuracy", 0.5)
        .containsEntry("brier", (0.0625 + 0.5625) / 2)
        .containsEntry("expected_calibration_error", 0.5)
        .containsEntry("roc_auc", null)
        .containsEntry("average_precision", null)
        .containsEntry("recall", null)
        .containsEntry("f1", null)
        .containsEntry("mcc", null)
        .containsEntry("ks", null)
        .containsEntry("rows", 2.0)
        .containsEntry("positives", 0.0);
    assertThat(metrics.reasons())
        .containsEntry("roc_auc", "roc_auc does not exist without positive rows")
        .containsOnlyKeys(
            "roc_auc",
            "average_precision",
            "recall",
            "f1",
            "f2",
            "mcc",
            "balanced_accuracy",
            "geometric_mean",
            "ks");
    assertThatThrownBy(() -> metrics.get("lift@top=0.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lift@top=0.1 does not exist without positive rows");
  }

  @Test
  void givesWhatExistsWithoutNegatives() {
    BinaryMetrics metrics = metrics(0.5, new double[] {0.25, 1, 1}, new double[] {0.75, 1, 1});

    assertThat(metrics.get("average_precision")).isEqualTo(1);
    assertThat(metrics.get("recall")).isEqualTo(0.5);
    assertThat(metrics.get("f1")).isEqualTo(2 / 3.0);
    assertThat(metrics.reasons())
        .containsEntry("specificity", "specificity does not exist without negative rows")
        .containsOnlyKeys(
            "roc_auc", "specificity", "mcc", "balanced_accuracy", "geometric_mean", "ks");
  }

  @Test
  void takesASingleRow() {
    BinaryMetrics metrics = metrics(0.5, new double[] {0.75, 1, 3});

    assertThat(metrics.confusion()).isEqualTo(new ConfusionMatrix(3, 0, 0, 0));
    assertThat(metrics.get("average_precision")).isEqualTo(1);
    assertThat(metrics.get("brier")).isEqualTo(0.0625);
    assertThat(metrics.get("log_loss")).isCloseTo(-Math.log(0.75), within(1e-15));
  }

  @Test
  void ignoresRowsOfWeightZero() {
    BinaryMetrics with =
        metrics(
            0.5,
            new double[] {0.9, 0, 0},
            new double[] {0.8, 1, 1},
            new double[] {0.8, 0, 0},
            new double[] {0.3, 0, 2},
            new double[] {0.1, 1, 0});
    BinaryMetrics without = metrics(0.5, new double[] {0.8, 1, 1}, new double[] {0.3, 0, 2});

    for (Metric metric : Metric.standard()) {
      assertThat(with.value(metric)).isEqualTo(without.value(metric));
    }
    assertThat(with.get("recall@precision>=1")).isEqualTo(1);
    assertThat(with.tally().rows()).isEqualTo(5);
  }

  /** Products of two weights would under- or overflow. */
  @ParameterizedTest
  @CsvSource({"1e-170, 10000", "1e-170, 50", "1e9, 10000", "1e160, 10000", "1e160, 50"})
  void doesNotDependOnTheScaleOfWeights(double scale, int maxBins) {
    ScoredRows rows = ScoredRows.random(3000, 5);
    BinaryMetrics expected = scaled(rows, 1, maxBins);
    BinaryMetrics actual = scaled(rows, scale, maxBins);

    List<Metric> metrics = new ArrayList<>(Metric.standard());
    for (String name :
        List.of(
            "f0.5",
            "recall@precision>=0.6",
            "precision@recall>=0.5",
            "recall@fpr<=0.1",
            "precision@prevalence=0.001",
            "precision@top=0.01",
            "recall@top=0.01",
            "lift@top=0.01",
            "expected_cost@fp=1,fn=50",
            "expected_cost")) {
      metrics.add(Metric.of(name));
    }
    for (Metric metric : metrics) {
      double value = expected.value(metric).value();
      assertThat(actual.value(metric).value())
          .as(metric.name())
          .isCloseTo(value, within(1e-12 * value));
    }
    assertThat(actual.ranking().rocAucError())
        .isCloseTo(expected.ranking().rocAucError(), within(1e-12));
    assertThat(actual.ranking().averagePrecisionError())
        .isCloseTo(expected.ranking().averagePrecisionError(), within(1e-12));
  }

  private static BinaryMetrics scaled(ScoredRows rows, double scale, int maxBins) {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(maxBins, 0.3);
    for (int i = 0; i < rows.rows(); i++) {
      builder.add(rows.scores()[i], rows.labels()[i], rows.weights()[i] * scale, 1 + i % 3);
    }
    return BinaryMetrics.of(builder.build(), 0.3);
  }

  @Test
  void ranksMarginsButDoesNotTakeThemForProbabilities() {
    ScoredRows rows = ScoredRows.random(500, 6);

    BinaryMetrics metrics = BinaryMetrics.of(rows.asMargins().tally(10_000), 0);

    assertThat(metrics.get("roc_auc"))
        .isEqualTo(BinaryMetrics.of(rows.tally(10_000), 0.5).get("roc_auc"));
    assertThat(metrics.reasons())
        .containsOnlyKeys("brier", "log_loss", "expected_calibration_error");
    assertThatThrownBy(() -> metrics.get("brier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("brier needs probabilities, but the scores range from -");
  }

  @Test
  void callsAccuracyOfATrivialClassifierByItsName() {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(10);
    for (int i = 0; i < 1000; i++) {
      builder.add(0.001, i == 0, 1);
    }
    BinaryMetrics metrics = BinaryMetrics.of(builder.build(), 0.5);

    assertThat(metrics.get("accuracy")).isEqualTo(0.999);
    assertThat(metrics.get("recall")).isZero();
    assertThat(metrics.get("f1")).isZero();
    assertThat(metrics.get("mcc")).isZero();
    assertThat(metrics.get("roc_auc")).isEqualTo(0.5);
    assertThat(metrics.get("average_precision")).isEqualTo(0.001);
    assertThat(metrics.get("balanced_accuracy")).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "roc_auc, true, false",
    "f1, true, true",
    "f0.5, true, true",
    "brier, false, false",
    "log_loss, false, false",
    "expected_calibration_error, false, false",
    "'expected_cost@fp=1,fn=2.5e2', false, true",
    "expected_cost, false, true",
    "recall@precision>=0.85, true, false",
    "lift@top=0.01, true, false"
  })
  void knowsWhichWayIsBetterAndWhatNeedsAThreshold(
      String name, boolean larger, boolean atThreshold) {
    assertThat(Metric.of(name).isLargerBetter()).isEqualTo(larger);
    assertThat(Metric.of(name).isAtThreshold()).isEqualTo(atThreshold);
    assertThat(Metric.of(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auc", "f-1", "precision@recall>=", "expected_cost@fp=1", "ROC_AUC"})
  void namesTheMetricsThereAre(String name) {
    assertThatThrownBy(() -> Metric.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no metric '" + name + "'; choose one of roc_auc,")
        .hasMessageContaining("recall@precision>=0.85");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f0",
        "recall@precision>=1.5",
        "precision@k=0",
        "recall@top=2",
        "precision@prevalence=0"
      })
  void saysThatAFigureIsOutOfRange(String name) {
    assertThatThrownBy(() -> Metric.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no metric '" + name + "', for a figure in it is out of");
  }

  @Test
  void saysThatCostsAreMissing() {
    BinaryMetrics metrics = metrics(0.5, new double[] {0.75, 1, 1});

    assertThatThrownBy(() -> metrics.get("expected_cost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected_cost needs the costs of each row");
  }

  /** The same as if each class weighed what makes that share of the rows positive. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.25, 0.9, 1})
  void precisionAtAPrevalenceIsThatOfReweightedClasses(double prevalence) {
    ScoredRows rows = ScoredRows.random(500, 7);
    BinaryMetrics plain = BinaryMetrics.of(rows.tally(1000, 0.5), 0.5);
    double share = plain.confusion().positives() / plain.confusion().total();
    ScoreTallyBuilder builder = new ScoreTallyBuilder(1000, 0.5);
    for (int i = 0; i < rows.rows(); i++) {
      double factor = rows.labels()[i] ? prevalence / share : (1 - prevalence) / (1 - share);
      builder.add(rows.scores()[i], rows.labels()[i], factor * rows.weights()[i]);
    }
    BinaryMetrics reweighted = BinaryMetrics.of(builder.build(), 0.5);

    assertThat(plain.get("precision@prevalence=" + prevalence))
        .isCloseTo(reweighted.get("precision"), within(1e-12));
    assertThat(plain.get("precision@prevalence=" + share))
        .isCloseTo(plain.get("precision"), within(1e-12));
  }
}
