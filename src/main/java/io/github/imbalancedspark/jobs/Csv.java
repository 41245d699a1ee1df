package io.github.imbalancedspark.jobs;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Entries as comma-separated lines. */
final class Csv {

  private Csv() {}

  /**
   * Returns a header of the names and a line for each object; a value that does not exist is an
   * empty field.
   *
   * @param entries objects with the same names, whose values hold no commas
   */
  static String text(List<Map<String, Object>> entries) {
    StringBuilder csv = new StringBuilder(String.join(",", entries.get(0).keySet()) + "\n");
    for (Map<String, Object> entry : entries) {
      csv.append(
              entry.values().stream()
                  .map(value -> Objects.toString(value, ""))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return csv.toString();
  }
}
