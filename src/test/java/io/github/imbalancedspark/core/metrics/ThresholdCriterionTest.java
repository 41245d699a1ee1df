package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds held against the best of all cut-offs in {@code golden/thresholds.json}. */
class ThresholdCriterionTest {

  private static final JsonNode ROWS = Golden.read("metrics.json").get("cases");
  private static final JsonNode COSTS = Golden.read("evaluation.json").get("cases");
  private static final JsonNode EXPECTED = Golden.read("thresholds.json");
  private static final int BINS = ScoreCurve.DEFAULT_MAX_BINS;

  @TestFactory
  Stream<DynamicTest> isTheBestOfAllCutOffs() {
    return IntStream.range(0, ROWS.size())
        .mapToObj(i -> DynamicTest.dynamicTest("case " + i, () -> check(i)));
  }

  private static void check(int i) {
    ScoreTally tally = ScoredRows.of(ROWS.get(i)).tallyWithCosts(COSTS.get(i), BINS);
    EXPECTED
        .get("cases")
        .get(i)
        .properties()
        .forEach(
            e -> {
              ThresholdChoice choice =
                  ThresholdCriterion.of(e.getKey()).choose(tally, EXPECTED.get("days").asDouble());
              assertThat(choice.criterion()).isEqualTo(e.getKey());
              assertThat(choice.shortfall() == null)
                  .as(e.getKey() + " can be had")
                  .isEqualTo(!e.getValue().isNull());
              if (!e.getValue().isNull()) {
                assertClose(e.getKey() + " at", choice.threshold(), e.getValue().get("threshold"));
                assertClose(e.getKey(), choice.value(), e.getValue().get("value"));
              }
              assertThat(choice.confusion())
                  .isEqualTo(tally.curve().confusionAt(choice.threshold()));
            });
  }

  private static void assertClose(String name, double value, JsonNode expected) {
    assertThat(value)
        .as(name)
        .isCloseTo(expected.asDouble(), within(1e-12 * Math.abs(expected.asDouble())));
  }

  private static ScoreTally tally(double[]... scoreLabelWeight) {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(100);
    for (double[] row : scoreLabelWeight) {
      builder.add(row[0], row[1] == 1, row[2]);
    }
    return builder.build();
  }

  private static ThresholdChoice choose(String criterion, double[]... rows) {
    return ThresholdCriterion.of(criterion).choose(tally(rows), 1);
  }

  /** Four rows with one positive, so that precision is at most a half. */
  private static final double[][] HALF_AT_BEST = {
    {0.9, 0, 1}, {0.6, 1, 1}, {0.4, 0, 1}, {0.2, 0, 1}
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recall@precision>=0.85 | 0.5 | no threshold gives a precision >= 0.85; the highest"
            + " precision there is, is 0.5, above 0.5, where recall is 1",
        "recall@fpr<=0.1 | 0.5 | no threshold gives a false positive rate <= 0.1; the lowest"
            + " false positive rate there is, is 0.333333, above 0.5, where recall is 1",
        "alerts_per_day<=0.5 | 0.75 | no threshold gives a mean number of alerts a day <= 0.5; the"
            + " lowest mean number of alerts a day there is, is 1, above 0.75",
      })
  void saysHowNearItComesToABoundThatCannotBeKept(
      String criterion, double nearest, String shortfall) {
    ThresholdChoice choice = choose(criterion, HALF_AT_BEST);

    assertThat(choice.shortfall()).isEqualTo(shortfall);
    assertThat(choice.threshold()).isEqualTo(nearest);
  }

  @Test
  void saysThatNothingIsAboveAThresholdWhereAllScoresAre0() {
    assertThat(choose("alerts_per_day<=5", new double[] {0, 1, 1}, new double[] {0, 0, 1}))
        .isEqualTo(
            new ThresholdChoice(
                "alerts_per_day<=5",
                0.5,
                0,
                new ConfusionMatrix(0, 0, 1, 1),
                "no threshold gives a mean number of alerts a day <= 5.0, for all scores are 0 and"
                    + " none is above it"));
  }

  @Test
  void aScoreOf0ThatWeighsOrCostsNothingLeavesEveryCutOff() {
    double[][] rows = {{0, 0, 0}, {0.3, 1, 1}, {0.9, 0, 1}};

    assertThat(choose("f1", rows).threshold()).isEqualTo(0.15);
    assertThat(choose("recall@precision>=0.5", rows).threshold()).isEqualTo(0.15);

    ScoreTallyBuilder builder = new ScoreTallyBuilder(100);
    builder.add(0, false, 1, 0);
    builder.add(0.3, true, 1, 100);
    builder.add(0.9, false, 1, 1);
    ThresholdChoice choice = ThresholdCriterion.of("expected_cost").choose(builder.build(), 1);

    assertThat(choice.threshold()).isEqualTo(0.15);
    assertThat(choice.value()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(choice.confusion()).isEqualTo(new ConfusionMatrix(1, 1, 1, 0));
  }

  @Test
  void doesNotDependOnTheLastDigitsOfScores() {
    double noisy = Math.nextUp(Math.nextUp(0.4));

    double plain = choose("f1", new double[] {0.6, 1, 1}, new double[] {0.4, 0, 1}).threshold();
    double other = choose("f1", new double[] {0.6, 1, 1}, new double[] {noisy, 0, 1}).threshold();

    assertThat(plain).isEqualTo(0.5);
    assertThat(other).isCloseTo(plain, within(1e-15));
  }

  @Test
  void separatesScoresThatNoNumberLiesBetween() {
    double above = Math.nextUp(0.4);

    ThresholdChoice choice = choose("f1", new double[] {above, 1, 1}, new double[] {0.4, 0, 1});

    assertThat(choice.threshold()).isEqualTo(0.4);
    assertThat(choice.confusion()).isEqualTo(new ConfusionMatrix(1, 0, 1, 0));
  }

  @Test
  void ofEquallyGoodThresholdsTakesTheOneThatAlertsLeast() {
    double[][] rows = {{0.9, 1, 1}, {0.7, 0, 1}, {0.5, 0, 1}, {0.3, 1, 1}, {0.1, 0, 1}};

    assertThat(choose("recall@precision>=0.2", rows).threshold()).isCloseTo(0.2, within(1e-15));
    assertThat(choose("recall@fpr<=0.5", rows).threshold()).isCloseTo(0.8, within(1e-15));
    assertThat(choose("expected_cost@fp=0,fn=0", rows).threshold()).isCloseTo(0.95, within(1e-15));
  }

  @Test
  void ofEqualPrecisionTakesTheOneThatFindsMost() {
    ThresholdChoice choice =
        choose(
            "precision@recall>=0.3",
            new double[] {0.9, 1, 1},
            new double[] {0.7, 1, 1},
            new double[] {0.5, 0, 1});

    assertThat(choice.threshold()).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void treatsEqualScoresAsOneCutOff() {
    double[][] rows = {{0.3, 1, 1}, {0.3, 0, 1}, {0.3, 0, 2}};

    assertThat(choose("f1", rows).threshold()).isEqualTo(0.15);
    assertThat(choose("f1", rows).confusion()).isEqualTo(new ConfusionMatrix(1, 3, 0, 0));
    assertThat(choose("accuracy", rows).threshold()).isCloseTo(0.65, within(1e-15));
  }

  @Test
  void takesASingleRow() {
    assertThat(choose("f1", new double[] {0.2, 1, 3}).threshold()).isEqualTo(0.1);
    assertThat(choose("recall@precision>=1", new double[] {1, 1, 3}).threshold()).isEqualTo(0.5);
  }

  @Test
  void takesLargeAndZeroWeights() {
    ThresholdChoice choice =
        choose(
            "f1",
            new double[] {0.9, 1, 4e8},
            new double[] {0.8, 0, 0},
            new double[] {0.7, 1, 1e8},
            new double[] {0.1, 0, 5e8});

    assertThat(choice.threshold()).isCloseTo(0.4, within(1e-15));
    assertThat(choice.value()).isEqualTo(1);
  }

  @Test
  void saysWhyThereIsNone() {
    assertThatThrownBy(() -> choose("f1", new double[] {0.5, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("f1 does not exist without positive rows");
    assertThatThrownBy(() -> choose("recall@fpr<=0.1", new double[] {0.5, 1, 1}))
        .hasMessage("recall@fpr<=0.1 does not exist without negative rows");
    assertThatThrownBy(() -> choose("expected_cost", HALF_AT_BEST))
        .hasMessage("expected_cost needs the costs of each row");
    assertThatThrownBy(() -> choose("f1", new double[] {-1.5, 1, 1}, new double[] {2, 0, 1}))
        .hasMessage(
            "a threshold is chosen on probabilities, but the scores range from -1.5 to 2.0: they"
                + " are margins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"roc_auc", "brier", "precision@k=5", "alerts_per_day<=0", "lift@top=0.1"})
  void refusesWhatNoThresholdCanBeChosenFor(String name) {
    assertThatThrownBy(() -> ThresholdCriterion.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no threshold can be chosen for '" + name + "'; choose it for one");
  }

  @Test
  void staysExactWhereScoresWereJoined() {
    ScoredRows rows = ScoredRows.random(3000, 3);
    ScoreTally joined = rows.tally(50);
    assertThat(joined.curve().isExact()).isFalse();
    ScoreCurve exact = rows.tally(BINS).curve();

    for (String criterion : new String[] {"f1", "recall@precision>=0.5", "alerts_per_day<=300"}) {
      ThresholdChoice choice = ThresholdCriterion.of(criterion).choose(joined, 1);

      assertThat(choice.confusion()).isEqualTo(exact.confusionAt(choice.threshold()));
    }
  }

  @Test
  void predictsNoScoreOf0PositiveThatWasJoinedToOthers() {
    ScoreTallyBuilder builder = new ScoreTallyBuilder(3);
    double[] scores = {0.9, 0.8, 1e-310, 0};
    for (int i = 0; i < scores.length; i++) {
      builder.add(scores[i], i % 2 == 0, 1);
    }

    assertThat(ThresholdCriterion.of("recall@precision>=0.5").choose(builder.build(), 1))
        .satisfies(choice -> assertThat(choice.threshold()).isCloseTo(0.85, within(1e-15)))
        .satisfies(
            choice -> assertThat(choice.confusion()).isEqualTo(new ConfusionMatrix(1, 0, 2, 1)));
  }
}
