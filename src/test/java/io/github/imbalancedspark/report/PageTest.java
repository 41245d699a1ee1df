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
  void htmlEscapesWhatIsShown() {
    assertThat(PAGE.toHtml())
        .startsWith("<!DOCTYPE html>")
        .contains("<h1>A &lt;title&gt;</h1><p>about &quot;this&quot; &amp; that</p>")
        .contains("<dt>recall</dt><dd>0.5000</dd>")
        .contains("<th scope=\"row\">b</th><td class=\"number\">1,234</td><td>&lt;i&gt;</td>")
        .doesNotContain("<i>")
        .doesNotContain("http");
  }
}
