package io.github.imbalancedspark.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

  @Test
  void endsAreRoundedCumulativeShares() {
    assertThat(Shares.ends(10, 0.7, 0.3)).containsExactly(7, 10);
    assertThat(Shares.ends(492, 0.6, 0.2, 0.2)).containsExactly(295, 394, 492); // 295.2, 393.6
    assertThat(Shares.ends(5, 1, 1)).containsExactly(3, 5); // half up
    assertThat(Shares.ends(7, 3, 3, 1)).containsExactly(3, 6, 7);
    assertThat(Shares.ends(0, 1, 1)).containsExactly(0, 0);
  }

  @Test
  void partsAreLessThanOneRowFromTheirShare() {
    double[] shares = {0.1, 0.23, 0.17, 0.5};
    for (long rows = 0; rows < 300; rows++) {
      long[] ends = Shares.ends(rows, shares);
      for (int i = 0; i < ends.length; i++) {
        long part = ends[i] - (i == 0 ? 0 : ends[i - 1]);
        assertThat((double) part).isBetween(shares[i] * rows - 1, shares[i] * rows + 1);
      }
      assertThat(ends[3]).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesSharesThatAreNotPositive(double bad) {
    assertThatThrownBy(() -> Shares.ends(10, 0.5, bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shares: holds " + bad + "; every share must be finite and > 0: leave the part out");
  }

  @Test
  void refusesOneShare() {
    assertThatThrownBy(() -> Shares.ends(10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shares: there are 1; give one a part, and at least two");
  }
}
