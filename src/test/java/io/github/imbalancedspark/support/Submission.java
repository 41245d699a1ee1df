package io.github.imbalancedspark.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A run of {@code jobs/imbalanced} as a process of its own. */
public final class Submission {

  private static final long PATIENCE_MINUTES = 9;

  /**
   * How a run ended.
   *
   * @param code its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Result(int code, String out, String err) {}

  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  Submission(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = CompletableFuture.supplyAsync(() -> text(process.inputReader()));
    err = CompletableFuture.supplyAsync(() -> text(process.errorReader()));
  }

  /** Runs {@code jobs/imbalanced} on the Spark that the build resolved, to its end. */
  public static Result here(List<String> sparkOptions, String... command) {
    return new Submission(line(sparkOptions, command)).await();
  }

  static List<String> line(List<String> sparkOptions, String... command) {
    List<String> line = new ArrayList<>(List.of("jobs/imbalanced"));
    line.addAll(sparkOptions);
    line.addAll(Arrays.asList(command));
    return line;
  }

  private static String text(BufferedReader reader) {
    return reader.lines().collect(Collectors.joining("\n"));
  }

  /** Kills the driver, which gets no chance to clean up. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end. */
  public Result await() {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("hangs; it printed " + out.join() + err.join());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Result(process.exitValue(), out.join(), err.join());
  }
}
