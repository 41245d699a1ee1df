package io.github.imbalancedspark.report;

import java.util.List;

/**
 * A report: a title, a sentence below it, headline numbers, tables and charts.
 *
 * @param title what was done
 * @param subtitle on what
 * @param figures the numbers to see first
 * @param blocks everything else, in order
 */
public record Page(String title, String subtitle, List<Figure> figures, List<Block> blocks) {

  public Page {
    figures = List.copyOf(figures);
    blocks = List.copyOf(blocks);
  }

  /** Returns the tables among the blocks. */
  List<Table> tables() {
    return blocks.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }

  /** Returns the charts among the blocks. */
  public List<Chart> charts() {
    return blocks.stream().filter(Chart.class::isInstance).map(Chart.class::cast).toList();
  }

  /** Returns the page with nothing drawn. */
  public Page withoutCharts() {
    return new Page(title, subtitle, figures, List.copyOf(tables()));
  }

  /** Returns the page as plain text for a terminal: without its charts. */
  public String toText() {
    return TextPage.render(this);
  }

  /** Returns the page as one HTML document that needs no other file. */
  public String toHtml() {
    return HtmlPage.render(this);
  }
}
