package io.github.imbalancedspark.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets held against imbalanced-learn's, as recorded in {@code golden/sampling_targets.json}. */
class SamplingStrategyTest {

  private static SortedMap<Double, Long> counts(long... counts) {
    SortedMap<Double, Long> map = new TreeMap<>();
    for (long count : counts) {
      map.put((double) map.size(), count);
    }
    return map;
  }

  private static SortedMap<Double, Long> counts(JsonNode array) {
    return counts(
        StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray());
  }

  @TestFactory
  Stream<DynamicTest> targetsEqualImbalancedLearns() {
    return StreamSupport.stream(
            Golden.read("sampling_targets.json").get("cases").spliterator(), false)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("counts") + " " + c.get("method") + " " + c.get("strategy"),
                    () -> check(c)));
  }

  private static void check(JsonNode reference) {
    String text = reference.get("strategy").asText();
    SamplingMethod method = SamplingMethod.of(reference.get("method").asText());
    SortedMap<Double, Long> counts = counts(reference.get("counts"));
    if (!reference.get("after").isNull()) {
      assertThat(SamplingStrategy.parse(text).targets(counts, method))
          .isEqualTo(counts(reference.get("after")));
    } else if (asksForLessThanOneRow(reference, counts)) {
      assertThat(SamplingStrategy.parse(text).targets(counts, method)).isEqualTo(counts);
    } else {
      assertThatThrownBy(() -> SamplingStrategy.parse(text).targets(counts, method))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("samplingStrategy: ");
    }
  }

  /**
   * Where imbalanced-learn refuses a ratio that is already there, and this library does nothing.
   */
  private static boolean asksForLessThanOneRow(JsonNode reference, SortedMap<Double, Long> counts) {
    if (!reference.get("method").asText().equals("over")
        || !reference.get("message").asText().startsWith("The specified ratio")) {
      return false;
    }
    long most = Math.max(counts.get(0.0), counts.get(1.0));
    long fewest = Math.min(counts.get(0.0), counts.get(1.0));
    return Math.abs(most * reference.get("strategy").asDouble() - fewest) < 1;
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 500, 500",
    "all, 500, 500",
    "0.25, 800, 200", // 1000 rows at 4 to 1
    "1, 500, 500",
    "'counts(0=300, 1=300)', 300, 300",
    "'fractions(0=0.5, 1=2.504)', 450, 250", // 250.4
    "'fractions(1=0.5)', 900, 50",
  })
  void bothWays(String text, long negatives, long positives) {
    assertThat(SamplingStrategy.parse(text).targets(counts(900, 100), SamplingMethod.BOTH))
        .isEqualTo(counts(negatives, positives));
  }

  @Test
  void evenlyLosesNoRow() {
    assertThat(SamplingStrategy.parse("all").targets(counts(7, 2, 2), SamplingMethod.BOTH))
        .isEqualTo(counts(4, 3, 4)); // ends 3.67, 7.33, 11
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.05 | both | asks for a ratio below the present one, but the classes have 100 and 900"
            + " rows; give a larger ratio: sampling makes the smaller class's share grow",
        "minority | under | names the class that under-sampling cannot change; use auto",
        "not minority | both | is for one direction, but method is 'both'; use under or over, auto"
            + " or all",
        "counts(0=0) | under | leaves no row of class 0.0, but it has 900 rows; ask for 1 or more",
        "fractions(1=0.001) | under | leaves no row of class 1.0, but it has 100 rows; ask for 1 or"
            + " more",
        "counts(2=5) | both | names class 2.0, but no row has that label; check the label",
        "counts(1=101) | under | asks for 101 rows of class 1.0, but it has 100; under-sampling"
            + " cannot add any: change the figure, or take StratifiedResampler with method both",
        "fractions(0=0.5) | over | asks for 450 rows of class 0.0, but it has 900; over-sampling"
            + " cannot remove any: change the figure, or take StratifiedResampler with method both",
      })
  void refusesTheImpossible(String text, String method, String message) {
    assertThatThrownBy(
            () -> SamplingStrategy.parse(text).targets(counts(900, 100), SamplingMethod.of(method)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samplingStrategy: '" + text + "' " + message);
  }

  @Test
  void refusesARatioOfThreeClasses() {
    assertThatThrownBy(
            () -> SamplingStrategy.parse("0.5").targets(counts(9, 5, 1), SamplingMethod.OVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samplingStrategy: '0.5' is a ratio of two classes, but there are 3; use counts(…)");
  }

  @Test
  void refusesOneClass() {
    assertThatThrownBy(() -> SamplingStrategy.parse("auto").targets(counts(9), SamplingMethod.OVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labelCol: there is only the class 0.0, in 9 rows; both classes are needed: check the"
                + " label, or sample more data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "most",
        "0",
        "1.5",
        "-0.1",
        "NaN",
        "counts()",
        "counts(1)",
        "counts(1=2.5)",
        "counts(1=-1)",
        "counts(1=1, 1=2)",
        "fractions(1=NaN)",
        "fractions(1=Infinity)",
        "fractions(a=1)"
      })
  void refusesTextItCannotRead(String text) {
    assertThatThrownBy(() -> SamplingStrategy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("samplingStrategy: is '" + text + "', and ")
        .hasMessageContaining("; use auto, all, minority");
  }

  @Test
  void writesWhatItReads() {
    assertThat(SamplingStrategy.textOfCounts(Map.of(1.0, 5L, 0.0, 70L)))
        .isEqualTo("counts(0.0=70, 1.0=5)");
    assertThat(SamplingStrategy.textOfFractions(Map.of(0.0, 0.25)))
        .isEqualTo("fractions(0.0=0.25)");
  }
}
