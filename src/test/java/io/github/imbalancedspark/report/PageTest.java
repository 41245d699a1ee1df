package io.github.imbalancedspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final Page PAGE =
      new Page(
          "A <title>",
          "about \"this\" & that",
          List.of(new Figure("recall", "0.5000")),
          List.of(
              new Table(
                  "Classes",
                  List.of("class", "rows", "note"),
                  List.of(List.of("größe", "12", "a"), List.of("b", "1,234", "<i>")),
                  "A note."),
              new LineChart(
                  "curve",
                  "A <curve>",
                  Axis.of("x", "one"),
                  Axis.of("y", "one"),
                  List.of(Line.dot("only", Ink.BLUE, 3, 4)),
                  "Below."),
              new Table("Fit", List.of(), List.of(List.of("why", "converged")), null)));

  @Test
  void textLinesUpAndPutsNumbersToTheRight() {
    assertThat(PAGE.toText())
        .isEqualTo(
            """
            A <title>
            about "this" & that

            Classes
              class    rows   note
              größe      12   a
              b       1,234   <i>
              A note.

            Fit
              why   converged
            """);
  }

  @Test
  void textBreaksLongNotes() {
    String words = "word ".repeat(50).strip();
    Page page = new Page("p", "q", List.of(), List.of(new Table("t", List.of(), List.of(), words)));

    assertThat(page.toText().lines().skip(4))
        .hasSize(3)
        .allMatch(line -> line.startsWith("  word") && line.length() <= 110);
    assertThat(page.toText().replaceAll("\\s+", " ")).endsWith(words + " ");
  }

  @Test
  void htmlEscapesWhatIsShown() {
    assertThat(PAGE.toHtml())
        .startsWith("<!DOCTYPE html>")
        .contains("<h1>A &lt;title&gt;</h1><p>about &quot;this&quot; &amp; that</p>")
        .contains("<dt>recall</dt><dd>0.5000</dd>")
        .contains("<th scope=\"row\">b</th><td class=\"number\">1,234</td><td>&lt;i&gt;</td>")
        .contains("<section><h2>A &lt;curve&gt;</h2>\n<svg viewBox=\"0 0 460 ")
        .contains("</svg>\n<p>Below.</p>\n</section>")
        .doesNotContain("<i>")
        .doesNotContain("http");
  }

  @Test
  void aTableOfManyColumnsTakesThePageAndNamesItsCells() {
    List<String> header = List.of("a", "b", "c", "d", "e", "<f>");
    List<String> row = List.of("x", "1", "2", "3", "4", "5");
    Page page = new Page("p", "q", List.of(), List.of(new Table("t", header, List.of(row), null)));

    assertThat(page.toHtml())
        .contains("<section class=\"wide\"><h2>t</h2>")
        .contains("<td data-column=\"&lt;f&gt;\" class=\"number\">5</td>");
  }

  @Test
  void goesWithoutItsCharts() {
    assertThat(PAGE.charts()).hasSize(1);
    assertThat(PAGE.withoutCharts().charts()).isEmpty();
    assertThat(PAGE.withoutCharts().toText()).isEqualTo(PAGE.toText());
  }
}
