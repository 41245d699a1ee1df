package io.github.imbalancedspark.jobs;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Names for new columns that collide with no column of a table, nor with each other. */
final class UniqueNames {

  private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  UniqueNames(String... columns) {
    taken.addAll(Arrays.asList(columns));
  }

  /** Returns a new name like {@code wanted}, without the signs that Spark ML would parse. */
  String take(String wanted) {
    String name = plain(wanted);
    while (!taken.add(name)) {
      name = "_" + name;
    }
    return name;
  }

  /** Returns {@code name} without dots and backticks. */
  static String plain(String name) {
    return name.replaceAll("[.`]", "_");
  }
}
