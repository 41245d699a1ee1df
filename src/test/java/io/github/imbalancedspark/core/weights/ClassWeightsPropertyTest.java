package io.github.imbalancedspark.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.weights.WeightStrategy.EffectiveNumber;
import io.github.imbalancedspark.core.weights.WeightStrategy.InverseFrequency;
import io.github.imbalancedspark.core.weights.WeightStrategy.SmoothedInverseFrequency;
import io.github.imbalancedspark.support.Law;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** What holds of class weights for any counts. */
class ClassWeightsPropertyTest {

  private static final double ROUNDING = 1e-12;

  @Provide
  Arbitrary<SortedMap<Double, Double>> counts() {
    Arbitrary<Double> count =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 1_000_000_000_000L).map(n -> (double) n),
            Arbitraries.doubles().between(1, 1e6));
    return count.list().ofMinSize(2).ofMaxSize(6).map(ClassWeightsPropertyTest::numbered);
  }

  private static SortedMap<Double, Double> numbered(List<Double> counts) {
    SortedMap<Double, Double> map = new TreeMap<>();
    for (int c = 0; c < counts.size(); c++) {
      map.put((double) c, counts.get(c));
    }
    return map;
  }

  @Provide
  Arbitrary<WeightStrategy> strategies() {
    return Arbitraries.oneOf(
        Arbitraries.just(new InverseFrequency()),
        Arbitraries.doubles()
            .between(-9, 1)
            .map(e -> new SmoothedInverseFrequency(Math.pow(10, e))),
        Arbitraries.just(new EffectiveNumber(OptionalDouble.empty())),
        Arbitraries.doubles()
            .between(-9, 0)
            .map(e -> new EffectiveNumber(OptionalDouble.of(1 - Math.pow(10, e)))));
  }

  @Law
  void weightsArePositiveAndFiniteForEveryClass(
      @ForAll("counts") SortedMap<Double, Double> counts,
      @ForAll("strategies") WeightStrategy strategy,
      @ForAll Normalization normalization) {
    SortedMap<Double, Double> weights = ClassWeights.of(counts, strategy, normalization);
    assertThat(weights.keySet()).isEqualTo(counts.keySet());
    assertThat(weights.values())
        .allSatisfy(w -> assertThat(w).isPositive().isLessThan(Double.POSITIVE_INFINITY));
  }

  @Law
  void theRarerClassNeverWeighsLess(
      @ForAll("counts") SortedMap<Double, Double> counts,
      @ForAll("strategies") WeightStrategy strategy,
      @ForAll Normalization normalization) {
    SortedMap<Double, Double> weights = ClassWeights.of(counts, strategy, normalization);
    for (Map.Entry<Double, Double> one : counts.entrySet()) {
      for (Map.Entry<Double, Double> other : counts.entrySet()) {
        if (one.getValue() < other.getValue()) {
          assertThat(weights.get(one.getKey()))
              .isGreaterThanOrEqualTo(weights.get(other.getKey()) * (1 - ROUNDING));
        }
      }
    }
  }

  @Law
  void normalizationKeepsRatiosAndMeetsItsSum(
      @ForAll("counts") SortedMap<Double, Double> counts,
      @ForAll("strategies") WeightStrategy strategy,
      @ForAll Normalization normalization) {
    SortedMap<Double, Double> plain = ClassWeights.of(counts, strategy, Normalization.NONE);
    SortedMap<Double, Double> scaled = ClassWeights.of(counts, strategy, normalization);
    double ratio = scaled.get(0.0) / plain.get(0.0);
    double sum = 0;
    double rowSum = 0;
    double total = 0;
    for (double c : counts.keySet()) {
      assertClose(scaled.get(c), ratio * plain.get(c));
      sum += scaled.get(c);
      rowSum += scaled.get(c) * counts.get(c);
      total += counts.get(c);
    }
    switch (normalization) {
      case NONE -> assertClose(ratio, 1);
      case SUM_TO_ONE -> assertClose(sum, 1);
      case SUM_TO_CLASSES -> assertClose(sum, counts.size());
      case MEAN_ONE -> assertClose(rowSum, total);
    }
  }

  @Law
  void inverseFrequencyGivesEveryClassTheSameShare(
      @ForAll("counts") SortedMap<Double, Double> counts) {
    SortedMap<Double, Double> weights =
        ClassWeights.of(counts, new InverseFrequency(), Normalization.NONE);
    double share = counts.get(0.0) * weights.get(0.0);
    counts.forEach((c, n) -> assertClose(n * weights.get(c), share));
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(ROUNDING * Math.abs(expected)));
  }
}
