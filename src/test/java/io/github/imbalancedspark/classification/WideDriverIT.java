package io.github.imbalancedspark.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SmallHeap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2²⁰ sparse features need no more than a heap of 2 GB, executors and all. */
class WideDriverIT {

  @TempDir private Path folder;

  @Test
  void aMillionFeaturesFitIntoTwoGigabytes() throws Exception {
    assertThat(SmallHeap.run(WideDriver.class, "2g", folder))
        .containsExactly("1048576 features, objective fell");
  }
}
