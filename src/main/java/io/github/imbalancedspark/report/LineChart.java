package io.github.imbalancedspark.report;

import java.util.List;

/**
 * Lines and dots over two axes.
 *
 * @param file what its file is called, without an ending
 * @param title what the chart shows
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines what is drawn, the last on top
 * @param note a sentence that stands below, or {@code null}
 */
public record LineChart(String file, String title, Axis x, Axis y, List<Line> lines, String note)
    implements Chart {

  public LineChart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("chart '" + title + "' shows nothing");
    }
  }
}
