package io.github.imbalancedspark.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BceWithLogitsLossTest {

  private static final double TOLERANCE = 1e-12;

  /** Below this, and between subnormal numbers, only absolute differences mean anything. */
  private static final double TINY = 1e-300;

  @TestFactory
  Stream<DynamicTest> equalsTheReference() {
    return StreamSupport.stream(
            Golden.read("losses_weights_schedules.json").get("bce_with_logits").spliterator(),
            false)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "pos_weight " + c.get("pos_weight") + (c.get("weight").isNull() ? "" : ", w"),
                    () -> check(c)));
  }

  private static void check(JsonNode c) {
    JsonNode posWeight = c.get("pos_weight");
    double c1 = posWeight.isNull() ? 1 : posWeight.asDouble();
    BceWithLogitsLoss loss = new BceWithLogitsLoss(1, c1);
    double[] z = Golden.doubles(c.get("logits"));
    double[] y = Golden.doubles(c.get("labels"));
    double[] w = Golden.doubles(c.get("weight"));
    double[] values = Golden.doubles(c.get("none"));
    double[] slopes = Golden.doubles(c.get("grad_of_sum"));
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double weight = w == null ? 1 : w[i];
      double value = weight * loss.value(z[i], y[i]);
      assertClose(value, values[i], Math.abs(values[i]));
      double size = weight * (c1 * y[i] * sigmoid(-z[i]) + (1 - y[i]) * sigmoid(z[i]));
      assertClose(weight * loss.slope(z[i], y[i]), slopes[i], size);
      sum += value;
    }
    assertClose(sum, c.get("sum").asDouble(), sum);
    assertClose(sum / z.length, c.get("mean").asDouble(), sum / z.length);
  }

  /** Written as the definition has it, apart from the overflow. */
  private static double sigmoid(double v) {
    return v < -700 ? Math.exp(v) : 1 / (1 + Math.exp(-v));
  }

  private static void assertClose(double actual, double expected, double size) {
    assertThat(actual).isCloseTo(expected, within(Math.max(TOLERANCE * size, TINY)));
  }

  @Test
  void slopeAndCurvatureAreDerivatives() {
    double h = 1e-5;
    for (double[] weights : new double[][] {{1, 1}, {0.3, 99}, {2, 0.25}}) {
      BceWithLogitsLoss loss = new BceWithLogitsLoss(weights[0], weights[1]);
      for (double y : new double[] {0, 0.25, 1}) {
        for (double z = -6; z <= 6; z += 0.75) {
          double size = weights[0] + weights[1];
          assertThat(loss.slope(z, y))
              .isCloseTo(
                  (loss.value(z + h, y) - loss.value(z - h, y)) / (2 * h), within(1e-8 * size));
          assertThat(loss.curvature(z, y))
              .isCloseTo(
                  (loss.slope(z + h, y) - loss.slope(z - h, y)) / (2 * h), within(1e-8 * size));
        }
      }
    }
  }

  @Test
  void everyFiniteMarginIsFinite() {
    BceWithLogitsLoss loss = new BceWithLogitsLoss(2, 3);
    for (double z : new double[] {0, Double.MIN_VALUE, 1e-310, 745.2, 1e4, Double.MAX_VALUE / 4}) {
      for (double y : new double[] {0, 0.5, 1}) {
        for (double margin : new double[] {z, -z}) {
          assertThat(loss.value(margin, y)).isFinite().isNotNegative();
          assertThat(loss.slope(margin, y)).isFinite();
          assertThat(loss.curvature(margin, y)).isFinite().isNotNegative();
        }
      }
    }
    assertThat(loss.value(1e4, 0)).isEqualTo(2e4);
    assertThat(loss.value(-1e4, 1)).isEqualTo(3e4);
    assertThat(loss.value(1e4, 1)).isZero();
    assertThat(loss.slope(1e4, 0)).isEqualTo(2);
    assertThat(loss.slope(-1e4, 1)).isEqualTo(-3);
    assertThat(loss.curvature(1e4, 1)).isZero();
    assertThat(loss.slope(Double.MIN_VALUE, 0)).isEqualTo(1);
    assertThat(loss.curvature(-1e-310, 1)).isEqualTo(0.75);
  }

  @Test
  void manyRowsAtOnceAreTheSumOfSingleOnes() {
    int rows = 1003; // no multiple of any chunk
    double[] z = new double[rows];
    double[] y = new double[rows];
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      z[i] = 40 * Math.sin(i) + (i % 97 == 0 ? 1e4 * Math.cos(i) : 0);
      y[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : 0.3;
      w[i] = i % 5;
    }
    BceWithLogitsLoss loss = new BceWithLogitsLoss(0.5, 19);
    for (double[] weights : new double[][] {null, w}) {
      double[] slopes = new double[rows];
      double[] curvatures = new double[rows];

      double sum = loss.rows().evaluate(z, y, weights, rows, slopes, curvatures);

      double expected = 0;
      for (int i = 0; i < rows; i++) {
        double weight = weights == null ? 1 : weights[i];
        expected += weight * loss.value(z[i], y[i]);
        double slope = weight * loss.slope(z[i], y[i]);
        double curvature = weight * loss.curvature(z[i], y[i]);
        assertThat(slopes[i]).isCloseTo(slope, within(1e-12 * Math.abs(slope) + 1e-24));
        assertThat(curvatures[i]).isCloseTo(curvature, within(1e-12 * curvature + 1e-24));
      }
      assertThat(sum).isCloseTo(expected, within(1e-12 * expected));
    }
    assertThat(Arrays.stream(z).map(Math::abs).max().getAsDouble()).isGreaterThan(5e3);
  }

  @Test
  void weightsAreChecked() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new BceWithLogitsLoss(bad, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("negativeWeight must be finite and >= 0, but is " + bad);
      assertThatThrownBy(() -> new BceWithLogitsLoss(1, bad))
          .hasMessage("positiveWeight must be finite and >= 0, but is " + bad);
    }
  }
}
