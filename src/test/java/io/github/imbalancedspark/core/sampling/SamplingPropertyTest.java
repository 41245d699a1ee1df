package io.github.imbalancedspark.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.Law;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds of sampling plans for any counts, ratios and shares. */
class SamplingPropertyTest {

  private static final long MOST = 1_000_000_000_000L;

  private static SortedMap<Double, Long> counts(long negatives, long positives) {
    return new TreeMap<>(Map.of(0.0, negatives, 1.0, positives));
  }

  private static SamplingStrategy ratio(double ratio) {
    return SamplingStrategy.parse(Double.toString(ratio));
  }

  @Law
  void underSamplingMeetsTheRatioAndTouchesTheLargerClassOnly(
      @ForAll @LongRange(min = 1, max = MOST) long rare,
      @ForAll @LongRange(min = 1, max = MOST) long common,
      @ForAll @DoubleRange(min = -6, max = 0) double exponent) {
    double ratio = Math.pow(10, exponent);
    Assume.that(rare <= common && rare / ratio <= common);
    SortedMap<Double, Long> targets =
        ratio(ratio).targets(counts(common, rare), SamplingMethod.UNDER);
    assertThat(targets.get(1.0)).isEqualTo(rare);
    assertThat(targets.get(0.0)).isBetween(1L, common);
    assertThat(rare / (double) targets.get(0.0))
        .isBetween(ratio * (1 - 1e-12), ratio * (1 + 1.0 / targets.get(0.0)) * (1 + 1e-12));
  }

  @Law
  void overSamplingMeetsTheRatioAndTouchesTheSmallerClassOnly(
      @ForAll @LongRange(min = 1, max = MOST) long rare,
      @ForAll @LongRange(min = 1, max = MOST) long common,
      @ForAll @DoubleRange(min = -6, max = 0) double exponent) {
    double ratio = Math.pow(10, exponent);
    Assume.that(rare <= common && common * ratio >= rare);
    SortedMap<Double, Long> targets =
        ratio(ratio).targets(counts(common, rare), SamplingMethod.OVER);
    assertThat(targets.get(0.0)).isEqualTo(common);
    assertThat(targets.get(1.0)).isGreaterThanOrEqualTo(rare);
    assertThat((double) targets.get(1.0)).isCloseTo(common * ratio, within(1.0));
  }

  @Law
  void samplingBothWaysKeepsTheNumberOfRows(
      @ForAll @LongRange(min = 1, max = MOST) long rare,
      @ForAll @LongRange(min = 1, max = MOST) long common,
      @ForAll @DoubleRange(min = -3, max = 0) double exponent) {
    double ratio = Math.pow(10, exponent);
    Assume.that(rare <= common * ratio && (rare + common) * ratio > 2);
    SortedMap<Double, Long> targets =
        ratio(ratio).targets(counts(common, rare), SamplingMethod.BOTH);
    assertThat(targets.get(0.0) + targets.get(1.0)).isEqualTo(rare + common);
  }

  @Law
  void textSurvivesBeingWrittenAndRead(
      @ForAll @LongRange(min = 1, max = MOST) long negatives,
      @ForAll @LongRange(min = 1, max = MOST) long positives) {
    SortedMap<Double, Long> wanted = counts(negatives, positives);
    SamplingStrategy strategy = SamplingStrategy.parse(SamplingStrategy.textOfCounts(wanted));
    assertThat(strategy.targets(counts(positives, negatives), SamplingMethod.BOTH))
        .isEqualTo(wanted);
  }

  @Law
  void partsAreWithinARowOfTheirShareAndTogetherAllRows(
      @ForAll @LongRange(min = 0, max = MOST) long rows,
      @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = 0.01, max = 1000) Double> wanted) {
    double[] shares = wanted.stream().mapToDouble(Double::doubleValue).toArray();
    long[] ends = Shares.ends(rows, shares);
    double sum = Arrays.stream(shares).sum();
    long before = 0;
    for (int i = 0; i < ends.length; i++) {
      assertThat((double) (ends[i] - before))
          .isCloseTo(shares[i] / sum * rows, within(1 + 1e-12 * rows));
      assertThat(ends[i]).isGreaterThanOrEqualTo(before);
      before = ends[i];
    }
    assertThat(before).isEqualTo(rows);
  }
}
