package io.github.imbalancedspark.report;

/** A drawing of numbers, described; {@link ChartPainter} draws it. */
public sealed interface Chart extends Block permits LineChart, BarChart {

  /** Returns what its file is called, without an ending; no two charts of a page share it. */
  String file();

  /** Returns the chart as a PNG image for light pages, title and all. */
  default byte[] toPng() {
    return ChartImage.png(this);
  }
}
