package io.github.imbalancedspark.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SmallHeap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three million rows and every sampler need no more than a heap of 1 GB, engine and all. */
class SmallDriverIT {

  @TempDir private Path folder;

  @Test
  void everySamplerWorksInOneGigabyte() throws Exception {
    long negatives = SmallDriver.ROWS - SmallDriver.POSITIVES;
    assertThat(SmallHeap.run(SmallDriver.class, "1g", folder))
        .startsWith(
            "under: {0.0=30000, 1.0=3000}",
            "over: {0.0=" + negatives + ", 1.0=" + negatives / 10 + "}",
            "with replacement: {1.0=2000}",
            "without replacement: {1.0=2000}",
            "smote: {0.0=" + negatives + ", 1.0=6000}",
            "smote of a large class: {0.0=" + negatives + ", 1.0=6000}",
            "split: {0.0=" + negatives / 4 + ", 1.0=750}",
            "folds: {0.0=" + negatives / 4 + ", 1.0=750}")
        .last()
        .asString()
        .startsWith("collected ids: ")
        .contains("spark.driver.maxResultSize");
  }
}
