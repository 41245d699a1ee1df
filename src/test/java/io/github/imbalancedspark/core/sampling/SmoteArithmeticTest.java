package io.github.imbalancedspark.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoteArithmeticTest {

  private static double[][] points(int n, int d) {
    Random random = new Random(3);
    return IntStream.range(0, n)
        .mapToObj(i -> random.doubles(d).map(v -> Math.rint(v * 20) / 20).toArray())
        .toArray(double[][]::new);
  }

  private static double plainDistance(double[] a, double[] b, int numeric, double penalty) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += j < numeric ? (a[j] - b[j]) * (a[j] - b[j]) : a[j] == b[j] ? 0 : penalty;
    }
    return sum;
  }

  @Test
  void nearestAreThoseOfAFullSort() {
    double[][] points = points(600, 19); // two full blocks and a part of one
    for (int numeric : new int[] {19, 17, 3}) {
      Neighbourhood neighbourhood = new Neighbourhood(points, numeric, 0.3);
      int[] some = IntStream.range(0, points.length).filter(i -> i % 37 == 0).toArray();
      int[][] nearest = neighbourhood.nearest(some, 7);
      for (int i = 0; i < some.length; i++) {
        double[] base = points[some[i]];
        int self = some[i];
        int[] sorted =
            IntStream.range(0, points.length)
                .filter(j -> j != self)
                .boxed()
                .sorted(
                    Comparator.comparingDouble(j -> plainDistance(base, points[j], numeric, 0.3)))
                .mapToInt(j -> j)
                .toArray();
        double[] distances =
            Arrays.stream(nearest[i])
                .mapToDouble(j -> plainDistance(base, points[j], numeric, 0.3))
                .toArray();
        assertThat(distances)
            .containsExactly(
                Arrays.stream(sorted)
                    .limit(7)
                    .mapToDouble(j -> plainDistance(base, points[j], numeric, 0.3))
                    .toArray());
        assertThat(nearest[i]).doesNotContain(self).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void surroundingsDoNotDependOnOrderOrParts() {
    double[][] points = points(20, 3);
    double[][] all = points(300, 3); // begins with the points
    Neighbourhood neighbourhood = new Neighbourhood(points, 3, 0);
    Surroundings whole = new Surroundings(20, 6);
    Surroundings first = new Surroundings(20, 6);
    Surroundings second = new Surroundings(20, 6);
    for (int i = all.length - 1; i >= 0; i--) {
      whole.add(neighbourhood, new double[][] {all[i]}, new boolean[] {i < 20});
    }
    for (int from : new int[] {0, 100, 200}) {
      boolean[] isSame = new boolean[100];
      Arrays.fill(isSame, 0, from == 0 ? 20 : 0, true);
      (from == 100 ? first : second)
          .add(neighbourhood, Arrays.copyOfRange(all, from, from + 100), isSame);
    }
    int[] expected = new int[20];
    for (int p = 0; p < 20; p++) {
      double[] base = points[p];
      int self = p;
      expected[p] =
          (int)
              IntStream.range(0, all.length)
                  .filter(j -> j != self)
                  .boxed()
                  .sorted(Comparator.comparingDouble(j -> plainDistance(base, all[j], 3, 0)))
                  .limit(6)
                  .filter(j -> j >= 20)
                  .count();
    }
    assertThat(whole.others()).containsExactly(expected);
    assertThat(second.merge(first).others()).containsExactly(expected);
  }

  @Test
  void aSyntheticPointLiesBetweenItsBaseAndANeighbour() {
    double[] base = {1, 10, 5, 7};
    double[][] neighbours = {{2, 10, 6, 8}, {3, 20, 9, 8}, {0, 5, 9, 7}};
    boolean[] categorical = {false, false, true, true};
    SplittableRandom random = new SplittableRandom(1);
    int[] chosen = new int[3];
    for (int i = 0; i < 3000; i++) {
      double[] point = Interpolation.between(base, neighbours, categorical, random);
      double step =
          point[0] < 1 ? 1 - point[0] : point[1] > 10 ? (point[1] - 10) / 10 : point[0] - 1;
      int towards = point[0] < 1 ? 2 : point[1] > 10 ? 1 : 0;
      assertThat(step).isBetween(0.0, 1.0);
      chosen[towards]++;
      for (int j = 0; j < 2; j++) {
        assertThat(point[j])
            .isCloseTo(
                base[j] + step * (neighbours[towards][j] - base[j]),
                org.assertj.core.api.Assertions.within(1e-12));
      }
      assertThat(point[2]).isEqualTo(9); // the most frequent
      assertThat(point[3]).isEqualTo(8);
    }
    assertThat(chosen[0]).isBetween(870, 1130); // binomial(3000, 1/3), 5 deviations
    assertThat(chosen[1]).isBetween(870, 1130);
  }

  @Test
  void equallyFrequentCategoriesGoToTheNearest() {
    double[][] neighbours = {{4}, {2}, {2}, {4}, {1}};
    assertThat(
            Interpolation.between(
                new double[] {1}, neighbours, new boolean[] {true}, new SplittableRandom(1)))
        .containsExactly(4);
  }

  @Test
  void copiesAddUpToWhatIsWanted() {
    int[] others = {0, 3, 5, 10, 7, 5, 0};
    assertThat(SmoteVariant.SMOTE.copies(new int[0], 7, 10, 16))
        .containsExactly(2, 3, 2, 2, 2, 3, 2); // ends 2.29, 4.57, 6.86, 9.14, 11.43, 13.71, 16
    assertThat(SmoteVariant.BORDERLINE1.copies(others, 7, 10, 7))
        .containsExactly(0, 0, 2, 0, 3, 2, 0); // ends 2.33, 4.67, 7 of those with 5 to 9 others
    assertThat(SmoteVariant.ADASYN.copies(others, 7, 10, 60))
        .containsExactly(0, 6, 10, 20, 14, 10, 0);
    assertThat(SmoteVariant.ADASYN.copies(new int[3], 3, 10, 60)).containsExactly(0, 0, 0);
  }

  @Test
  void refusesAnUnknownVariant() {
    assertThatThrownBy(() -> SmoteVariant.of("kmeans"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variant: there is no 'kmeans'");
  }
}
