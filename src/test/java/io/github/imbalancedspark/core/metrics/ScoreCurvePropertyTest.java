package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.Law;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of score curves and their metrics for any rows, ties and weights among them. */
class ScoreCurvePropertyTest {

  private static final int ANY_BINS = 1 << 20;
  private static final double ROUNDING = 1e-12;

  /** A scored row; whole weights, so that sums are exact in any order. */
  record ScoredRow(double score, boolean positive, int weight) {}

  @Provide
  Arbitrary<List<ScoredRow>> rows() {
    Arbitrary<Double> score =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 8).map(k -> k / 8.0),
            Arbitraries.doubles().between(0, 1));
    return Combinators.combine(
            score, Arbitraries.of(true, false), Arbitraries.integers().between(0, 5))
        .as(ScoredRow::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(60);
  }

  private static ScoreCurve curve(int maxBins, List<ScoredRow> rows, DoubleUnaryOperator scores) {
    ScoreCurveBuilder builder = new ScoreCurveBuilder(maxBins);
    rows.forEach(r -> builder.add(scores.applyAsDouble(r.score), r.positive, r.weight));
    return builder.build();
  }

  private static ScoreCurve curve(int maxBins, List<ScoredRow> rows) {
    return curve(maxBins, rows, DoubleUnaryOperator.identity());
  }

  private static double weight(List<ScoredRow> rows, boolean positive) {
    return rows.stream().filter(r -> r.positive == positive).mapToDouble(r -> r.weight).sum();
  }

  private static void assumeBothClasses(List<ScoredRow> rows) {
    Assume.that(weight(rows, true) > 0 && weight(rows, false) > 0);
  }

  /** The share of (positive, negative) pairs in the right order, ties counting half. */
  private static double rocAucOfPairs(List<ScoredRow> rows) {
    double right = 0;
    for (ScoredRow p : rows) {
      for (ScoredRow n : rows) {
        if (p.positive && !n.positive) {
          right += p.weight * n.weight * (1 + Math.signum(p.score - n.score)) / 2;
        }
      }
    }
    return right / (weight(rows, true) * weight(rows, false));
  }

  /** The mean, over the positives, of the precision among rows that score as high or higher. */
  private static double averagePrecisionOfPositives(List<ScoredRow> rows) {
    double sum = 0;
    for (ScoredRow p : rows) {
      if (p.positive && p.weight > 0) {
        List<ScoredRow> above = rows.stream().filter(r -> r.score >= p.score).toList();
        double positives = weight(above, true);
        sum += p.weight * positives / (positives + weight(above, false));
      }
    }
    return sum / weight(rows, true);
  }

  @Law
  void areasAreThoseOfTheirDefinitions(@ForAll("rows") List<ScoredRow> rows) {
    assumeBothClasses(rows);
    RankingMetrics metrics = RankingMetrics.of(curve(ANY_BINS, rows));
    assertThat(metrics.rocAuc()).isCloseTo(rocAucOfPairs(rows), within(ROUNDING));
    assertThat(metrics.averagePrecision())
        .isCloseTo(averagePrecisionOfPositives(rows), within(ROUNDING));
  }

  @Law
  void anyOrderAndAnyPartitionsGiveOneCurve(
      @ForAll("rows") List<ScoredRow> rows,
      @ForAll @IntRange(min = 1, max = 7) int parts,
      @ForAll @IntRange(min = 4, max = 64) int maxBins,
      @ForAll long order) {
    List<ScoredRow> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(order));
    ScoreCurve merged = curve(maxBins, List.of());
    for (int part = 0; part < parts; part++) {
      List<ScoredRow> mine = new ArrayList<>();
      for (int i = part; i < shuffled.size(); i += parts) {
        mine.add(shuffled.get(i));
      }
      merged = merged.merge(curve(maxBins, mine));
    }
    ScoreCurve whole = curve(maxBins, rows);
    assertThat(merged.size()).isEqualTo(whole.size());
    for (int i = 0; i < whole.size(); i++) {
      assertThat(merged.score(i)).isEqualTo(whole.score(i));
      assertThat(merged.positive(i)).isEqualTo(whole.positive(i));
      assertThat(merged.negative(i)).isEqualTo(whole.negative(i));
    }
  }

  @Law
  void joinedScoresStayWithinTheirBound(
      @ForAll("rows") List<ScoredRow> rows, @ForAll @IntRange(min = 2, max = 12) int maxBins) {
    assumeBothClasses(rows);
    RankingMetrics exact = RankingMetrics.of(curve(ANY_BINS, rows));
    RankingMetrics joined = RankingMetrics.of(curve(maxBins, rows));
    assertThat(joined.rocAuc()).isCloseTo(exact.rocAuc(), within(joined.rocAucError() + ROUNDING));
    assertThat(joined.averagePrecision())
        .isCloseTo(exact.averagePrecision(), within(joined.averagePrecisionError() + ROUNDING));
  }

  @Law
  void rankingKnowsTheOrderOfScoresOnly(@ForAll("rows") List<ScoredRow> rows) {
    assumeBothClasses(rows);
    RankingMetrics one = RankingMetrics.of(curve(ANY_BINS, rows));
    RankingMetrics other = RankingMetrics.of(curve(ANY_BINS, rows, s -> 8 * s - 3));
    assertThat(other.rocAuc()).isEqualTo(one.rocAuc());
    assertThat(other.averagePrecision()).isEqualTo(one.averagePrecision());
    assertThat(other.ks()).isEqualTo(one.ks());
  }

  @Law
  void turningScoresRoundTurnsTheAreaRound(@ForAll("rows") List<ScoredRow> rows) {
    assumeBothClasses(rows);
    double area = RankingMetrics.of(curve(ANY_BINS, rows)).rocAuc();
    double turned = RankingMetrics.of(curve(ANY_BINS, rows, s -> -s)).rocAuc();
    assertThat(turned).isCloseTo(1 - area, within(ROUNDING));
  }

  @Law
  void theConfusionMatrixHoldsEveryRowOnce(
      @ForAll("rows") List<ScoredRow> rows, @ForAll @DoubleRange(max = 1) double threshold) {
    ConfusionMatrix confusion = curve(ANY_BINS, rows).confusionAt(threshold);
    List<ScoredRow> above = rows.stream().filter(r -> r.score > threshold).toList();
    assertThat(confusion.tp()).isEqualTo(weight(above, true));
    assertThat(confusion.fp()).isEqualTo(weight(above, false));
    assertThat(confusion.fn()).isEqualTo(weight(rows, true) - weight(above, true));
    assertThat(confusion.tn()).isEqualTo(weight(rows, false) - weight(above, false));
  }
}
