package io.github.imbalancedspark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cost formula. */
class FitShapeTest {

  private static final FitShape DENSE = new FitShape(1e6, 10, 10, 4, 3);

  @Test
  void aTreeHandsSumsOnAsSparkDoes() {
    assertThat(Tree.of(1000, 2, false).stageTasks()).containsExactly(1000, 31);
    assertThat(Tree.of(1000, 3, true).stageTasks()).containsExactly(1000, 100, 10, 1);
    assertThat(Tree.of(5, 2, false).stageTasks()).containsExactly(5);
  }

  @Test
  void sumsAreMergedByAsManyTasksAsThereAreCores() {
    Tree tree = new Tree(List.of(1000, 31));

    assertThat(tree.merges(1)).isEqualTo(1000);
    assertThat(tree.merges(10)).isEqualTo(100);
    assertThat(tree.merges(5000)).isCloseTo(1000 / 31.0, offset(1e-9));
  }

  @Test
  void aPassCostsEveryModelItsValuesAndEveryMatrixItsProducts() {
    Work pass = DENSE.pass(2, new Tree(List.of(8)));

    assertThat(pass.of(Cost.PASS_VALUE)).isEqualTo(3 * 1e7 / 4);
    assertThat(pass.of(Cost.PASS_ROW)).isEqualTo(3 * 1e6 / 4);
    assertThat(pass.of(Cost.PRODUCT)).isEqualTo(2 * 66 * 1e6 / 4);
    assertThat(pass.of(Cost.RESULT_BYTE)).isEqualTo(8 * 8 * (3 * 11 + 2 * 66));
    assertThat(pass.of(Cost.PASS_ENTRY)).isZero();
  }

  @Test
  void aTaskHandsOverTheSumsOfItsPartitions() {
    Work pass = DENSE.pass(0, Tree.none(8, 100));

    assertThat(pass.of(Cost.TASK)).isEqualTo(8 / 4.0);
    assertThat(pass.of(Cost.DISPATCH)).isEqualTo(8);
    assertThat(pass.of(Cost.RESULT_BYTE)).isEqualTo(100 * 8 * 3 * 11);
  }

  @Test
  void workTakesWhatItsUnitsTake() {
    Work work = new Work().add(Cost.JOB, 2).add(Cost.TASK, 3).add(new Work().add(Cost.JOB, 1));

    assertThat(work.seconds(Map.of(Cost.JOB, 0.1, Cost.TASK, 0.01))).isCloseTo(0.33, offset(1e-12));
  }

  @Test
  void numbersReadAsPowersWhereTheyAreSome() {
    assertThat(Power.of(1 << 24)).isEqualTo("2²⁴");
    assertThat(Power.of(3_000_000)).isEqualTo("3·10⁶");
    assertThat(Power.of(100_000)).isEqualTo("10⁵");
    assertThat(Power.of(250)).isEqualTo("250");
  }
}
