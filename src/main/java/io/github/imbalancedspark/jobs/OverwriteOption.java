package io.github.imbalancedspark.jobs;

import picocli.CommandLine.Option;

/** Whether outputs that exist are replaced. */
final class OverwriteOption {

  @Option(
      names = "--overwrite",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      order = 802,
      description = "Replace outputs that exist.")
  private boolean overwrite;

  /** Returns the output at {@code place}, or {@code null} if no place is given. */
  Output output(String role, String place) {
    return place == null ? null : Output.at(role, place, overwrite);
  }
}
