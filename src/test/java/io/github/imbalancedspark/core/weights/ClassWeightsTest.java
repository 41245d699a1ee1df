package io.github.imbalancedspark.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.core.weights.WeightStrategy.Custom;
import io.github.imbalancedspark.core.weights.WeightStrategy.EffectiveNumber;
import io.github.imbalancedspark.core.weights.WeightStrategy.InverseFrequency;
import io.github.imbalancedspark.core.weights.WeightStrategy.SmoothedInverseFrequency;
import io.github.imbalancedspark.support.Golden;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClassWeightsTest {

  private static final double TOLERANCE = 1e-12;
  private static final Pattern PARAMETERISED =
      Pattern.compile("(effective_number_beta|smoothed_eps)_([0-9.]+)_(sum_to_one|sum_to_classes)");

  @TestFactory
  Stream<DynamicTest> weightsEqualTheReference() {
    return StreamSupport.stream(
            Golden.read("losses_weights_schedules.json").get("class_weights").spliterator(), false)
        .flatMap(
            row ->
                row.properties().stream()
                    .filter(entry -> !entry.getKey().equals("counts"))
                    .filter(entry -> !entry.getValue().isNull())
                    .map(
                        entry ->
                            DynamicTest.dynamicTest(
                                row.get("counts") + " " + entry.getKey(),
                                () -> check(row, entry.getKey(), entry.getValue()))));
  }

  private static void check(JsonNode row, String key, JsonNode expected) {
    SortedMap<Double, Double> counts = counts(Golden.doubles(row.get("counts")));
    switch (key) {
      case "inverse_frequency" ->
          assertWeights(counts, new InverseFrequency(), Normalization.NONE, expected);
      case "inverse_count_sum_to_one" ->
          assertWeights(counts, new InverseFrequency(), Normalization.SUM_TO_ONE, expected);
      case "inverse_count" -> assertProportional(counts, expected);
      case "pos_weight" -> {
        SortedMap<Double, Double> weights =
            ClassWeights.of(counts, new InverseFrequency(), Normalization.NONE);
        assertClose(weights.get(1.0) / weights.get(0.0), expected.asDouble());
      }
      default -> {
        Matcher matcher = PARAMETERISED.matcher(key);
        assertThat(matcher.matches()).as(key).isTrue();
        double parameter = Double.parseDouble(matcher.group(2));
        assertWeights(
            counts,
            matcher.group(1).equals("smoothed_eps")
                ? new SmoothedInverseFrequency(parameter)
                : new EffectiveNumber(OptionalDouble.of(parameter)),
            matcher.group(3).equals("sum_to_one")
                ? Normalization.SUM_TO_ONE
                : Normalization.SUM_TO_CLASSES,
            expected);
      }
    }
  }

  private static void assertWeights(
      SortedMap<Double, Double> counts,
      WeightStrategy strategy,
      Normalization normalization,
      JsonNode expected) {
    SortedMap<Double, Double> weights = ClassWeights.of(counts, strategy, normalization);
    double[] reference = Golden.doubles(expected);
    assertThat(weights).hasSize(reference.length);
    for (int c = 0; c < reference.length; c++) {
      assertClose(weights.get((double) c), reference[c]);
    }
  }

  /** The article's 1/n is inverseFrequency times K/N. */
  private static void assertProportional(SortedMap<Double, Double> counts, JsonNode expected) {
    double total = counts.values().stream().mapToDouble(Double::doubleValue).sum();
    SortedMap<Double, Double> weights =
        ClassWeights.of(counts, new InverseFrequency(), Normalization.NONE);
    double[] reference = Golden.doubles(expected);
    for (int c = 0; c < reference.length; c++) {
      assertClose(weights.get((double) c) * counts.size() / total, reference[c]);
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(TOLERANCE * expected));
  }

  @Test
  void automaticBetaIsOneMinusOneOverN() {
    // By hand, N = 4: (1/4) / (1 − (3/4)^n) is (1/4)/(1/4) for n = 1 and (1/4)/(37/64) for n = 3.
    SortedMap<Double, Double> weights =
        ClassWeights.of(
            counts(3, 1), new EffectiveNumber(OptionalDouble.empty()), Normalization.NONE);

    assertClose(weights.get(0.0), 16.0 / 37);
    assertClose(weights.get(1.0), 1);
  }

  @Test
  void automaticBetaTellsLargeClassesApart() {
    // β^n with β = 1 − 1/N tends to exp(−n/N) for large N; the error is of the order 1/N.
    SortedMap<Double, Double> weights =
        ClassWeights.of(
            counts(9.9e11, 1e10), new EffectiveNumber(OptionalDouble.empty()), Normalization.NONE);

    assertThat(weights.get(1.0) / weights.get(0.0))
        .isCloseTo(-Math.expm1(-0.99) / -Math.expm1(-0.01), within(1e-9));
  }

  @Test
  void meanOneLeavesTheRowsTheirTotalWeight() {
    SortedMap<Double, Double> weights =
        ClassWeights.of(counts(6, 2), new Custom(map(1, 5)), Normalization.MEAN_ONE);

    // (6·1 + 2·5)/8 = 2 before
    assertThat(weights).containsExactly(Map.entry(0.0, 0.5), Map.entry(1.0, 2.5));
  }

  @Test
  void customWeightsNeedNotAllBeMet() {
    SortedMap<Double, Double> given = map(1, 5);
    given.put(7.0, 9.0);

    assertThat(ClassWeights.of(counts(6, 2), new Custom(given), Normalization.NONE))
        .containsExactly(Map.entry(0.0, 1.0), Map.entry(1.0, 5.0));
  }

  @Test
  void aCountOfZeroHasNoInverseFrequencyWeight() {
    for (WeightStrategy strategy :
        new WeightStrategy[] {
          new InverseFrequency(), new EffectiveNumber(OptionalDouble.of(0.999))
        }) {
      assertThatThrownBy(() -> ClassWeights.of(counts(5, 0, 3), strategy, Normalization.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "class 1.0 has the count 0.0 and so no finite positive weight under this strategy;"
                  + " drop the class, or use smoothed or custom weights");
    }
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> ClassWeights.of(counts(5), new InverseFrequency(), Normalization.NONE))
        .hasMessage("class weights need two classes or more, but there are only the classes [0.0]");
    for (double count : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> ClassWeights.of(counts(5, count), new InverseFrequency(), Normalization.NONE))
          .hasMessage("class 1.0 has the count " + count + "; counts must be finite and >= 0");
    }
    assertThatThrownBy(
            () -> ClassWeights.of(counts(5, 1, 1), new Custom(map(1, 5)), Normalization.NONE))
        .hasMessage(
            "customWeights: there is no weight for class 2.0, only for [0.0, 1.0]; add one");
    assertThatThrownBy(() -> new Custom(map(1, 0)))
        .hasMessage("customWeights: class 1.0 has the weight 0.0; weights must be finite and > 0");
    assertThatThrownBy(() -> new EffectiveNumber(OptionalDouble.of(1)))
        .hasMessage("beta: is 1.0; it must lie in [0, 1)");
    assertThatThrownBy(() -> new SmoothedInverseFrequency(0))
        .hasMessage("epsilon: is 0.0; it must be finite and > 0");
    assertThatThrownBy(
            () ->
                ClassWeights.of(
                    counts(0.25, 0.5),
                    new EffectiveNumber(OptionalDouble.empty()),
                    Normalization.NONE))
        .hasMessage(
            "beta: is automatic, (N-1)/N, and the classes weigh only N = 0.75 in all; set beta to a"
                + " number in [0, 1)");
    assertThatThrownBy(() -> Normalization.of("max")).hasMessage("no normalization is called max");
  }

  private static SortedMap<Double, Double> map(double... weights) {
    return counts(weights);
  }

  private static SortedMap<Double, Double> counts(double... counts) {
    SortedMap<Double, Double> result = new TreeMap<>();
    for (int c = 0; c < counts.length; c++) {
      result.put((double) c, counts[c]);
    }
    return result;
  }
}
