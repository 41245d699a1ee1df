package io.github.imbalancedspark.report;

import java.util.List;

/** Renders a page as one self-contained HTML document, for light and dark, narrow and wide. */
final class HtmlPage {

  /** Tables of more columns take the page's width; on a narrow page each row becomes a list. */
  private static final int MOST_BESIDE = 5;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1c2330; --soft: #5b6577; --paper: #f6f7f9;
        --card: #ffffff; --line: #e1e5eb; --accent: #1f5fbf; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6e9ef; --soft: #9aa5b8;
        --paper: #12161d; --card: #1a2029; --line: #2c3542; --accent: #7fb0ff; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--text); line-height: 1.5;
        font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      main { max-width: 86rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
      h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.01em; }
      header p { margin: .25rem 0 1.5rem; color: var(--soft); overflow-wrap: anywhere; }
      .figures { display: grid; gap: .75rem; margin: 0 0 1.5rem;
        grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
      .figures div, section { background: var(--card); border: 1px solid var(--line);
        border-radius: .6rem; }
      .figures div { padding: .75rem 1rem; display: flex; flex-direction: column;
        justify-content: space-between; }
      dt { color: var(--soft); font-size: .85rem; }
      dd { margin: 0; font-size: 1.6rem; font-weight: 600; color: var(--accent);
        font-variant-numeric: tabular-nums; }
      .blocks { columns: 3 25rem; column-gap: 1rem; }
      svg { display: block; width: 100%; max-width: 34rem; height: auto; margin: 0 auto; }
      section { break-inside: avoid; margin: 0 0 1rem; padding: 1rem; overflow-x: auto; }
      h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
      table { width: 100%; border-collapse: collapse; font-size: .92rem; }
      th, td { padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top;
        border-top: 1px solid var(--line); font-weight: 400; }
      thead th { border-top: 0; color: var(--soft); font-size: .82rem; }
      tbody th { color: var(--soft); }
      thead + tbody th { color: inherit; }
      table.plain tbody tr:first-child > * { border-top: 0; }
      td { overflow-wrap: anywhere; }
      .number { text-align: right; padding-right: 0; padding-left: .75rem; white-space: nowrap;
        font-variant-numeric: tabular-nums; }
      .number + :not(.number) { padding-left: .75rem; }
      .wide thead .number { white-space: normal; }
      section.wide { column-span: all; }
      @media (max-width: 48rem) {
        .wide thead { display: none; }
        .wide tr { display: block; padding: .5rem 0; border-top: 1px solid var(--line); }
        .wide th, .wide td { display: flex; justify-content: space-between; padding: .1rem 0;
          border-top: 0; }
        .wide tbody th { font-weight: 600; }
        .wide td::before { content: attr(data-column); color: var(--soft); }
      }
      section p { margin: .6rem 0 0; color: var(--soft); font-size: .85rem; }
      """;

  private HtmlPage() {}

  static String render(Page page) {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escape(page.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append(":root { ")
        .append(Ink.declarations(false))
        .append(" }\n@media (prefers-color-scheme: dark) { :root { ")
        .append(Ink.declarations(true))
        .append(" } }\n")
        .append("</style>\n</head>\n<body>\n<main>\n<header><h1>")
        .append(escape(page.title()))
        .append("</h1><p>")
        .append(escape(page.subtitle()))
        .append("</p></header>\n");
    appendFigures(html, page.figures());
    html.append("<div class=\"blocks\">\n");
    page.blocks().forEach(block -> append(html, block));
    return html.append("</div>\n</main>\n</body>\n</html>\n").toString();
  }

  private static void appendFigures(StringBuilder html, List<Figure> figures) {
    if (figures.isEmpty()) {
      return;
    }
    html.append("<dl class=\"figures\">\n");
    for (Figure figure : figures) {
      html.append("<div><dt>")
          .append(escape(figure.label()))
          .append("</dt><dd>")
          .append(escape(figure.value()))
          .append("</dd></div>\n");
    }
    html.append("</dl>\n");
  }

  private static void append(StringBuilder html, Block block) {
    html.append(isWide(block) ? "<section class=\"wide\"><h2>" : "<section><h2>")
        .append(escape(block.title()))
        .append("</h2>\n");
    if (block instanceof Table table) {
      appendTable(html, table);
    } else if (block instanceof Chart chart) {
      html.append(ChartImage.svg(chart)).append('\n');
    }
    if (block.note() != null) {
      html.append("<p>").append(escape(block.note())).append("</p>\n");
    }
    html.append("</section>\n");
  }

  private static boolean isWide(Block block) {
    return block instanceof Table table
        && table.columns() > MOST_BESIDE
        && !table.header().isEmpty();
  }

  private static void appendTable(StringBuilder html, Table table) {
    html.append(table.header().isEmpty() ? "<table class=\"plain\">\n" : "<table>\n");
    if (!table.header().isEmpty()) {
      html.append("<thead><tr>");
      for (int j = 0; j < table.columns(); j++) {
        cell(html, "th scope=\"col\"", "th", table.numeric(j), table.header().get(j));
      }
      html.append("</tr></thead>\n");
    }
    html.append("<tbody>\n");
    for (List<String> row : table.rows()) {
      html.append("<tr>");
      cell(html, "th scope=\"row\"", "th", false, row.get(0));
      for (int j = 1; j < row.size(); j++) {
        String open =
            isWide(table) ? "td data-column=\"" + escape(table.header().get(j)) + '"' : "td";
        cell(html, open, "td", table.numeric(j), row.get(j));
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n");
  }

  private static void cell(
      StringBuilder html, String open, String close, boolean number, String text) {
    html.append('<')
        .append(open)
        .append(number ? " class=\"number\">" : ">")
        .append(escape(text))
        .append("</")
        .append(close)
        .append('>');
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
