package io.github.imbalancedspark.jobs;

import java.util.Map;
import java.util.TreeMap;

/** Options of Spark's readers: a key's case is of no matter. */
final class ReaderOptions {

  private ReaderOptions() {}

  /** Returns options in which further ones win. */
  static Map<String, String> with(Map<String, String> options, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(options);
    all.putAll(more);
    return all;
  }
}
