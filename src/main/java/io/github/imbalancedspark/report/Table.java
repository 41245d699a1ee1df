package io.github.imbalancedspark.report;

import java.util.List;

/**
 * A table of formatted cells. The first column names its row.
 *
 * @param title what the table shows
 * @param header the columns' names, or empty for none
 * @param rows the cells, each row as long as the others
 * @param note a sentence that stands below, or {@code null}
 */
public record Table(String title, List<String> header, List<List<String>> rows, String note)
    implements Block {

  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  int columns() {
    return rows.isEmpty() ? header.size() : rows.get(0).size();
  }

  /** Returns whether every cell of the column is a number, which then lines up on the right. */
  boolean numeric(int column) {
    return column > 0 && rows.stream().allMatch(row -> row.get(column).matches("[-−+]?\\d.*|–"));
  }
}
