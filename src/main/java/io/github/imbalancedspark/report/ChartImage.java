package io.github.imbalancedspark.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.w3c.dom.Document;

/** Draws charts as SVG, in the page's colours, and as PNG. */
final class ChartImage {

  private static final int PIXELS_PER_UNIT = 2;
  private static final int DECIMALS = 1;

  private ChartImage() {}

  static byte[] png(Chart chart) {
    AxesChart<?, ?> drawn = ChartPainter.of(chart, true);
    BufferedImage image =
        new BufferedImage(
            PIXELS_PER_UNIT * drawn.getWidth(),
            PIXELS_PER_UNIT * drawn.getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
    drawn.paint(graphics, drawn.getWidth(), drawn.getHeight());
    graphics.dispose();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an svg element whose colours are the variables of {@link Ink}. */
  static String svg(Chart chart) {
    AxesChart<?, ?> drawn = ChartPainter.of(chart, false);
    SVGGraphics2D graphics = new SVGGraphics2D(context(chart), true);
    drawn.paint(graphics, drawn.getWidth(), drawn.getHeight());
    StringWriter written = new StringWriter();
    try {
      graphics.stream(graphics.getRoot(), written, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inPage(written.toString(), chart, drawn.getWidth(), drawn.getHeight());
  }

  /** Makes a document part of a page: as wide as its place, in the page's colours, and named. */
  private static String inPage(String document, Chart chart, int width, int height) {
    String svg =
        document
            .substring(document.indexOf("<svg ") + "<svg ".length())
            .replaceAll(" xmlns(:xlink)?=\"[^\"]*\"", "");
    for (Ink ink : Ink.values()) {
      svg = svg.replace('"' + ink.inSvg() + '"', "\"var(" + ink.variable() + ")\"");
    }
    svg = svg.replaceAll("\\s*\\n\\s*>", ">").strip(); // Batik breaks lines inside tags
    return String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" ",
            width,
            height,
            HtmlPage.escape(chart.title()))
        + svg;
  }

  private static SVGGeneratorContext context(Chart chart) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setPrecision(DECIMALS);
    context.setComment(null);
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String prefix) {
            return chart.file() + "-" + super.generateID(prefix);
          }
        });
    return context;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
