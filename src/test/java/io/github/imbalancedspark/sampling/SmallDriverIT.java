package io.github.imbalancedspark.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three million rows and every sampler need no more than a heap of 1 GB, engine and all. */
class SmallDriverIT {

  @TempDir private Path folder;

  @Test
  void everySamplerWorksInOneGigabyte() throws Exception {
    long negatives = SmallDriver.ROWS - SmallDriver.POSITIVES;
    assertThat(lines())
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

  private List<String> lines() throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "@conf/java-module-options",
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classpath,
                SmallDriver.class.getName())
            .redirectError(errors.toFile())
            .start();
    try (InputStream out = process.getInputStream()) {
      List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(process.waitFor())
          .as(() -> "exit code; it printed " + lines + contentOf(errors.toFile()))
          .isZero();
      return lines;
    }
  }
}
