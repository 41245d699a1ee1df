package io.github.imbalancedspark.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Entries as comma-separated lines. */
final class Csv {

  private static final Pattern QUOTED = Pattern.compile("[,\"\\r\\n]");

  private Csv() {}

  /**
   * Returns a header of the names and a line for each object; a value that does not exist is an
   * empty field, and one with a comma is quoted (RFC 4180).
   *
   * @param entries objects with the same names
   */
  static String text(List<Map<String, Object>> entries) {
    StringBuilder csv = new StringBuilder(line(entries.get(0).keySet()));
    entries.forEach(entry -> csv.append(line(entry.values())));
    return csv.toString();
  }

  private static String line(Collection<?> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
  }

  private static String field(Object value) {
    String text = Objects.toString(value, "");
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
