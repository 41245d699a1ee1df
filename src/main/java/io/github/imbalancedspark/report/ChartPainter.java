package io.github.imbalancedspark.report;

import io.github.imbalancedspark.report.BarChart.Bar;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Turns charts into XChart's, all in one style. */
final class ChartPainter {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 330;

  /** Room for the labels that stand half outside of the plot. */
  private static final int PADDING = 14;

  private static final int LEGEND_LINE = 18;
  private static final int LEGEND_GAP = 10;
  private static final int LEGEND_ROW = 20;
  private static final int BAR = 24;
  private static final int AROUND_BARS = 90;
  private static final int LONGEST_NAME = 20;
  private static final double BESIDE_BARS = 1.06;
  private static final double BEYOND_BARS = 0.22;
  private static final int TITLE = 34;
  private static final int TINT = 45;

  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  private ChartPainter() {}

  /** Returns the chart for a page, or, with its title in it, for a file. */
  static AxesChart<?, ?> of(Chart chart, boolean titled) {
    return chart instanceof LineChart lines ? lines(lines, titled) : bars((BarChart) chart, titled);
  }

  private static XYChart lines(LineChart chart, boolean titled) {
    int legendRows = legendFitsOneRow(chart) ? 1 : chart.lines().size();
    XYChart drawn =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT + LEGEND_ROW * legendRows + (titled ? TITLE : 0))
            .title(chart.title())
            .xAxisTitle(chart.x().label())
            .yAxisTitle(chart.y().label())
            .build();
    XYStyler styler = drawn.getStyler();
    style(styler, titled);
    styler.setYAxisTickLabelsFormattingFunction(TickText::of);
    styler.setLegendLayout(legendRows == 1 ? LegendLayout.Horizontal : LegendLayout.Vertical);
    scale(styler, chart);
    chart.lines().forEach(line -> add(drawn, line));
    return drawn;
  }

  /** XChart cuts the entries of a row that is too long. */
  private static boolean legendFitsOneRow(LineChart chart) {
    FontRenderContext context = new FontRenderContext(null, true, true);
    double width =
        chart.lines().stream()
            .mapToDouble(line -> SMALL.getStringBounds(line.name(), context).getWidth())
            .sum();
    return width + chart.lines().size() * (LEGEND_LINE + 3 * LEGEND_GAP) < WIDTH - 2 * PADDING;
  }

  private static void scale(AxesChartStyler styler, LineChart chart) {
    styler.setXAxisLogarithmic(chart.x().logarithmic());
    styler.setYAxisLogarithmic(chart.y().logarithmic());
    styler.setXAxisMin(chart.x().least());
    styler.setXAxisMax(chart.x().most());
    styler.setYAxisMin(chart.y().least());
    styler.setYAxisMax(chart.y().most());
  }

  private static void add(XYChart drawn, Line line) {
    XYSeries series = drawn.addSeries(line.name(), line.x(), line.y());
    Color color = line.ink().color();
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineWidth(2);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SeriesLines.SOLID);
    switch (line.style()) {
      case LINE -> {}
      case DASHED ->
          series.setLineStyle(
              new BasicStroke(
                  1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
      case DOTTED_LINE -> series.setMarker(SeriesMarkers.CIRCLE);
      case DOTS -> {
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
      }
      case AREA -> {
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), TINT));
      }
      default -> throw new IllegalStateException("no way to draw " + line.style());
    }
  }

  private static HorizontalBarChart bars(BarChart chart, boolean titled) {
    HorizontalBarChart drawn =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(AROUND_BARS + BAR * chart.bars().size() + (titled ? TITLE : 0))
            .title(chart.title())
            .xAxisTitle(chart.values().label())
            .yAxisTitle(chart.things().label())
            .build();
    HorizontalBarStyler styler = drawn.getStyler();
    style(styler, titled);
    styler.setLegendVisible(false);
    styler.setAvailableSpaceFill(0.7);
    styler.setPlotGridHorizontalLinesVisible(false);
    styler.setLabelsVisible(true);
    styler.setLabelsPosition(BESIDE_BARS);
    styler.setLabelsFont(SMALL);
    styler.setLabelsFontColorAutomaticEnabled(false);
    styler.setLabelsFontColor(Ink.TEXT.color());
    styler.setXAxisMaxLabelCount(Math.max(2, chart.bars().size())); // else some have no name
    scale(styler, chart);
    drawn
        .addSeries(
            chart.title(),
            chart.bars().stream().map(bar -> rounded(bar.value())).toList(),
            chart.bars().stream().map(bar -> shortened(bar.name())).toList())
        .setFillColor(chart.ink().color());
    return drawn;
  }

  /** Goes as far as the axis says, or else as the bars and the labels beside them. */
  private static void scale(HorizontalBarStyler styler, BarChart chart) {
    List<Bar> bars = chart.bars();
    double least = Math.min(0, bars.stream().mapToDouble(Bar::value).min().orElseThrow());
    double most = Math.max(0, bars.stream().mapToDouble(Bar::value).max().orElseThrow());
    double room = least == most ? 1 : BEYOND_BARS * (most - least);
    double from = least < 0 ? least - room : 0;
    double to = most > 0 || least == most ? most + room : 0;
    Axis values = chart.values();
    styler.setXAxisMin(values.least() == null ? from : values.least());
    styler.setXAxisMax(values.most() == null ? to : values.most());
  }

  /** Cuts a long name's middle out, as what tells names apart is often at their end. */
  private static String shortened(String name) {
    int half = LONGEST_NAME / 2;
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, half) + "…" + name.substring(name.length() - half + 1);
  }

  /** Three digits are as many as a bar shows, and as its label has room for. */
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }

  private static void style(AxesChartStyler styler, boolean titled) {
    styler.setChartBackgroundColor(Ink.PAPER.color());
    styler.setPlotBackgroundColor(Ink.PAPER.color());
    styler.setLegendBackgroundColor(Ink.PAPER.color());
    styler.setLegendBorderColor(Ink.PAPER.color());
    styler.setChartFontColor(Ink.TEXT.color());
    styler.setPlotBorderColor(Ink.GRID.color());
    styler.setPlotGridLinesColor(Ink.GRID.color());
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(Ink.GRID.color());
    styler.setAxisTickLabelsColor(Ink.TEXT.color());
    styler.setXAxisTitleColor(Ink.TEXT.color());
    styler.setYAxisTitleColor(Ink.TEXT.color());
    styler.setChartTitleVisible(titled);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(TITLE_FONT);
    styler.setAxisTitleFont(SMALL);
    styler.setAxisTickLabelsFont(SMALL);
    styler.setLegendFont(SMALL);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendSeriesLineLength(LEGEND_LINE);
    styler.setLegendPadding(LEGEND_GAP);
    styler.setMarkerSize(7);
    styler.setPlotMargin(0);
    styler.setPlotContentSize(0.98);
    styler.setChartPadding(PADDING);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setXAxisTickLabelsFormattingFunction(TickText::of);
  }
}
