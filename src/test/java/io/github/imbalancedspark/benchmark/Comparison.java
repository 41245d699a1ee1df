package io.github.imbalancedspark.benchmark;

/** The competitors of one case, to be run in turn. */
interface Comparison extends AutoCloseable {

  /** Reads the rows that both competitors read, and does nothing with them. */
  void scan();

  /** Does the work our way. */
  void ours();

  /** Does the work Spark's way. */
  void peer();

  /** Returns how good the last results of both are. */
  Outcome outcome();

  /** Frees what was kept in memory. */
  @Override
  void close();
}
