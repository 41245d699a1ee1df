package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariantNameTest {

  private static ImbalancedLogisticRegression learner() {
    return new ImbalancedLogisticRegression().setRegParam(0.1);
  }

  @Test
  void namesWhatVaries() {
    List<ImbalancedLogisticRegression> variants =
        List.of(
            learner().setPosWeight(5),
            learner().setPosWeight(10).setClassWeights(new double[] {1, 2}),
            learner().setAutoPosWeight(true),
            learner());

    assertThat(variants)
        .map(variant -> VariantName.of(variant, variants))
        .containsExactly(
            "posWeight 5.0", "classWeights [1.0,2.0], posWeight 10.0", "autoPosWeight true", "");
  }

  @Test
  void theOnlyOneNeedsNoName() {
    ImbalancedLogisticRegression only = learner().setPosWeight(5);

    assertThat(VariantName.of(only, List.of(only))).isEmpty();
  }
}
