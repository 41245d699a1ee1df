package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imbalancedspark.core.linalg.BlockSummary;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How many rows the driver takes for its sketch. */
class SketchTest {

  private static final int MOST_ROWS = 30_000;
  private static final double MOST_VALUES = 1 << 21;

  private static BlockSummary summary(
      int negatives, int ofNegative, int positives, int ofPositive) {
    SparseBlockBuilder builder = new SparseBlockBuilder(7000, Integer.MAX_VALUE, false);
    for (int i = 0; i < negatives + positives; i++) {
      int values = i < negatives ? ofNegative : ofPositive;
      int at = builder.startRow(i < negatives ? 0 : 1, 1, values);
      for (int k = 0; k < values; k++) {
        builder.indices()[at + k] = k;
      }
      Arrays.fill(builder.values(), at, at + values, 1);
      builder.endRow(values);
    }
    return new BlockSummary().add(builder.take());
  }

  @Test
  void longRowsAreFewerWhateverTheOtherClassHas() {
    Sketch sketch = Sketch.of(summary(100_000, 3, 1000, 3500));

    assertThat(sketch.negativeRate()).isEqualTo(MOST_ROWS / 1e5);
    assertThat(sketch.positiveRate()).isCloseTo(MOST_VALUES / 3500 / 1000, within(1e-12));
  }

  @Test
  void shortRowsAreNotFewerForTheOtherClassLongOnes() {
    Sketch sketch = Sketch.of(summary(1000, 3500, 60_000, 3));

    assertThat(sketch.negativeRate()).isCloseTo(MOST_VALUES / 3500 / 1000, within(1e-12));
    assertThat(sketch.positiveRate()).isEqualTo(MOST_ROWS / 6e4);
  }
}
