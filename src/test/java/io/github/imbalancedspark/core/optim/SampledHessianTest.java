package io.github.imbalancedspark.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.linalg.SparseBlock;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.support.DenseRows;
import io.github.imbalancedspark.support.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Hessian of sampled rows, and the steps found with it, against the matrix of all rows. */
class SampledHessianTest {

  private static final int FEATURES = 40;

  /** What sums of floats lose here, of entries of about 1. */
  private static final double FLOATS = 2e-6;

  private final Random random = new Random(11);
  private final List<Block> sparse = SparseRows.logistic(2000, FEATURES, 8, -1, random);
  private final List<Block> dense = new ArrayList<>();
  private final double[] point = random.doubles(FEATURES + 1, -0.3, 0.3).toArray();
  private final double[] coefficients = random.doubles(FEATURES, -1, 1).toArray();
  private final double[] vector = random.doubles(FEATURES + 1, -1, 1).toArray();

  @BeforeEach
  void makeDenseRows() {
    DenseBlockBuilder builder = new DenseBlockBuilder(FEATURES, 1 << 20, true);
    for (int i = 0; i < 600; i++) {
      double[] x = random.doubles(FEATURES, -1, 2).toArray();
      DenseRows.add(builder, i % 5 == 0 ? 1 : 0, 0.5 + random.nextDouble(), x);
      if (i % 100 == 99) {
        dense.add(builder.take());
      }
    }
  }

  private Objective objective(boolean centersRows) {
    return new Objective(
        new BceWithLogitsLoss(1, 7),
        new FeatureScaling(
            random.doubles(FEATURES, 0, 0.5).toArray(),
            centersRows,
            random.doubles(FEATURES, 0.5, 2).toArray(),
            true),
        1900,
        random.doubles(FEATURES, 0, 0.1).toArray());
  }

  private Evaluation evaluate(Objective objective, List<Block> rows, HessianRequest request) {
    LossSum sum = LossSum.of(objective.lossPoint(point, request, 1), rows);
    return objective.evaluation(point, sum);
  }

  /** So many that none is left out. */
  private SampledHessian ofAllRows(Objective objective, List<Block> rows) {
    return evaluate(objective, rows, HessianRequest.rows(1L << 40, 0)).sampled();
  }

  private double curvature(Objective objective) {
    return evaluate(objective, sparse, HessianRequest.NONE).curvature() * objective.normalizer();
  }

  /** Of a vector without an entry for the intercept. */
  private static double[] times(SampledHessian hessian, double[] v) {
    return inUnits(hessian, hessian.times(floats(v)));
  }

  private static double[] diagonal(SampledHessian hessian) {
    return inUnits(hessian, hessian.diagonal());
  }

  private static double[] inUnits(SampledHessian hessian, float[] entries) {
    double[] result = new double[entries.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = hessian.unit() * entries[j];
    }
    return result;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }

  /** Returns what is left of a matrix, the upper triangle filled, without its last row. */
  private static double[][] eliminated(double[] matrix) {
    int size = (int) Math.sqrt(matrix.length);
    int last = size - 1;
    double[][] left = new double[last][last];
    for (int j = 0; j < last; j++) {
      for (int k = 0; k < last; k++) {
        left[j][k] =
            matrix[Math.max(j, k) * size + Math.min(j, k)]
                - matrix[last * size + j] * matrix[last * size + k] / matrix[last * size + last];
      }
    }
    return left;
  }

  private static double[] times(double[][] matrix, double[] v) {
    return Arrays.stream(matrix).mapToDouble(row -> Vectors.dot(row, v)).toArray();
  }

  private void requireEliminated(SampledHessian sampled, double[] matrix, double tolerance) {
    double[][] left = eliminated(matrix);
    assertThat(times(sampled, coefficients))
        .containsExactly(times(left, coefficients), within(tolerance));
    double[] diagonal = diagonal(sampled);
    for (int j = 0; j < FEATURES; j++) {
      assertThat(diagonal[j]).isCloseTo(left[j][j], within(tolerance));
    }
  }

  @Test
  void ofAllRowsItIsTheHessian() {
    for (List<Block> rows : List.of(sparse, dense)) {
      Objective objective = objective(rows == dense);
      double[] matrix = evaluate(objective, rows, HessianRequest.EXACT).hessian();
      SampledHessian sampled = ofAllRows(objective, rows);

      assertThat(sampled.rows()).isEqualTo(rows.stream().mapToInt(Block::rows).sum());
      requireEliminated(sampled, matrix, FLOATS);
    }
  }

  /**
   * A float does not tell 1e7 from 1e7 + 1, and of the sums over rows that are not centred a double
   * loses most digits: the feature is centred as it is read. It is against the sums over rows with
   * the centre taken off by hand.
   */
  @Test
  void aFeatureFarFromZeroKeepsItsDigits() {
    double[] scales = random.doubles(FEATURES, 0.5, 2).toArray();
    double[] mean = random.doubles(FEATURES, 0, 0.5).toArray();
    mean[0] = 1e7 + 1;
    point[0] = 0;
    SparseBlockBuilder builder = new SparseBlockBuilder(FEATURES, Integer.MAX_VALUE, true);
    double[] expected = new double[point.length * point.length];
    int rows = 500;
    for (int i = 0; i < rows; i++) {
      double[] row = new double[FEATURES];
      int[] stored = {0, 1 + random.nextInt(FEATURES - 2), FEATURES - 1};
      double[] values = {1e7 + random.nextInt(3), random.nextGaussian(), 1};
      double label = i % 3 == 0 ? 1 : 0;
      SparseRows.add(builder, label, 1, stored, values);
      for (int k = 0; k < stored.length; k++) {
        row[stored[k]] = values[k];
      }
      double[] scaled = Arrays.copyOf(row, point.length);
      for (int j = 0; j < FEATURES; j++) {
        scaled[j] = (row[j] - mean[j]) * scales[j];
      }
      scaled[FEATURES] = 1;
      double probability = 1 / (1 + Math.exp(-Vectors.dot(point, scaled)));
      double curvature = (label == 1 ? 7 : 1) * probability * (1 - probability);
      for (int j = 0; j < scaled.length; j++) {
        for (int k = 0; k <= j; k++) {
          expected[j * scaled.length + k] += curvature * scaled[j] * scaled[k] / rows;
        }
      }
    }
    Objective objective =
        new Objective(
            new BceWithLogitsLoss(1, 7),
            new FeatureScaling(mean, false, scales, true),
            rows,
            new double[FEATURES]);

    requireEliminated(ofAllRows(objective, List.of(builder.take())), expected, FLOATS);
  }

  @Test
  void blocksOfOnesAndOthersMix() {
    Objective objective = objective(false);
    SparseBlock block = (SparseBlock) sparse.get(0);
    List<Block> ones =
        List.of(
            new SparseBlock(
                block.rows(),
                FEATURES,
                block.starts(),
                block.indices(),
                null,
                block.labels(),
                block.weights(),
                block.hashes()));
    List<Block> both = List.of(ones.get(0), sparse.get(1));
    for (List<Block> rows : List.of(ones, both)) {
      double[] matrix = evaluate(objective, rows, HessianRequest.EXACT).hessian();
      SampledHessian sampled = ofAllRows(objective, rows);

      requireEliminated(sampled, matrix, FLOATS);
    }
  }

  /** Over many draws, of a fifth of the rows each, the sums are those with the Hessian. */
  @Test
  void aSampleEstimatesItWithoutBias() {
    Objective objective = objective(false);
    double[] expected =
        product(evaluate(objective, sparse, HessianRequest.EXACT).hessian(), vector);
    double curvature = curvature(objective);
    int draws = 400;
    double[] mean = new double[point.length];
    double[] square = new double[point.length];
    for (int draw = 0; draw < draws; draw++) {
      List<Block> sample = evaluated(objective, 400, curvature, withOtherHashes(draw));
      double[] product = product(objective, sample);
      assertThat(sample.stream().mapToInt(Block::rows).sum()).isBetween(160, 290);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += product[j] / draws;
        square[j] += product[j] * product[j] / draws;
      }
    }
    for (int j = 0; j < mean.length; j++) {
      double error = Math.sqrt((square[j] - mean[j] * mean[j]) / draws);
      assertThat(mean[j]).as("entry %d", j).isCloseTo(expected[j], within(5 * error));
      assertThat(error).isLessThan(0.1 * Math.abs(expected[j]) + 0.01);
    }
  }

  private List<Block> evaluated(
      Objective objective, long rows, double curvature, List<Block> blocks) {
    LossPoint at = objective.lossPoint(point, HessianRequest.rows(rows, 0), curvature);
    return LossSum.of(at, blocks).sample().rows();
  }

  /** Returns (1/M) Σ h x̃ (x̃ᵀv) + λ v of rows that weigh h. */
  private double[] product(Objective objective, List<Block> rows) {
    double[] coefficients = new double[FEATURES];
    double intercept = objective.scaling().unscale(vector, coefficients);
    double[] sum = new double[point.length];
    for (Block block : rows) {
      double[] slopes = new double[block.rows()];
      block.margins(coefficients, intercept, null, slopes);
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] *= block.weights()[i];
      }
      block.addGradient(slopes, null, sum);
    }
    double[] product = objective.scaling().gradient(sum, objective.normalizer());
    for (int j = 0; j < FEATURES; j++) {
      product[j] += objective.ridge()[j] * vector[j];
    }
    return product;
  }

  private List<Block> withOtherHashes(int draw) {
    Random hashes = new Random(draw);
    List<Block> rows = new ArrayList<>();
    for (Block block : sparse) {
      SparseBlock b = (SparseBlock) block;
      rows.add(
          new SparseBlock(
              b.rows(),
              b.features(),
              b.starts(),
              b.indices(),
              b.values(),
              b.labels(),
              b.weights(),
              hashes.ints(b.rows()).toArray()));
    }
    return rows;
  }

  /** A row is drawn or not whatever block it is in, and whatever was added before. */
  @Test
  void theSampleDoesNotDependOnTheOrderOfRows() {
    Objective objective = objective(false);
    LossPoint at = objective.lossPoint(point, HessianRequest.rows(400, 0), curvature(objective));
    List<Block> reversed = new ArrayList<>(sparse);
    Collections.reverse(reversed);
    LossSum merged = LossSum.of(at, reversed.subList(0, 3));
    merged.merge(LossSum.of(at, reversed.subList(3, reversed.size())));

    int[] expected = hashes(LossSum.of(at, sparse));

    assertThat(expected).hasSizeBetween(100, 1000);
    assertThat(hashes(merged)).isEqualTo(expected);
  }

  /** Half of those of one draw, or fewer, are in another; the same draw has the same. */
  @Test
  void everyDrawHasOtherRows() {
    Objective objective = objective(false);
    double curvature = curvature(objective);
    int[] first = draw(objective, curvature, 1);
    int[] second = draw(objective, curvature, 2);

    assertThat(draw(objective, curvature, 1)).isEqualTo(first);
    assertThat(Arrays.stream(second).filter(h -> Arrays.binarySearch(first, h) >= 0).count())
        .isBetween(1L, second.length / 2L);
  }

  private int[] draw(Objective objective, double curvature, int number) {
    HessianRequest request = HessianRequest.rows(400, number);
    return hashes(LossSum.of(objective.lossPoint(point, request, curvature), sparse));
  }

  private static int[] hashes(LossSum sum) {
    return sum.sample().rows().stream()
        .flatMapToInt(block -> Arrays.stream(block.hashes()))
        .sorted()
        .toArray();
  }

  @Test
  void aSampleKeepsToItsSizeAndStaysUnbiased() {
    Objective objective = objective(false);
    LossPoint all = objective.lossPoint(point, HessianRequest.rows(1L << 40, 0), 1);
    double bytes = sparse.stream().mapToLong(Block::bytes).sum();
    long most = (long) (bytes / 7);
    LossSum sum = LossSum.of(all.withSampleBytes(most), sparse);

    List<Block> rows = sum.sample().rows();

    assertThat(rows.stream().mapToLong(Block::bytes).sum()).isBetween(most / 4, most);
    double weight = rows.stream().flatMapToDouble(b -> Arrays.stream(b.weights())).sum();
    assertThat(weight).isCloseTo(sum.curvature(), within(0.15 * sum.curvature()));
  }

  /** As the preconditioner measures it, the residual's length is what the method stops at. */
  @Test
  void conjugateGradientsLeaveAQuarterOfTheResidual() {
    Objective objective = objective(false);
    SampledHessian hessian = ofAllRows(objective, sparse);
    double[] matrix = evaluate(objective, sparse, HessianRequest.EXACT).hessian();
    double[] added = Arrays.copyOf(random.doubles(FEATURES, 0, 0.01).toArray(), point.length);
    hessian.add(added);
    for (int j = 0; j < FEATURES; j++) {
      matrix[j * point.length + j] += added[j];
    }

    double[] x = new ConjugateGradients(hessian, vector).solve();

    double[] residual = Vectors.difference(vector, product(matrix, x));
    assertThat(residual[FEATURES]).isCloseTo(0, within(1e-5));
    double[] diagonal = diagonal(hessian);
    double last = matrix[matrix.length - 1];
    double left = 0;
    double before = 0;
    for (int j = 0; j < FEATURES; j++) {
      double b = vector[j] - matrix[FEATURES * point.length + j] / last * vector[FEATURES];
      left += residual[j] * residual[j] / diagonal[j];
      before += b * b / diagonal[j];
    }
    assertThat(Math.sqrt(left / before)).isBetween(0.01, 0.25);
    assertThat(Vectors.dot(vector, x)).isPositive();
  }

  private static double[] product(double[] matrix, double[] v) {
    int size = v.length;
    double[] product = new double[size];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        product[j] += matrix[Math.max(j, k) * size + Math.min(j, k)] * v[k];
      }
    }
    return product;
  }

  @Test
  void aDiagonalCanBeAdded() {
    Objective objective = objective(false);
    double[] before = times(ofAllRows(objective, sparse), coefficients);
    double[] diagonal = random.doubles(point.length, 0, 1).toArray();
    SampledHessian hessian = ofAllRows(objective, sparse);

    hessian.add(diagonal);

    double[] product = times(hessian, coefficients);
    for (int j = 0; j < FEATURES; j++) {
      assertThat(product[j]).isCloseTo(before[j] + diagonal[j] * coefficients[j], within(FLOATS));
      assertThat(diagonal(hessian)[j])
          .isCloseTo(diagonal(ofAllRows(objective, sparse))[j] + diagonal[j], within(FLOATS));
    }
  }

  @Test
  void withoutAnyCurvatureTheStepIsTheGradients() {
    Objective unpenalised =
        new Objective(
            new BceWithLogitsLoss(1, 7),
            new FeatureScaling(null, false, random.doubles(FEATURES, 0.5, 2).toArray(), true),
            1900,
            new double[FEATURES]);
    SampledHessian none = new SampledHessian(unpenalised, List.of());

    double[] step = new ConjugateGradients(none, vector).solve();

    assertThat(step).containsExactly(vector, within(FLOATS));
  }

  /** The unit of a point where nothing had any curvature is 0. */
  @Test
  void aSampleOfAnyUnitKeepsToItsSize() {
    Objective objective = objective(false);
    LossPoint at = objective.lossPoint(point, HessianRequest.rows(400, 0), 0);

    LossSum sum = LossSum.of(at.withSampleBytes(20_000), sparse);

    assertThat(sum.sample().rows().stream().mapToLong(Block::bytes).sum())
        .isBetween(5_000L, 20_000L);
  }
}
