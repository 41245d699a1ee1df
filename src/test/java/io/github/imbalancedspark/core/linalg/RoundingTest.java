package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 1, -3.1, 0.1, 1 - 0x1p-53, 1e10 / 3, Float.MAX_VALUE, Float.MIN_NORMAL})
  void aSumIsRoundedAsToAFloat(double sum) {
    assertThat(Rounding.ofSum(sum)).isEqualTo((float) sum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-30, 1.0, 1e30, 1e300})
  void theLastDigitsDoNotMatterInAnyUnit(double unit) {
    assertThat(Rounding.ofSum(unit * (0.1 + 0.2))).isEqualTo(Rounding.ofSum(unit * 0.3));
  }
}
