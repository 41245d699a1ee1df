package io.github.imbalancedspark.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.support.DenseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockBuildersTest {

  private static final int BLOCK_BYTES = 1 << 13;

  private static double[][] rows(int n, int d) {
    Random random = new Random(3);
    double[][] rows = new double[n][d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] = random.nextInt(3) == 0 ? 0 : 1000 * j + random.nextGaussian();
      }
    }
    return rows;
  }

  private static void addTo(DenseBlockBuilder builder, double[] row, double label) {
    DenseRows.add(builder, label, 2 + label, row);
  }

  private static void addTo(SparseBlockBuilder builder, double[] row, double label) {
    int at = builder.startRow(label, 2 + label, row.length);
    for (int j = 0; j < row.length; j++) {
      builder.indices()[at + j] = j;
      builder.values()[at + j] = row[j];
    }
    builder.endRow(row.length);
  }

  private static List<Block> dense(double[][] rows, boolean weighted) {
    DenseBlockBuilder builder = new DenseBlockBuilder(rows[0].length, BLOCK_BYTES, weighted);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      addTo(builder, rows[i], i % 2);
      if (builder.isFull()) {
        blocks.add(builder.take());
      }
    }
    blocks.add(builder.take());
    assertThat(builder.notFinite()).isNull();
    assertThat(builder.take()).isNull();
    return blocks;
  }

  private static List<Block> sparse(double[][] rows, boolean weighted) {
    SparseBlockBuilder builder = new SparseBlockBuilder(rows[0].length, BLOCK_BYTES, weighted);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      addTo(builder, rows[i], i % 2);
      if (builder.isFull()) {
        blocks.add(builder.take());
      }
    }
    blocks.add(builder.take());
    assertThat(builder.notFinite()).isNull();
    assertThat(builder.take()).isNull();
    return blocks;
  }

  /** Reads every value back through the kernel of unit vectors. */
  private static void assertHolds(List<Block> blocks, double[][] rows, boolean weighted) {
    int row = 0;
    for (Block block : blocks) {
      double[] margins = new double[block.rows()];
      for (int j = 0; j < block.features(); j++) {
        double[] unit = new double[block.features()];
        unit[j] = 1;
        block.margins(unit, 0, null, margins);
        for (int i = 0; i < block.rows(); i++) {
          assertThat(margins[i]).isCloseTo(rows[row + i][j], within(1e-9));
        }
      }
      for (int i = 0; i < block.rows(); i++) {
        double label = (row + i) % 2;
        assertThat(block.labels()[i]).isEqualTo(label);
        if (weighted) {
          assertThat(block.weights()[i]).isEqualTo(2 + label);
        } else {
          assertThat(block.weights()).isNull();
        }
      }
      row += block.rows();
    }
    assertThat(row).isEqualTo(rows.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 300})
  void everyRowIsKeptInItsPlace(int features) {
    double[][] rows = rows(1501, features);
    for (boolean weighted : new boolean[] {true, false}) {
      List<Block> dense = dense(rows, weighted);
      List<Block> sparse = sparse(rows, weighted);

      assertThat(dense).hasSizeGreaterThan(1);
      assertHolds(dense, rows, weighted);
      assertHolds(sparse, rows, weighted);
    }
  }

  @Test
  void denseBlocksTakeTheirRawBytes() {
    for (Block block : dense(rows(1501, 300), false)) {
      assertThat(block.storedValues()).isEqualTo(300L * block.rows());
      assertThat(((DenseBlock) block).columns()[0]).hasSize(block.rows());
    }
  }

  /** Blocks of indicators, then others, then indicators again. */
  @Test
  void indicatorsNeedNoValues() {
    double[][] rows = rows(3000, 40);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 40; j++) {
        boolean indicator = i / 1000 != 1;
        rows[i][j] = (i + j) % 3 != 0 ? 0 : indicator ? 1 : rows[i][j];
      }
    }

    List<Block> blocks = sparse(rows, false);

    assertHolds(blocks, rows, false);
    int row = 0;
    boolean[] seen = new boolean[2];
    for (Block block : blocks) {
      int end = row + block.rows();
      boolean ones = row >= 2000 || end <= 1000;
      seen[ones ? 1 : 0] = true;
      assertThat(((SparseBlock) block).values() == null).isEqualTo(ones);
      assertThat(block.storedValues()).isEqualTo(((SparseBlock) block).indices().length);
      row = end;
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void hashesAreThoseOfTheRowWhereverItIs() {
    double[][] rows = rows(200, 5);
    double[][] shifted = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      shifted[i] = rows[(i + 26) % rows.length]; // an even shift: labels alternate
    }

    for (boolean isDense : new boolean[] {true, false}) {
      List<Integer> hashes = hashes(isDense ? dense(rows, false) : sparse(rows, false));
      List<Integer> others = hashes(isDense ? dense(shifted, false) : sparse(shifted, false));

      assertThat(others).hasSize(200).hasSameElementsAs(hashes);
      assertThat(hashes.stream().distinct().count()).isEqualTo(200);
    }
    assertThat(hashes(dense(rows, false))).isEqualTo(hashes(sparse(rows, false)));
  }

  /** Small whole numbers have few bits, and rows of them must not fall together for that. */
  @Test
  void indicatorsHaveHashesOfTheirOwn() {
    double[][] rows = new double[(1 << 16) - 1][16]; // all but the last
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 16; j++) {
        rows[i][j] = i >> j & 1;
      }
    }
    int[] buckets = new int[256];
    for (int hash : hashes(dense(rows, false))) {
      buckets[(int) (Sampling.uniform(hash, 1) * buckets.length)]++;
    }

    assertThat(hashes(dense(rows, false)).stream().distinct().count()).isGreaterThan(65_520);
    double mean = rows.length / (double) buckets.length;
    double chiSquared =
        Arrays.stream(buckets).mapToDouble(n -> (n - mean) * (n - mean) / mean).sum();
    assertThat(chiSquared).isBetween(170.0, 360.0); // 255 degrees: 1e-5 on either side
  }

  private static List<Integer> hashes(List<Block> blocks) {
    List<Integer> hashes = new ArrayList<>();
    for (Block block : blocks) {
      for (int hash : block.hashes()) {
        hashes.add(hash);
      }
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsNamed(double bad) {
    for (int position : new int[] {0, 63, 64, 130}) {
      double[][] rows = rows(131, 4);
      rows[position][2] = bad;
      DenseBlockBuilder dense = new DenseBlockBuilder(4, 1 << 20, false);
      SparseBlockBuilder sparse = new SparseBlockBuilder(4, 1 << 20, false);
      for (double[] row : rows) {
        addTo(dense, row, 0);
        addTo(sparse, row, 0);
      }
      dense.take();

      assertThat(dense.notFinite()).isEqualTo(new NotFinite(2, bad));
      assertThat(sparse.notFinite()).isEqualTo(new NotFinite(2, bad));
    }
  }
}
