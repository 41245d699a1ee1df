package io.github.imbalancedspark.jobs;

import java.util.HashMap;
import java.util.Map;

/** Which option named which column, of those that a column is named by once. */
final class ColumnRoles {

  private final Map<String, String> options = new HashMap<>();

  /**
   * Gives a column a role.
   *
   * @param column its name, or {@code null} for none
   * @throws IllegalArgumentException if it has one already
   */
  ColumnRoles take(String option, String column) {
    if (column != null) {
      requireFree(option, column);
      options.put(column, option);
    }
    return this;
  }

  boolean isFree(String column) {
    return !options.containsKey(column);
  }

  /**
   * Checks that a column has no role yet.
   *
   * @throws IllegalArgumentException if it has
   */
  void requireFree(String option, String column) {
    if (!isFree(column)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: column '%s' is that of %s as well; give it one role",
              option, column, options.get(column)));
    }
  }
}
