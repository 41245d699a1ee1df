package io.github.imbalancedspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBuilderTest {

  @Test
  void keepsFewPointsAsTheyAre() {
    LineBuilder line = new LineBuilder(0, 1);
    double[] x = {0, 0, 0.0001, 0.5, 1};
    double[] y = {3, 1, 2, 7, -5};
    for (int i = 0; i < x.length; i++) {
      line.add(x[i], y[i]);
    }

    Line built = line.build("all", Line.Style.LINE, Ink.BLUE);

    assertThat(built.x()).containsExactly(x);
    assertThat(built.y()).containsExactly(y);
  }

  @Test
  void keepsEveryColumnsEndsAndExtremesOfMany() {
    int points = 200_000;
    int columns = 500;
    Random random = new Random(3);
    double[] y = random.doubles(points).toArray();
    LineBuilder line = new LineBuilder(0, points);
    for (int i = 0; i < points; i++) {
      line.add(i, y[i]);
    }

    Line built = line.build("many", Line.Style.LINE, Ink.BLUE);

    assertThat(built.x().length).isBetween(3 * columns, 4 * columns);
    assertThat(built.x()).isSorted().startsWith(0).endsWith(points - 1);
    int perColumn = points / columns;
    for (int c = 0; c < columns; c++) {
      double least = 1;
      double most = 0;
      for (int i = c * perColumn; i < (c + 1) * perColumn; i++) {
        least = Math.min(least, y[i]);
        most = Math.max(most, y[i]);
      }
      double keptLeast = 1;
      double keptMost = 0;
      for (int i = 0; i < built.x().length; i++) {
        if (built.x()[i] >= c * perColumn && built.x()[i] < (c + 1) * perColumn) {
          assertThat(built.y()[i]).isEqualTo(y[(int) built.x()[i]]);
          keptLeast = Math.min(keptLeast, built.y()[i]);
          keptMost = Math.max(keptMost, built.y()[i]);
        }
      }
      assertThat(keptLeast).isEqualTo(least);
      assertThat(keptMost).isEqualTo(most);
    }
  }

  @Test
  void takesALineWithoutWidth() {
    LineBuilder line = new LineBuilder(2, 2);
    line.add(2, 1);
    line.add(2, 4);

    assertThat(line.build("upright", Line.Style.LINE, Ink.BLUE).y()).containsExactly(1, 4);
  }
}
