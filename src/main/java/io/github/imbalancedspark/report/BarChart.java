package io.github.imbalancedspark.report;

import java.util.List;

/**
 * A bar for each of some things, from left to right, the first on top.
 *
 * @param file what its file is called, without an ending
 * @param title what the chart shows
 * @param things what has a bar, by the axis beside the bars
 * @param values the axis along the bars
 * @param bars the bars
 * @param ink their colour
 * @param note a sentence that stands below, or {@code null}
 */
public record BarChart(
    String file, String title, Axis things, Axis values, List<Bar> bars, Ink ink, String note)
    implements Chart {

  /**
   * A bar.
   *
   * @param name what it stands for
   * @param value how long it is, finite
   */
  public record Bar(String name, double value) {}

  public BarChart {
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("chart '" + title + "' shows nothing");
    }
  }
}
