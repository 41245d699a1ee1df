package io.github.imbalancedspark.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreGridTest {

  @Test
  void cellsAreIntervals() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double[] scores = {score(random), score(random), score(random)};
      Arrays.sort(scores);

      assertThat(ScoreGrid.meetingLevel(scores[0], scores[2]))
          .as("%s", Arrays.toString(scores))
          .isEqualTo(
              Math.max(
                  ScoreGrid.meetingLevel(scores[0], scores[1]),
                  ScoreGrid.meetingLevel(scores[1], scores[2])));
    }
  }

  private static double score(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextDouble();
      case 1 -> random.nextGaussian() * Math.exp(10 * random.nextGaussian());
      case 2 -> 1 - Math.exp(-40 * random.nextDouble());
      default -> Math.exp(-100 * random.nextDouble());
    };
  }

  @Test
  void cellsAreAsFineNearOneAsNearZero() {
    for (int k = 2; k < 45; k++) {
      double a = Math.scalb(1.3125, -k);
      double b = Math.scalb(1.8125, -k);
      assertThat(ScoreGrid.meetingLevel(1 - b, 1 - a)).isEqualTo(ScoreGrid.meetingLevel(a, b));
    }
  }

  @Test
  void everyScoreHasACellOfItsOwnAtFirst() {
    assertThat(ScoreGrid.meetingLevel(0.3, Math.nextUp(0.3))).isPositive();
    assertThat(ScoreGrid.meetingLevel(-1, 1)).isEqualTo(ScoreGrid.LEVELS);
    assertThat(ScoreGrid.meetingLevel(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isEqualTo(ScoreGrid.LEVELS);
  }
}
