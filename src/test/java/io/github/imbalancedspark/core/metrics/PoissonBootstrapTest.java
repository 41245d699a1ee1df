package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonBootstrapTest {

  private static final List<String> NAMES =
      List.of("roc_auc", "average_precision", "precision", "recall", "f1", "mcc", "brier");

  /** The plain bootstrap of scikit-learn's metrics, {@code golden/bootstrap.json}. */
  @TestFactory
  Stream<DynamicTest> endsWhereThePlainBootstrapDoes() {
    JsonNode rows = Golden.read("metrics.json").get("cases");
    return Golden.read("bootstrap.json").get("cases").properties().stream()
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    "case " + expected.getKey(),
                    () ->
                        check(rows.get(Integer.parseInt(expected.getKey())), expected.getValue())));
  }

  private static void check(JsonNode rows, JsonNode expected) {
    BinaryMetrics metrics =
        BinaryMetrics.of(ScoredRows.of(rows).tally(100_000), rows.get("threshold").asDouble());
    List<String> names = expected.properties().stream().map(Map.Entry::getKey).toList();

    Map<String, Interval> actual = new PoissonBootstrap(metrics).intervals(names, 4000, 7);

    for (String name : names) {
      double low = expected.get(name).get(0).asDouble();
      double high = expected.get(name).get(1).asDouble();
      assertThat(actual.get(name).low()).as(name).isCloseTo(low, within(0.07 * (high - low)));
      assertThat(actual.get(name).high()).as(name).isCloseTo(high, within(0.07 * (high - low)));
    }
  }

  /** Row by row, with the same weights for cells and rows: an interval that cells did not make. */
  @Test
  void agreesWithWeightsDrawnRowByRowWhereScoresWerePutTogether() {
    ScoredRows rows = ScoredRows.random(40_000, 5);
    BinaryMetrics metrics = BinaryMetrics.of(rows.tally(1 << 20), 0.3);
    assertThat(new ScoreCells(metrics).size()).isLessThan(15_000);

    Map<String, Interval> actual = new PoissonBootstrap(metrics).intervals(NAMES, 1000, 3);

    Map<String, double[]> replicates = rowByRow(rows, 300);
    for (String name : NAMES) {
      double deviation = deviation(replicates.get(name));
      double estimate = metrics.get(name);
      assertThat(actual.get(name).low())
          .as(name)
          .isCloseTo(estimate - 1.96 * deviation, within(0.3 * deviation));
      assertThat(actual.get(name).high())
          .as(name)
          .isCloseTo(estimate + 1.96 * deviation, within(0.3 * deviation));
    }
  }

  private static Map<String, double[]> rowByRow(ScoredRows rows, int replicates) {
    SplittableRandom random = new SplittableRandom(11);
    Map<String, double[]> values = new HashMap<>();
    for (int r = 0; r < replicates; r++) {
      double[] weights = new double[rows.rows()];
      for (int i = 0; i < weights.length; i++) {
        double product = random.nextDouble(); // Knuth's way to a Poisson number
        while (product > Math.exp(-1)) {
          weights[i] += rows.weights()[i];
          product *= random.nextDouble();
        }
      }
      BinaryMetrics metrics =
          BinaryMetrics.of(
              new ScoredRows(rows.scores(), rows.labels(), weights).tally(1 << 20), 0.3);
      for (String name : NAMES) {
        values.computeIfAbsent(name, n -> new double[replicates])[r] = metrics.get(name);
      }
    }
    return values;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.2, 0.2", "5, 5", "60, 60", "1000, 1000", "30, 90", "6, 0.6"})
  void drawsWithTheRightMeanAndVariance(double weight, double squares) {
    PoissonDraw draw = new PoissonDraw(new SplittableRandom(2));
    double[] draws = new double[200_000];
    Arrays.setAll(draws, i -> draw.of(weight, squares));

    double mean = Arrays.stream(draws).average().orElseThrow();
    assertThat(mean).isCloseTo(weight, within(5 * Math.sqrt(squares / draws.length)));
    assertThat(deviation(draws)).isCloseTo(Math.sqrt(squares), within(0.01 * Math.sqrt(squares)));
    assertThat(Arrays.stream(draws).min().orElseThrow()).isNotNegative();
  }

  @Test
  void dependsOnTheRowsAndTheSeedOnly() {
    ScoredRows rows = ScoredRows.random(3000, 6);
    ScoreTally whole = rows.tally(1 << 20);
    ScoreTally parts = rows.tally(2, 3, 1 << 20).merge(rows.tally(0, 3, 1 << 20));
    parts = parts.merge(rows.tally(1, 3, 1 << 20));

    assertThat(intervals(parts, 1).get("roc_auc")).isEqualTo(intervals(whole, 1).get("roc_auc"));
    assertThat(intervals(whole, 2).get("roc_auc")).isNotEqualTo(intervals(whole, 1).get("roc_auc"));
  }

  private static Map<String, Interval> intervals(ScoreTally tally, long seed) {
    return new PoissonBootstrap(BinaryMetrics.of(tally, 0.5)).intervals(NAMES, 40, seed);
  }

  @Test
  void leavesOutWhatDoesNotExist() {
    ScoreTallyBuilder negatives = new ScoreTallyBuilder(100);
    negatives.add(0.5, false, 1);
    negatives.add(-2, false, 1);
    PoissonBootstrap bootstrap = new PoissonBootstrap(BinaryMetrics.of(negatives.build(), 0.5));

    assertThat(bootstrap.intervals(List.of("roc_auc", "brier", "specificity", "accuracy"), 40, 1))
        .containsOnlyKeys("specificity", "accuracy");
    assertThatThrownBy(() -> bootstrap.intervals(NAMES, 39, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("replicates: must be at least 40 for a tail of 2.5%, but is 39");
  }

  /** How much the rows vary is told by the sums of squared weights. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-170, 1e-160, 1e160})
  void weightsWhoseSquaresAreOutOfRangeHaveNoIntervals(double weight) {
    ScoredRows rows = ScoredRows.random(300, 8);
    double[] weights = Arrays.stream(rows.weights()).map(w -> w * weight).toArray();
    ScoreTally tally = new ScoredRows(rows.scores(), rows.labels(), weights).tally(1000);
    PoissonBootstrap bootstrap = new PoissonBootstrap(BinaryMetrics.of(tally, 0.5));

    assertThat(
            bootstrap.intervals(
                List.of("roc_auc", "f1", "brier", "recall@precision>=0.5", "lift@top=0.1"), 40, 1))
        .isEmpty();
  }

  @Test
  void aRowOfNextToNoWeightTakesNoIntervalAway() {
    ScoreTallyBuilder negligible = new ScoreTallyBuilder(1000);
    negligible.add(0.99, false, 1e-170);
    ScoreTally tally = ScoredRows.random(300, 8).tally(1000).merge(negligible.build());

    assertThat(intervals(tally, 1))
        .containsOnlyKeys(NAMES)
        .allSatisfy((name, interval) -> assertThat(interval.low()).isLessThan(interval.high()));
  }

  @Test
  void neverLeavesTheRangeOfARate() {
    ScoreTallyBuilder perfect = new ScoreTallyBuilder(100_000);
    for (int i = 0; i < 20_000; i++) {
      perfect.add(i / 20_000.0, i >= 19_000, 1);
    }

    Map<String, Interval> intervals = intervals(perfect.build(), 1);

    assertThat(intervals.get("roc_auc")).isEqualTo(new Interval(1, 1));
    assertThat(intervals.get("average_precision").high()).isEqualTo(1);
  }
}
