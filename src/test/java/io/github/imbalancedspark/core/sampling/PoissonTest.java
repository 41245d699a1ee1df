package io.github.imbalancedspark.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest {

  private static final int DRAWS = 100_000;

  @Test
  void frequenciesAreThoseOfTheDistribution() {
    double mean = 2.5;
    int[] frequency = new int[9];
    for (int i = 0; i < DRAWS; i++) {
      frequency[Math.min(8, Poisson.draw(i, mean))]++;
    }
    double chiSquared = 0;
    double left = 1;
    double mass = Math.exp(-mean);
    for (int k = 0; k < 8; k++) {
      chiSquared += Math.pow(frequency[k] - DRAWS * mass, 2) / (DRAWS * mass);
      left -= mass;
      mass *= mean / (k + 1);
    }
    chiSquared += Math.pow(frequency[8] - DRAWS * left, 2) / (DRAWS * left);
    assertThat(chiSquared).isLessThan(31.8); // χ² with 8 degrees of freedom, 99.99%
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 30, 499, 501, 3000})
  void meanAndVarianceAreTheMean(double mean) {
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double difference = Poisson.draw(7L * i, mean) - mean;
      sum += difference;
      squares += difference * difference;
    }
    // variance of the square of a Poisson deviation: mean + 2 mean²
    assertThat(sum / draws).isCloseTo(0, within(5 * Math.sqrt(mean / draws)));
    assertThat(squares / draws)
        .isCloseTo(mean, within(5 * Math.sqrt((mean + 2 * mean * mean) / draws)));
  }

  @Test
  void aMeanOfZeroDrawsZero() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Poisson.draw(i, 0)).isZero();
    }
  }
}
