package io.github.imbalancedspark.jobs;

/** Two options name paths that are one or lie in each other: the command line is wrong. */
final class PathClash extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  PathClash(String message) {
    super(message);
  }
}
