package io.github.imbalancedspark.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.weights.OddsFactors.Factor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddsFactorsTest {

  private static OddsFactors of(double balance, double... values) {
    return new OddsFactors(
        Arrays.stream(values).mapToObj(v -> new Factor("f" + v, v, true)).toList(), balance);
  }

  @Test
  void noFactorLeavesTheOddsAlone() {
    OddsFactors none = of(99);

    assertThat(none.product()).isEqualTo(1);
    assertThat(none.exact()).isTrue();
    assertThat(none.correctTwice()).isFalse();
  }

  @Test
  void factorsMultiply() {
    OddsFactors odds =
        new OddsFactors(List.of(new Factor("a", 4, true), new Factor("b", 2.5, false)), 9);

    assertThat(odds.product()).isCloseTo(10, within(1e-12));
    assertThat(odds.exact()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 9,    9,   true", // each alone balances
    "9, 1,    9,   false", // only one does anything
    "9, 500,  1,   false", // too much, but by one alone
    "9, 3,    3,   false", // they share the work
    "9, 3,    3.2, false", // 9.6 is within 10%
    "9, 3,    3.4, true", // 10.2 is not
    "8, 9,    1.05, false", // the second one is no correction
    "9, 0.1,  9,   false",
    "9, 0.5,  30,  true",
  })
  void oneImbalanceIsCorrectedTwice(double balance, double a, double b, boolean twice) {
    assertThat(of(balance, a, b).correctTwice()).isEqualTo(twice);
  }

  @Test
  void theDescriptionHoldsTheFactorsAndTheirProduct() {
    assertThat(of(499, 499, 1, 500).description())
        .isEqualTo(
            "the odds of the positive class are multiplied by 499.000 (f499.0) and 500.000 (f500.0),"
                + " together 249500, where 499.000 would make both classes weigh the same");
  }
}
