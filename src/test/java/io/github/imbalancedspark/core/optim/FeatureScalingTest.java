package io.github.imbalancedspark.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.support.DenseRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureScalingTest {

  private static final double[] CENTER = {0.4, -0.2, 0.1};
  private static final double[] INVERSE_SCALES = {2, 0.5, 3};
  private static final double[] POINT = {0.3, -1.1, 0.7, 0.25};
  private static final double[] RIDGE = {0.1, 0.2, 0.3};
  private static final int ROWS = 200;

  private final DenseBlockBuilder dense = new DenseBlockBuilder(3, 1 << 20, true);
  private final SparseBlockBuilder sparse = new SparseBlockBuilder(3, 1 << 20, true);

  FeatureScalingTest() {
    Random random = new Random(11);
    for (int i = 0; i < ROWS; i++) {
      double label = random.nextInt(4) == 0 ? 1 : 0;
      double weight = 0.5 + random.nextDouble();
      int sparseAt = sparse.startRow(label, weight, 3);
      double[] row = new double[3];
      for (int j = 0; j < 3; j++) {
        row[j] = random.nextInt(3) == 0 ? random.nextGaussian() : 0;
        sparse.indices()[sparseAt + j] = j;
        sparse.values()[sparseAt + j] = row[j];
      }
      DenseRows.add(dense, label, weight, row);
      sparse.endRow(3);
    }
  }

  private static Evaluation evaluate(boolean centersRows, Block block) {
    return evaluate(centersRows, HessianRequest.EXACT, block);
  }

  private static Evaluation evaluate(boolean centersRows, HessianRequest request, Block block) {
    Objective objective =
        new Objective(
            new BceWithLogitsLoss(1, 7),
            new FeatureScaling(CENTER, centersRows, INVERSE_SCALES, true),
            ROWS,
            RIDGE);
    LossPoint at = objective.lossPoint(POINT, request, 0);
    return objective.evaluation(POINT, LossSum.of(at, List.of(block)));
  }

  @Test
  void centringTheSumsIsCentringTheRows() {
    Evaluation rows = evaluate(true, dense.take());
    Evaluation sums = evaluate(false, sparse.take());

    assertThat(sums.value()).isCloseTo(rows.value(), within(1e-14));
    assertThat(sums.gradient()).containsExactly(rows.gradient(), within(1e-14));
    assertThat(sums.hessian()).containsExactly(rows.hessian(), within(1e-14));
  }

  @Test
  void theDiagonalIsThatOfTheHessian() {
    Block[] blocks = {dense.take(), sparse.take()};
    for (int kind = 0; kind < blocks.length; kind++) {
      double[] hessian = evaluate(kind == 0, blocks[kind]).hessian();
      double[] diagonal = evaluate(kind == 0, HessianRequest.DIAGONAL, blocks[kind]).hessian();

      for (int j = 0; j < POINT.length; j++) {
        assertThat(diagonal[j]).isCloseTo(hessian[j * POINT.length + j], within(1e-14));
      }
    }
  }

  @Test
  void gradientIsThatOfTheValue() {
    Block block = sparse.take();
    Objective objective =
        new Objective(
            new BceWithLogitsLoss(1, 7),
            new FeatureScaling(CENTER, false, INVERSE_SCALES, true),
            ROWS,
            RIDGE);
    double[] gradient = evaluate(false, block).gradient();
    for (int j = 0; j < POINT.length; j++) {
      double h = 1e-5;
      double[] up = POINT.clone();
      double[] down = POINT.clone();
      up[j] += h;
      down[j] -= h;
      double difference = (value(objective, up, block) - value(objective, down, block)) / (2 * h);
      assertThat(gradient[j]).isCloseTo(difference, within(1e-9));
    }
  }

  private static double value(Objective objective, double[] point, Block block) {
    LossPoint at = objective.lossPoint(point, HessianRequest.NONE, 0);
    return objective.evaluation(point, LossSum.of(at, List.of(block))).value();
  }

  @Test
  void pointsAndCoefficientsAreInverses() {
    FeatureScaling scaling = new FeatureScaling(CENTER, false, INVERSE_SCALES, true);

    double[] point = scaling.point(scaling.coefficients(POINT), scaling.intercept(POINT));

    assertThat(point).containsExactly(POINT, within(1e-15));
  }

  @Test
  void aCentreNeedsAnIntercept() {
    assertThatThrownBy(() -> new FeatureScaling(CENTER, true, INVERSE_SCALES, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a centre needs an intercept");
  }
}
