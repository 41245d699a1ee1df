package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.DenseRows;
import io.github.imbalancedspark.support.SparseRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel against the loops that its contract spells out. */
class BlockKernelsTest {

  private static final double TOLERANCE = 1e-10;

  /** Rows as they are, the block made of them, and the centre to use. */
  record Case(String name, double[][] x, Block block, double[] center) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Random random = new Random(1);
    return Stream.of(new int[] {1, 1}, new int[] {5, 3}, new int[] {67, 9}, new int[] {33, 40})
        .flatMap(
            shape -> {
              int n = shape[0];
              int d = shape[1];
              double[][] x = new double[n][d];
              double[][] indicators = new double[n][d];
              double[][] mixed = new double[n][d];
              double[] center = new double[d];
              for (int i = 0; i < n; i++) {
                for (int j = 0; j < d; j++) {
                  double present = random.nextDouble() < 0.4 ? 1 : 0;
                  x[i][j] = present * random.nextGaussian() * (1 + j);
                  indicators[i][j] = present;
                  mixed[i][j] = i % 4 == 3 ? x[i][j] : present;
                  center[j] = j - 1.5;
                }
              }
              String size = n + " x " + d;
              return Stream.of(
                  new Case("dense " + size, x, dense(x), null),
                  new Case("dense, centred " + size, x, dense(x), center),
                  new Case("sparse " + size, x, sparse(x), null),
                  new Case("indicators " + size, indicators, sparse(indicators), null),
                  new Case("some indicators " + size, mixed, sparse(mixed), null));
            });
  }

  private static double[] someWeights(int rows) {
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      weights[i] = 1 + i % 3;
    }
    return weights;
  }

  private static Block dense(double[][] x) {
    return dense(x, someWeights(x.length));
  }

  private static Block sparse(double[][] x) {
    return sparse(x, someWeights(x.length));
  }

  private static Block dense(double[][] x, double[] weights) {
    DenseBlockBuilder builder = new DenseBlockBuilder(x[0].length, 1 << 20, true);
    for (int i = 0; i < x.length; i++) {
      DenseRows.add(builder, i % 2, weights[i], x[i]);
    }
    return builder.take();
  }

  private static Block sparse(double[][] x, double[] weights) {
    int d = x[0].length;
    SparseBlockBuilder builder = new SparseBlockBuilder(d, 1 << 20, true);
    for (int i = 0; i < x.length; i++) {
      int at = builder.startRow(i % 2, weights[i], d);
      for (int j = 0; j < d; j++) {
        builder.indices()[at + j] = j;
        builder.values()[at + j] = x[i][j];
      }
      builder.endRow(d);
    }
    return builder.take();
  }

  /** Returns the row less the centre, and a one behind it. */
  private static double[] shifted(Case c, int row) {
    int d = c.x[row].length;
    double[] result = new double[d + 1];
    for (int j = 0; j < d; j++) {
      result[j] = c.x[row][j] - (c.center == null ? 0 : c.center[j]);
    }
    result[d] = 1;
    return result;
  }

  private static double[] wave(int length, double offset) {
    double[] result = new double[length];
    for (int i = 0; i < length; i++) {
      result[i] = Math.sin(i + offset) + (offset > 0 ? 1 : 0);
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void margins(Case c) {
    int d = c.block.features();
    double[] coefficients = wave(d, 0);
    double[] margins = new double[c.block.rows()];

    c.block.margins(coefficients, 0.75, c.center, margins);

    for (int i = 0; i < margins.length; i++) {
      double[] row = shifted(c, i);
      double expected = 0.75;
      for (int j = 0; j < d; j++) {
        expected += coefficients[j] * row[j];
      }
      assertThat(margins[i]).isCloseTo(expected, within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientIsAdded(Case c) {
    int size = c.block.features() + 1;
    double[] slopes = wave(c.block.rows(), 0);
    double[] gradient = wave(size, 3);
    double[] expected = gradient.clone();

    c.block.addGradient(slopes, c.center, gradient);

    for (int i = 0; i < slopes.length; i++) {
      double[] row = shifted(c, i);
      for (int j = 0; j < size; j++) {
        expected[j] += slopes[i] * row[j];
      }
    }
    assertThat(gradient).containsExactly(expected, within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hessianAndDiagonalAreAdded(Case c) {
    int size = c.block.features() + 1;
    double[] curvatures = wave(c.block.rows(), 2);
    SymmetricSum hessian = new SymmetricSum(size);
    double[] diagonal = new double[size];

    c.block.addHessian(curvatures, c.center, hessian);
    c.block.addHessian(curvatures, c.center, hessian);
    hessian.flush();
    c.block.addDiagonal(curvatures, c.center, diagonal);

    double[][] expected = new double[size][size];
    for (int i = 0; i < curvatures.length; i++) {
      double[] row = shifted(c, i);
      for (int j = 0; j < size; j++) {
        for (int k = 0; k <= j; k++) {
          expected[k][j] += curvatures[i] * row[j] * row[k];
        }
      }
    }
    for (int j = 0; j < size; j++) {
      assertThat(diagonal[j]).isCloseTo(expected[j][j], within(TOLERANCE * (1 + expected[j][j])));
      for (int k = 0; k <= j; k++) {
        assertThat(hessian.get(k, j))
            .isCloseTo(2 * expected[k][j], within(TOLERANCE * (1 + Math.abs(expected[k][j]))));
      }
    }
  }

  /** Values that are stored are shifted and scaled, others stay 0. */
  @ParameterizedTest
  @MethodSource("cases")
  void floatsAreOfScaledRows(Case c) {
    int d = c.block.features();
    double[] origins = wave(d, 5);
    double[] scales = wave(d, 6);
    float[] weights = floats(wave(c.block.rows(), 2));
    int[] all = IntStream.range(0, d).toArray();
    double[][] x = new double[c.x.length][d];
    for (int i = 0; i < x.length; i++) {
      int[] stored = c.block.stored(i, all);
      assertThat(stored).hasSize(c.block.storedValues(i));
      for (int j : stored) {
        x[i][j] = (c.x[i][j] - origins[j]) * scales[j];
      }
    }

    requireKernels(c.block.inFloats(origins, scales, weights), x, weights);
    if (c.block.storesOnes()) {
      requireKernels(c.block.inFloats(null, null, weights), c.x, weights);
    }
  }

  private static void requireKernels(FloatRows rows, double[][] x, float[] weights) {
    int d = x[0].length;
    float[] coefficients = floats(wave(d, 0));
    float[][] sums = {new float[d], new float[d], new float[d]};
    double[][] expected = new double[3][d];
    double expectedTotal = 0;
    for (int i = 0; i < x.length; i++) {
      double margin = 0.75;
      for (int j = 0; j < d; j++) {
        margin += coefficients[j] * x[i][j];
      }
      expectedTotal += weights[i] * margin;
      for (int j = 0; j < d; j++) {
        expected[0][j] += weights[i] * margin * x[i][j];
        expected[1][j] += weights[i] * x[i][j];
        expected[2][j] += weights[i] * x[i][j] * x[i][j];
      }
    }

    double total = rows.addHessianTimes(coefficients, 0.75f, sums[0]);
    rows.addWeighted(sums[1]);
    rows.addSquares(sums[2]);

    double largest =
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    assertThat(total).isCloseTo(expectedTotal, within(1e-5 * (1 + largest)));
    for (int k = 0; k < sums.length; k++) {
      for (int j = 0; j < d; j++) {
        assertThat((double) sums[k][j]).isCloseTo(expected[k][j], within(1e-5 * (1 + largest)));
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }

  /** Most gaps from one feature to the next take two bytes, some more. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sparseBlocksAreSentAsTheyAre(boolean weighted) throws Exception {
    int d = 1 << 28;
    for (double value : new double[] {1, 2.5}) {
      SparseBlockBuilder builder = new SparseBlockBuilder(d, 1 << 20, weighted);
      int[][] rows = {
        {}, {0}, {65_534}, {65_535}, {65_536, 131_071, 196_607, d - 1}, {3, 4, 70_000}
      };
      for (int i = 0; i < rows.length; i++) {
        double[] values = new double[rows[i].length];
        Arrays.fill(values, value);
        SparseRows.add(builder, i % 2, 1 + i, rows[i], values);
      }
      SparseBlock block = builder.take();

      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(block);
      }
      ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));

      assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(block);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void squaredNormsAreOfScaledRows(Case c) {
    int d = c.block.features();
    float[] scales = new float[d];
    for (int j = 0; j < d; j++) {
      scales[j] = 0.25f * (j + 1);
    }
    for (int i = 0; i < c.block.rows(); i++) {
      double[] row = shifted(c, i);
      double expected = 0;
      for (int j = 0; j < d; j++) {
        expected += scales[j] * row[j] * scales[j] * row[j];
      }
      assertThat(c.block.squaredNorm(i, scales, c.center))
          .isCloseTo(expected, within(TOLERANCE * (1 + expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void momentsAreThoseOfTheDefinition(Case c) {
    int n = c.block.rows();
    int d = c.block.features();
    double[] w = c.block.weights();
    BlockSummary summary = new BlockSummary().add(c.block).merge(new BlockSummary().add(c.block));

    double sum = 0;
    double squaredSum = 0;
    for (double weight : w) {
      sum += 2 * weight;
      squaredSum += 2 * weight * weight;
    }
    assertThat(summary.rows()).isEqualTo(2L * n);
    assertThat(summary.weightSum()).isEqualTo(sum);
    for (int j = 0; j < d; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += 2 * w[i] * c.x[i][j] / sum;
      }
      double squares = 0;
      for (int i = 0; i < n; i++) {
        squares += 2 * w[i] * (c.x[i][j] - mean) * (c.x[i][j] - mean);
      }
      assertThat(summary.means()[j]).isCloseTo(mean, within(TOLERANCE));
      assertThat(summary.standardDeviations()[j])
          .isCloseTo(Math.sqrt(squares / (sum - squaredSum / sum)), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void selectedRowsAreTheRows(Case c) {
    int n = c.block.rows();
    int[] chosen = n == 1 ? new int[] {0} : new int[] {0, n / 2, n - 1};
    Block selected = c.block.select(chosen, wave(chosen.length, 2));
    double[] all = new double[n];
    double[] some = new double[chosen.length];
    double[] coefficients = wave(c.block.features(), 0);

    c.block.margins(coefficients, 0.5, c.center, all);
    selected.margins(coefficients, 0.5, c.center, some);

    assertThat(selected.weights()).containsExactly(wave(chosen.length, 2));
    for (int k = 0; k < chosen.length; k++) {
      assertThat(some[k]).isCloseTo(all[chosen[k]], within(TOLERANCE));
      assertThat(selected.labels()[k]).isEqualTo(c.block.labels()[chosen[k]]);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSampleJoinsTheRowsOfAllBlocks(Case c) {
    int n = c.block.rows();
    int d = c.block.features();
    double[] coefficients = wave(d, 0);
    double[] margins = new double[n];
    c.block.margins(coefficients, 0.5, c.center, margins);
    List<Block> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      parts.add(i % 2 == 0 ? dense(new double[][] {c.x[i]}) : sparse(new double[][] {c.x[i]}));
    }

    List<Block> joined = Sampling.stratified(parts.iterator(), 1, 1, 7);

    assertThat(joined).hasSize(Math.min(n, 2));
    for (int kind = 0; kind < joined.size(); kind++) {
      Block block = joined.get(kind);
      double[] center = block instanceof DenseBlock ? c.center : null;
      double[] some = new double[block.rows()];
      block.margins(coefficients, 0.5, center, some);
      double shift = 0;
      for (int j = 0; j < d; j++) {
        shift += c.center != null && center == null ? coefficients[j] * c.center[j] : 0;
      }
      Map<Integer, List<Integer>> rows = new TreeMap<>();
      for (int row = kind; row < n; row += 2) {
        rows.computeIfAbsent(parts.get(row).hashes()[0], hash -> new ArrayList<>()).add(row);
      }
      assertThat(block.hashes()).containsExactly(rows.keySet().toArray(new Integer[0]));
      for (int k = 0; k < some.length; k++) {
        List<Integer> same = rows.get(block.hashes()[k]);
        assertThat(some[k] - shift).isCloseTo(margins[same.get(0)], within(TOLERANCE));
        assertThat(block.labels()[k]).isEqualTo(parts.get(same.get(0)).labels()[0]);
        assertThat(block.weights()[k])
            .isEqualTo(same.stream().mapToDouble(row -> parts.get(row).weights()[0]).sum());
      }
    }
  }

  @Test
  void aLargeMeanCostsNoDigits() {
    double[][] x = {{1e9 + 1}, {1e9 + 2}, {1e9 + 3}, {1e9 + 6}};
    Block block = dense(x);
    double[] gradient = new double[2];

    block.addGradient(new double[] {0.1, 0.2, 0.3, 0.4}, new double[] {1e9}, gradient);

    assertThat(gradient[0]).isCloseTo(0.1 + 0.4 + 0.9 + 2.4, within(1e-9));
    // weights 1, 2, 3, 1: mean 1e9 + 20/7, squares 728/49, over 7 − 15/7 = 34/7
    assertThat(new BlockSummary().add(block).standardDeviations()[0])
        .isCloseTo(Math.sqrt(104.0 / 34), within(1e-9));
  }

  /** A rest of rounding would be divided by, and make a coefficient of 1e12 of nothing. */
  @Test
  void aConstantDoesNotDeviateWhateverTheWeights() {
    Random random = new Random(3);
    BlockSummary summary = new BlockSummary();
    for (int part = 0; part < 20; part++) {
      BlockSummary partition = new BlockSummary();
      for (int b = 0; b < 5; b++) {
        int rows = 1 + random.nextInt(200);
        double[][] x = new double[rows][];
        double[] weights = new double[rows];
        for (int i = 0; i < rows; i++) {
          // the last is a constant where the rows have a weight
          weights[i] = random.nextInt(9) == 0 ? 0 : random.nextInt(3) == 0 ? 4.1667 : 0.5682;
          x[i] = new double[] {0.1, 1, -7.3e9, 1e-9, weights[i] > 0 ? 7.3 : i};
        }
        partition.add(b % 2 == 0 ? dense(x, weights) : sparse(x, weights));
      }
      summary.merge(partition);
    }

    assertThat(summary.standardDeviations()).containsOnly(0);
  }

  @Test
  void sparseBlocksTakeNoCentre() {
    Block block = sparse(new double[][] {{1, 0}});

    assertThatThrownBy(() -> block.addGradient(new double[1], new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("centre");
  }
}
