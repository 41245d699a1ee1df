package io.github.imbalancedspark.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of the tests in a process of its own, whose heap is small. */
public final class SmallHeap {

  private SmallHeap() {}

  /**
   * Runs a program, which has to end well, and returns the lines that it printed.
   *
   * @param heap such as {@code 1g}
   * @param folder for what it says on standard error
   */
  public static List<String> run(Class<?> program, String heap, Path folder)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                LocalCluster.java(),
                "@conf/java-module-options",
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classpath,
                program.getName())
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
