package io.github.imbalancedspark.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.Law;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** What holds of BCE with logits for any margin, label and class weights. */
class BceWithLogitsLossPropertyTest {

  @Provide
  Arbitrary<Double> margins() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(-40, 40),
        Arbitraries.doubles().between(-1e300, 1e300),
        Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 709.8, -745.2));
  }

  @Provide
  Arbitrary<BceWithLogitsLoss> losses() {
    Arbitrary<Double> weight = Arbitraries.doubles().between(-6, 6).map(e -> Math.pow(10, e));
    return weight.flatMap(c0 -> weight.map(c1 -> new BceWithLogitsLoss(c0, c1)));
  }

  @Law
  void everythingIsFiniteAndConvexForFiniteMargins(
      @ForAll("margins") double z,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll("losses") BceWithLogitsLoss loss) {
    assertThat(loss.value(z, y)).isNotNegative().isFinite();
    assertThat(loss.slope(z, y)).isFinite();
    assertThat(loss.curvature(z, y)).isNotNegative().isFinite();
  }

  @Law
  void turningSignLabelAndWeightsRoundChangesNothing(
      @ForAll("margins") double z,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll("losses") BceWithLogitsLoss loss) {
    BceWithLogitsLoss mirrored =
        new BceWithLogitsLoss(loss.positiveWeight(), loss.negativeWeight());
    double other = 1 - y;
    double label = 1 - other; // y, but for the rounding of 1 − y
    assertClose(mirrored.value(-z, other), loss.value(z, label));
    double size = loss.slope(z, 0) + Math.abs(loss.slope(z, 1)); // slopes of soft labels may cancel
    assertThat(mirrored.slope(-z, other))
        .isCloseTo(-loss.slope(z, label), within(1e-12 * size + Double.MIN_NORMAL));
    assertClose(mirrored.curvature(-z, other), loss.curvature(z, label));
  }

  @Law
  void softLabelsMixTheHardOnes(
      @ForAll("margins") double z,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll("losses") BceWithLogitsLoss loss) {
    assertClose(loss.value(z, y), (1 - y) * loss.value(z, 0) + y * loss.value(z, 1));
  }

  @Law
  void theSlopeIsThatOfTheValue(
      @ForAll @DoubleRange(min = -30, max = 30) double z,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll("losses") BceWithLogitsLoss loss) {
    double h = 1e-5;
    double difference = (loss.value(z + h, y) - loss.value(z - h, y)) / (2 * h);
    double size = loss.value(z, y) + loss.negativeWeight() + loss.positiveWeight();
    assertThat(loss.slope(z, y)).isCloseTo(difference, within(1e-9 * size));
  }

  @Law
  void manyRowsAtOnceAreTheSameAsOneByOne(
      @ForAll @Size(min = 1, max = 700) double[] zs,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll @DoubleRange(max = 100) double weight,
      @ForAll("losses") BceWithLogitsLoss loss) {
    int n = zs.length;
    double[] z = new double[n];
    double[] labels = new double[n];
    double[] weights = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      z[i] = Math.IEEEremainder(zs[i], 50);
      labels[i] = i % 3 == 0 ? y : i % 2;
      weights[i] = i % 5 == 0 ? 0 : weight;
      sum += weights[i] * loss.value(z[i], labels[i]);
    }
    double[] slopes = new double[n];
    double[] curvatures = new double[n];
    double total = loss.rows().evaluate(z, labels, weights, n, slopes, curvatures);
    assertThat(total).isCloseTo(sum, within(1e-11 * sum));
    for (int i = 0; i < n; i++) {
      double size = weights[i] * (loss.slope(z[i], 0) - loss.slope(z[i], 1));
      assertThat(slopes[i])
          .isCloseTo(weights[i] * loss.slope(z[i], labels[i]), within(1e-11 * size));
      assertThat(curvatures[i])
          .isCloseTo(weights[i] * loss.curvature(z[i], labels[i]), within(1e-11 * size));
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-12 * Math.abs(expected) + Double.MIN_NORMAL));
  }
}
