package io.github.imbalancedspark.report;

import java.util.ArrayList;
import java.util.List;

/** Renders a page for a terminal. */
final class TextPage {

  private static final String INDENT = "  ";
  private static final String GAP = "   ";
  private static final int WIDTH = 110;

  private TextPage() {}

  static String render(Page page) {
    StringBuilder text = new StringBuilder();
    text.append(page.title()).append('\n').append(page.subtitle()).append('\n');
    for (Table table : page.tables()) {
      append(text, table);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Table table) {
    text.append('\n').append(table.title()).append('\n');
    List<List<String>> lines = new ArrayList<>();
    if (!table.header().isEmpty()) {
      lines.add(table.header());
    }
    lines.addAll(table.rows());
    int[] widths = new int[table.columns()];
    for (List<String> line : lines) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], length(line.get(j)));
      }
    }
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder(INDENT);
      for (int j = 0; j < widths.length; j++) {
        String padding = " ".repeat(widths[j] - length(line.get(j)));
        row.append(j > 0 ? GAP : "")
            .append(table.numeric(j) ? padding + line.get(j) : line.get(j) + padding);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    if (table.note() != null) {
      appendWrapped(text, table.note());
    }
  }

  private static void appendWrapped(StringBuilder text, String note) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : note.split(" ", -1)) {
      if (length(line.toString()) + 1 + length(word) > WIDTH && line.length() > INDENT.length()) {
        text.append(line).append('\n');
        line = new StringBuilder(INDENT);
      }
      line.append(line.length() > INDENT.length() ? " " : "").append(word);
    }
    text.append(line).append('\n');
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
