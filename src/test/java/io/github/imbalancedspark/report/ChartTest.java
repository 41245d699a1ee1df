package io.github.imbalancedspark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.report.BarChart.Bar;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.style.AxesChartStyler;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {

  private static final LineChart LINES =
      new LineChart(
          "lines",
          "Every \"style\"",
          Axis.of("factor", "of one").onLogarithmicScale(),
          Axis.percent("share", "all"),
          List.of(
              Line.straight("area", Line.Style.AREA, Ink.BLUE, 1, 10, 100, 90),
              Line.straight("line", Line.Style.LINE, Ink.ORANGE, 1, 20, 100, 80),
              Line.straight("dashed", Line.Style.DASHED, Ink.REFERENCE, 1, 30, 100, 70),
              Line.straight("dotted", Line.Style.DOTTED_LINE, Ink.GREEN, 1, 40, 100, 60),
              Line.dot("dot", Ink.CHOICE, 10, 50)),
          null);

  private static final BarChart BARS =
      new BarChart(
          "bars",
          "Bars",
          Axis.of("thing", "name"),
          Axis.of("length", "metres"),
          List.of(new Bar("up", 2), new Bar("nothing", 0), new Bar("down", -0.123456)),
          Ink.PURPLE,
          null);

  static List<Chart> charts() {
    return List.of(LINES, BARS);
  }

  @ParameterizedTest
  @MethodSource("charts")
  void isWellFormedInThePagesColoursAndScalesWithIt(Chart chart) throws Exception {
    Element svg = parsed(ChartImage.svg(chart)).getDocumentElement();

    assertThat(svg.getAttribute("aria-label")).isEqualTo(chart.title());
    assertThat(svg.getAttribute("viewBox")).matches("0 0 460 \\d+");
    assertThat(svg.hasAttribute("width")).isFalse();
    Set<String> variables =
        Arrays.stream(Ink.values())
            .map(ink -> "var(" + ink.variable() + ")")
            .collect(Collectors.toSet());
    assertThat(coloursOfDrawnShapes(svg)).isSubsetOf(variables);
    assertThat(idsIn(svg)).isNotEmpty().allMatch(id -> id.startsWith(chart.file() + "-"));
  }

  @Test
  void drawsEveryLineInItsInk() throws Exception {
    assertThat(coloursOfDrawnShapes(parsed(ChartImage.svg(LINES)).getDocumentElement()))
        .contains(
            "var(--ink-blue)",
            "var(--ink-orange)",
            "var(--ink-reference)",
            "var(--ink-green)",
            "var(--ink-choice)");
  }

  @ParameterizedTest
  @MethodSource("charts")
  void drawsTheSameAsAnImage(Chart chart) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.toPng()));

    Set<Integer> colours =
        IntStream.range(0, image.getWidth() * image.getHeight())
            .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff)
            .boxed()
            .collect(Collectors.toSet());
    assertThat(image.getWidth()).isEqualTo(920);
    assertThat(colours)
        .contains(rgb(Ink.PAPER), rgb(Ink.GRID), rgb(chart == LINES ? Ink.ORANGE : Ink.PURPLE));
  }

  /** Where numbers have digits of their own, pages have not. */
  @ParameterizedTest
  @MethodSource("charts")
  void isTheSameInEveryLocale(Chart chart) {
    String expected = ChartImage.svg(chart);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(ChartImage.svg(chart)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Charts that are to be compared share an axis, however long their own bars are. */
  @Test
  void barsKeepToTheirAxis() {
    Axis shared = BARS.values().between(-10, 40);
    BarChart chart = new BarChart("b", "B", BARS.things(), shared, BARS.bars(), BARS.ink(), null);
    AxesChartStyler styler = (AxesChartStyler) ChartPainter.of(chart, false).getStyler();

    assertThat(styler.getXAxisMin()).isEqualTo(-10);
    assertThat(styler.getXAxisMax()).isEqualTo(40);
  }

  @Test
  void drawsThingsThatHaveNoExtent() throws Exception {
    BarChart zero =
        new BarChart(
            "zero",
            "Zero",
            BARS.things(),
            BARS.values(),
            List.of(new Bar("a name that is much longer than there is room for", 0)),
            Ink.BLUE,
            null);
    LineChart point =
        new LineChart(
            "point",
            "Point",
            Axis.of("x", "one"),
            Axis.of("y", "one"),
            List.of(Line.dot("only", Ink.BLUE, 3, 4)),
            null);

    assertThat(coloursOfDrawnShapes(parsed(ChartImage.svg(zero)).getDocumentElement()))
        .contains("var(--ink-text)");
    assertThat(coloursOfDrawnShapes(parsed(ChartImage.svg(point)).getDocumentElement()))
        .contains("var(--ink-blue)");
  }

  @Test
  void tellsInksApartByTheirLightColour() {
    assertThat(Arrays.stream(Ink.values()).map(Ink::color)).doesNotHaveDuplicates();
  }

  @Test
  void writesNumbersAlongAnAxisShort() {
    assertThat(List.of(0.0, 0.30000000000000004, 12500.0, 1e6, 2.5e-5, -1.0))
        .map(TickText::of)
        .containsExactly("0", "0.3", "12,500", "1e6", "2.5e-5", "-1");
  }

  @Test
  void refusesPointsThatAreNowhere() {
    assertThatThrownBy(() -> Line.dot("a", Ink.BLUE, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 'a' has the point (NaN, 1.0), which is nowhere");
    assertThatThrownBy(() -> new Line("a", Line.Style.LINE, Ink.BLUE, new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 'a' needs as many x as y and at least one, but has 2 and 3");
    assertThatThrownBy(() -> new LineChart("f", "Empty", LINES.x(), LINES.y(), List.of(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chart 'Empty' shows nothing");
  }

  private static int rgb(Ink ink) {
    return ink.color().getRGB() & 0xffffff;
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  /** The colours of everything below the root, whose own are never seen. */
  private static Set<String> coloursOfDrawnShapes(Element svg) {
    Set<String> colours = new TreeSet<>();
    NodeList elements = svg.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      colours.add(element.getAttribute("fill"));
      colours.add(element.getAttribute("stroke"));
    }
    colours.removeAll(Set.of("", "none"));
    return colours;
  }

  private static Set<String> idsIn(Element svg) {
    Set<String> ids = new TreeSet<>();
    NodeList clips = svg.getElementsByTagName("clipPath");
    for (int i = 0; i < clips.getLength(); i++) {
      ids.add(((Element) clips.item(i)).getAttribute("id"));
    }
    return ids;
  }
}
