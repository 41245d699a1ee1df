package io.github.imbalancedspark.report;

import java.util.List;

/**
 * A report: a title, a sentence below it, headline numbers, tables.
 *
 * @param title what was done
 * @param subtitle on what
 * @param figures the numbers to see first
 * @param tables everything else, in order
 */
public record Page(String title, String subtitle, List<Figure> figures, List<Table> tables) {

  public Page {
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
  }

  /** Returns the page as plain text for a terminal. */
  public String toText() {
    return TextPage.render(this);
  }

  /** Returns the page as one HTML document that needs no other file. */
  public String toHtml() {
    return HtmlPage.render(this);
  }
}
