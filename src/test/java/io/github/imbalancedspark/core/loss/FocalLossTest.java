package io.github.imbalancedspark.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.imbalancedspark.support.Golden;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@link FocalLoss} and {@link SigmoidFocalLoss} against 60-digit references. */
class FocalLossTest {

  private static final List<PointwiseLoss> LOSSES =
      List.of(
          new FocalLoss(0.25, 2, 1, 1),
          new FocalLoss(0.25, 2, 0.5, 99),
          new FocalLoss(1, 0.5, 3, 0.2),
          new FocalLoss(1, 5, 1, 577),
          new FocalLoss(0.7, 1, 1, 10),
          new SigmoidFocalLoss(0.25, 2, 1, 1),
          new SigmoidFocalLoss(0.9, 0.5, 2, 30),
          new SigmoidFocalLoss(0.5, 1, 1, 1));

  @TestFactory
  Stream<DynamicTest> weightedFocalEqualsTheReference() {
    return cases("losses_weights_schedules.json", "weighted_focal")
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "alpha " + c.get("alpha") + " gamma " + c.get("gamma") + c.get("pos_weight"),
                    () ->
                        checkValues(
                            new FocalLoss(
                                c.get("alpha").asDouble(),
                                c.get("gamma").asDouble(),
                                1,
                                c.get("pos_weight").asDouble(1)),
                            c)));
  }

  @TestFactory
  Stream<DynamicTest> sigmoidFocalEqualsTheReference() {
    return cases("focal.json", "sigmoid_focal")
        .map(
            c ->
                DynamicTest.dynamicTest(
                    "alpha " + c.get("alpha") + " gamma " + c.get("gamma"),
                    () ->
                        checkValues(
                            new SigmoidFocalLoss(
                                c.get("alpha").asDouble(), c.get("gamma").asDouble(), 1, 1),
                            c)));
  }

  private static Stream<JsonNode> cases(String file, String name) {
    return StreamSupport.stream(Golden.read(file).get(name).spliterator(), false);
  }

  private static void checkValues(PointwiseLoss loss, JsonNode c) {
    double[] z = Golden.doubles(c.get("logits"));
    double[] y = Golden.doubles(c.get("labels"));
    double[] values = Golden.doubles(c.get("none"));
    double[] slopes = Golden.doubles(c.get("grad_of_sum"));
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      assertThat(loss.value(z[i], y[i])).isCloseTo(values[i], close(values[i]));
      assertThat(loss.slope(z[i], y[i])).isCloseTo(slopes[i], close(slopes[i]));
      sum += loss.value(z[i], y[i]);
    }
    if (c.has("mean")) {
      assertThat(sum / z.length).isCloseTo(c.get("mean").asDouble(), close(sum / z.length));
    }
  }

  private static Offset<Double> close(double size) {
    return within(Math.max(1e-12 * Math.abs(size), 1e-300));
  }

  @Test
  void slopeAndCurvatureAreDerivatives() {
    double h = 1e-5;
    for (PointwiseLoss loss : LOSSES) {
      for (double y : new double[] {0, 1}) {
        for (double z = -8; z <= 8; z += 0.37) {
          double size = 1 + loss.value(z, y) + Math.abs(loss.curvature(z, y));
          assertThat(loss.slope(z, y))
              .isCloseTo(
                  (loss.value(z + h, y) - loss.value(z - h, y)) / (2 * h), within(1e-7 * size));
          assertThat(loss.curvature(z, y))
              .isCloseTo(
                  (loss.slope(z + h, y) - loss.slope(z - h, y)) / (2 * h), within(1e-7 * size));
        }
      }
    }
  }

  @Test
  void withoutGammaItIsTheScaledCrossEntropy() {
    BceWithLogitsLoss bce = new BceWithLogitsLoss(0.5, 19);
    PointwiseLoss focal = new FocalLoss(0.25, 0, 0.5, 19);
    PointwiseLoss sigmoidFocal = new SigmoidFocalLoss(0.25, 0, 1, 1);
    for (double z : new double[] {0, 1e-12, 3, -3, 40, -40, 745.2, -745.2, 1e4, -1e4}) {
      for (double y : new double[] {0, 1}) {
        double factor = y == 1 ? 0.25 / 19 : 0.75 / 0.5;
        assertSame(focal, bce, 0.25, z, y);
        assertSame(sigmoidFocal, bce, factor, z, y);
      }
    }
  }

  private static void assertSame(
      PointwiseLoss loss, PointwiseLoss bce, double factor, double z, double y) {
    double value = factor * bce.value(z, y);
    double slope = factor * bce.slope(z, y);
    double curvature = factor * bce.curvature(z, y);
    assertThat(loss.value(z, y)).isCloseTo(value, close(value));
    assertThat(loss.slope(z, y)).isCloseTo(slope, close(slope));
    assertThat(loss.curvature(z, y)).isCloseTo(curvature, close(curvature));
  }

  @Test
  void easyAndHopelessRowsAreFinite() {
    for (PointwiseLoss loss : LOSSES) {
      for (double z : new double[] {0, Double.MIN_VALUE, 1e-310, 36, 300, 744, 745.2, 1e4, 1e200}) {
        for (double y : new double[] {0, 1}) {
          for (double margin : new double[] {z, -z}) {
            assertThat(loss.value(margin, y)).isFinite().isNotNegative();
            assertThat(loss.slope(margin, y)).isFinite();
            assertThat(loss.curvature(margin, y)).isFinite();
            assertThat(loss.convexCurvature(margin, y)).isFinite().isNotNegative();
          }
        }
      }
      assertThat(loss.value(1e4, 1)).isZero();
      assertThat(loss.value(-1e4, 0)).isZero();
    }
    // Hopeless rows are as in the cross-entropy: (1 − pt)^γ is 1 there.
    PointwiseLoss loss = new FocalLoss(0.25, 2, 2, 8);
    assertThat(loss.value(-1e4, 1)).isEqualTo(2e4);
    assertThat(loss.slope(-1e4, 1)).isEqualTo(-2);
    assertThat(loss.slope(1e4, 0)).isEqualTo(0.5);
    assertThat(new SigmoidFocalLoss(0.25, 2, 1, 4).slope(-1e4, 1)).isEqualTo(-1);
  }

  @Test
  void convexCurvatureIsAboveTheCurvatureAndThatOfEasyRows() {
    for (PointwiseLoss loss : LOSSES) {
      boolean concaveSomewhere = false;
      for (double z = -10; z <= 10; z += 0.25) {
        for (double y : new double[] {0, 1}) {
          double curvature = loss.curvature(z, y);
          concaveSomewhere |= curvature < 0;
          assertThat(loss.convexCurvature(z, y)).isGreaterThanOrEqualTo(Math.max(0, curvature));
        }
      }
      assertThat(concaveSomewhere).isTrue();
      assertThat(loss.convexCurvature(8, 1)).isEqualTo(loss.curvature(8, 1)).isPositive();
      assertThat(loss.convexCurvature(-8, 0)).isEqualTo(loss.curvature(-8, 0)).isPositive();
    }
    PointwiseLoss bce = new BceWithLogitsLoss(2, 5);
    assertThat(bce.convexCurvature(1.5, 0.25)).isEqualTo(bce.curvature(1.5, 0.25));
  }

  @Test
  void manyRowsAtOnceAreTheSumOfSingleOnes() {
    int rows = 301;
    double[] z = new double[rows];
    double[] y = new double[rows];
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      z[i] = 20 * Math.sin(i);
      y[i] = i % 3 == 0 ? 1 : 0;
      w[i] = i % 5;
    }
    for (PointwiseLoss loss : LOSSES) {
      double[] slopes = new double[rows];
      double[] curvatures = new double[rows];
      double sum = loss.rows().evaluate(z, y, w, rows, slopes, curvatures);
      double unweighted =
          loss.rows().evaluate(z, y, null, rows, new double[rows], new double[rows]);

      double expected = 0;
      double expectedUnweighted = 0;
      for (int i = 0; i < rows; i++) {
        expected += w[i] * loss.value(z[i], y[i]);
        expectedUnweighted += loss.value(z[i], y[i]);
        assertThat(slopes[i]).isEqualTo(w[i] * loss.slope(z[i], y[i]));
        assertThat(curvatures[i]).isEqualTo(w[i] * loss.convexCurvature(z[i], y[i]));
      }
      assertThat(sum).isCloseTo(expected, close(expected));
      assertThat(unweighted).isCloseTo(expectedUnweighted, close(expectedUnweighted));
    }
  }

  @TestFactory
  Stream<DynamicTest> logOddsInvertTheMinimiserOfTheExpectedLoss() {
    return cases("focal.json", "minimisers")
        .map(
            c ->
                DynamicTest.dynamicTest(
                    String.format(
                        "%s gamma %s weights %s, %s",
                        c.get("loss").asText(),
                        c.get("gamma"),
                        c.get("negative_weight"),
                        c.get("positive_weight")),
                    () -> {
                      double[] logOdds = Golden.doubles(c.get("log_odds"));
                      double[] margins = Golden.doubles(c.get("margins"));
                      for (int k = 0; k < margins.length; k++) {
                        assertThat(loss(c).logOdds(margins[k]))
                            .isCloseTo(logOdds[k], within(1e-11));
                      }
                    }));
  }

  private static PointwiseLoss loss(JsonNode c) {
    double alpha = c.get("alpha").asDouble();
    double gamma = c.get("gamma").asDouble();
    double negative = c.get("negative_weight").asDouble();
    double positive = c.get("positive_weight").asDouble();
    return c.get("loss").asText().equals("focal")
        ? new FocalLoss(alpha, gamma, negative, positive)
        : new SigmoidFocalLoss(alpha, gamma, negative, positive);
  }

  @Test
  void logOddsAreThePublishedClosedForm() {
    PointwiseLoss loss = new SigmoidFocalLoss(0.25, 2, 1, 1);
    for (double z = -6; z <= 6; z += 0.5) {
      double q = Logistic.sigmoid(z);
      double odds = q / phi(q) / ((1 - q) / phi(1 - q)) * 0.75 / 0.25;
      assertThat(loss.logOdds(z)).isCloseTo(Math.log(odds), within(1e-12));
    }
  }

  private static double phi(double v) {
    return (1 - v) * (1 - v) - 2 * (1 - v) * v * Math.log(v);
  }

  @Test
  void logOddsOfTheCrossEntropyAreTheMarginLessItsWeights() {
    assertThat(new BceWithLogitsLoss(0.5, 30).logOdds(2))
        .isCloseTo(2 - Math.log(60), within(1e-15));
    assertThat(new FocalLoss(0.25, 0, 0.5, 30).logOdds(2))
        .isCloseTo(2 - Math.log(60), within(1e-13));
  }

  @Test
  void logOddsGrowWithTheMarginWhereverTheyExist() {
    for (double gamma : new double[] {0.1, 1, 2, 5, 10}) {
      for (double c0 : new double[] {1e-3, 0.1, 1, 4, 6, 1e3}) {
        for (double c1 : new double[] {1e-3, 0.1, 1, 4, 16, 1e3, 1e5}) {
          assertIncreasing(new FocalLoss(0.25, gamma, c0, c1));
        }
      }
    }
    for (double gamma : new double[] {0.1, 2, 30}) {
      assertIncreasing(new FocalLoss(0.25, gamma, 1, 1));
      assertIncreasing(new SigmoidFocalLoss(0.25, gamma, 1, 400));
    }
    assertThat(new FocalLoss(0.25, 10.5, 1, 400).logOdds(0)).isNaN();
  }

  private static void assertIncreasing(PointwiseLoss loss) {
    double last = loss.logOdds(-1000);
    assertThat(last).isFinite().isLessThan(loss.logOdds(-900));
    for (double z = -900; z <= 900; z += Math.abs(z) < 30 ? 0.05 : 5) {
      double next = loss.logOdds(z);
      assertThat(next).isFinite().isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void parametersAreChecked() {
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new FocalLoss(0.25, bad, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("gamma must be finite and >= 0, but is " + bad);
      assertThatThrownBy(() -> new FocalLoss(bad, 2, 1, 1))
          .hasMessage("the factor of a focal loss must be finite and > 0, but is " + bad);
      assertThatThrownBy(() -> new FocalLoss(0.25, 2, bad, 1))
          .hasMessage("the class weight of a focal loss must be finite and > 0, but is " + bad);
    }
    assertThatThrownBy(() -> new SigmoidFocalLoss(1, 2, 1, 1))
        .hasMessage("the factor of a focal loss must be finite and > 0, but is 0.0");
    assertThatThrownBy(() -> new FocalLoss(0.25, 2, 1, 1).value(0, 0.5))
        .hasMessage("a focal loss takes the labels 0 and 1, but the label is 0.5");
  }
}
