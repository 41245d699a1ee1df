package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jobs/nightly} does with the commands that it runs; here they are a script. */
class NightlyScriptTest {

  private static final int SIGTERM = 128 + 15;

  @TempDir private Path folder;

  @BeforeEach
  void project() throws Exception {
    Path jobs = Files.createDirectories(folder.resolve("jobs"));
    Path conf = Files.createDirectories(folder.resolve("conf/nightly"));
    Files.copy(Path.of("jobs/nightly"), jobs.resolve("nightly"));
    for (String name : List.of("standalone.conf", "train.properties", "score.properties")) {
      Files.writeString(conf.resolve(name), "");
    }
  }

  private Process night(String imbalanced) throws Exception {
    Path script = folder.resolve("jobs/imbalanced");
    Files.writeString(script, "#!/usr/bin/env bash\n" + imbalanced);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return new ProcessBuilder(folder.resolve("jobs/nightly").toString(), "standalone", "base")
        .redirectErrorStream(true)
        .start();
  }

  /** The command is told to stop and is waited for, so that the night ends when it has. */
  @Test
  void aStoppedNightStopsItsCommand() throws Exception {
    Process night =
        night(
            """
            tail -f /dev/null >/dev/null 2>&1 &
            trap 'kill $!; echo cleared away; exit 143' TERM
            echo at work
            wait
            """);
    try (BufferedReader out = night.inputReader()) {
      String line = out.readLine();
      while (!line.equals("at work")) {
        line = out.readLine();
      }
      night.toHandle().destroy(); // unlike the process itself, it leaves the output open
      assertThat(out.lines()).containsExactly("cleared away");
    }
    assertThat(night.waitFor()).isEqualTo(SIGTERM);
  }

  @Test
  void aNightEndsWithTheFirstCommandThatFails() throws Exception {
    Process night = night("echo \"$3\"; exit 7");
    try (BufferedReader out = night.inputReader()) {
      assertThat(out.lines().filter(line -> !line.startsWith("=="))).containsExactly("train");
    }
    assertThat(night.waitFor()).isEqualTo(7);
  }

  @Test
  void aNightIsTrainingAndScoring() throws Exception {
    Process night = night("echo \"$3\"");
    try (BufferedReader out = night.inputReader()) {
      assertThat(out.lines().filter(line -> !line.startsWith("==")))
          .containsExactly("train", "score");
    }
    assertThat(night.waitFor()).isZero();
  }
}
