package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCurveTest {

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.5,
    Math.nextUp(0.5),
    Math.nextDown(1.0),
    Math.nextUp(1.0)
  };

  @Test
  void holdsTheWeightOfEachClassByDistinctScore() {
    Random random = new Random(1);
    TreeMap<Double, double[]> expected = new TreeMap<>();
    ScoreCurveBuilder builder = new ScoreCurveBuilder(1 << 20);
    for (int i = 0; i < 600_000; i++) { // more than two runs
      double score = i < SPECIAL.length ? SPECIAL[i] : Math.round(random.nextGaussian() * 1e5);
      boolean positive = random.nextBoolean();
      double weight = 1 + random.nextInt(3);
      builder.add(score, positive, weight);
      expected.computeIfAbsent(score + 0.0, s -> new double[2])[positive ? 1 : 0] += weight;
    }

    ScoreCurve curve = builder.build();

    assertThat(curve.isExact()).isTrue();
    assertThat(curve.size()).isEqualTo(expected.size());
    int i = 0;
    for (double score : expected.descendingKeySet()) {
      assertThat(curve.score(i)).isEqualTo(score);
      assertThat(curve.negative(i)).isEqualTo(expected.get(score)[0]);
      assertThat(curve.positive(i)).isEqualTo(expected.get(score)[1]);
      i++;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 1000, 50, 3})
  void doesNotDependOnHowRowsWereSplit(int maxBins) {
    checkSplits(ScoredRows.random(20_000, 2), maxBins);
    checkSplits(ScoredRows.random(20_000, 2).asMargins(), maxBins);
  }

  private static void checkSplits(ScoredRows rows, int maxBins) {
    ScoreCurve whole = rows.tally(maxBins, 0.5).curve();
    ScoreCurve leftToRight = rows.tally(0, 7, maxBins, 0.5).curve();
    for (int part = 1; part < 7; part++) {
      leftToRight = leftToRight.merge(rows.tally(part, 7, maxBins, 0.5).curve());
    }
    ScoreCurve rightToLeft = rows.tally(6, 7, maxBins, 0.5).curve();
    for (int part = 5; part >= 0; part--) {
      rightToLeft = rows.tally(part, 7, maxBins, 0.5).curve().merge(rightToLeft);
    }

    assertSame(leftToRight, whole);
    assertSame(rightToLeft, whole);
    assertThat(whole.size()).isLessThanOrEqualTo(maxBins);
    assertThat(whole.isExact()).isEqualTo(maxBins > rows.rows());
  }

  private static void assertSame(ScoreCurve actual, ScoreCurve expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.score(i)).isEqualTo(expected.score(i));
      assertThat(actual.positive(i)).isEqualTo(expected.positive(i));
      assertThat(actual.negative(i)).isEqualTo(expected.negative(i));
      assertThat(actual.isJoined(i)).isEqualTo(expected.isJoined(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 1000, 100, 10, 5})
  void boundsTheErrorOfJoinedScores(int maxBins) {
    ScoredRows rows = ScoredRows.random(20_000, 3);
    RankingMetrics exact = RankingMetrics.of(rows.tally(1 << 20).curve());
    RankingMetrics joined = RankingMetrics.of(rows.tally(maxBins).curve());

    assertThat(joined.rocAucError()).isPositive();
    assertThat(joined.averagePrecisionError()).isPositive();
    assertThat(joined.rocAuc()).isCloseTo(exact.rocAuc(), within(joined.rocAucError()));
    assertThat(joined.averagePrecision())
        .isCloseTo(exact.averagePrecision(), within(joined.averagePrecisionError()));
  }

  @Test
  void reachesTheBoundsWhenJoinedScoresAreInTheirExtremeOrder() {
    RankingMetrics joined = neighbours(true, 2);

    assertThat(neighbours(true, 1000).rocAuc() - joined.rocAuc())
        .isCloseTo(joined.rocAucError(), within(1e-15));
    assertThat(joined.rocAuc() - neighbours(false, 1000).rocAuc())
        .isCloseTo(joined.rocAucError(), within(1e-15));
    assertThat(neighbours(true, 1000).averagePrecision() - joined.averagePrecision())
        .isCloseTo(joined.averagePrecisionError(), within(1e-15));
    assertThat(joined.rocAucError()).isGreaterThan(0.4);
    assertThat(neighbours(false, 2)).isEqualTo(joined);
  }

  /** 256 scores next to one another, each class's together, and one negative far below. */
  private static RankingMetrics neighbours(boolean positivesFirst, int maxBins) {
    ScoreCurveBuilder builder = new ScoreCurveBuilder(maxBins);
    builder.add(0.1, false, 1);
    double score = 0.25; // the lowest of its cell on every level
    for (int i = 0; i < 256; i++) {
      builder.add(score, i < 128 != positivesFirst, 1);
      score = Math.nextUp(score);
    }
    return RankingMetrics.of(builder.build());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.9, 1})
  void staysExactAtItsCutOffs(double threshold) {
    ScoredRows rows = ScoredRows.random(20_000, 4);
    ScoreCurve joined = rows.tally(8, 0, 0.1, 0.3, 0.5, 0.9, 1).curve();

    assertThat(joined.isExact()).isFalse();
    assertThat(joined.confusionAt(threshold))
        .isEqualTo(rows.tally(1 << 20).curve().confusionAt(threshold));
  }

  @Test
  void comparesWithTheThresholdStrictly() {
    ScoreCurveBuilder builder = new ScoreCurveBuilder(10);
    builder.add(0.5, true, 1);
    builder.add(Math.nextUp(0.5), true, 2);
    builder.add(0.5, false, 4);
    builder.add(0.7, false, 8);

    assertThat(builder.build().confusionAt(0.5)).isEqualTo(new ConfusionMatrix(2, 8, 4, 1));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    ScoreCurveBuilder builder = new ScoreCurveBuilder(10);
    ScoreCurve other = new ScoreCurveBuilder(10, 0.5).build();

    assertThatThrownBy(() -> builder.add(Double.NaN, true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a score must be a number");
    assertThatThrownBy(() -> builder.add(0.5, true, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite and >= 0, but they are 0.5 and -1.0");
    assertThatThrownBy(() -> builder.build().merge(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("their maxBins and cut-offs are the same");
    assertThatThrownBy(() -> new ScoreCurveBuilder(2, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least two more than the number of cut-offs, 1, but is 2");
  }
}
