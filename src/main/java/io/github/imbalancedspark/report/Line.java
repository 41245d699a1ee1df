package io.github.imbalancedspark.report;

/**
 * Points of a {@link LineChart}, and how they are shown.
 *
 * @param name what the legend calls it
 * @param style how it is drawn
 * @param ink its colour
 * @param x positions along the x axis, finite
 * @param y values, finite, as many
 */
public record Line(String name, Style style, Ink ink, double[] x, double[] y) {

  /** How points are shown. */
  public enum Style {
    /** A line through the points. */
    LINE,
    /** A dashed line through the points. */
    DASHED,
    /** A line and a dot on each point. */
    DOTTED_LINE,
    /** The points alone. */
    DOTS,
    /** A line, and a tint below it. */
    AREA
  }

  public Line {
    if (x.length == 0 || x.length != y.length) {
      throw new IllegalArgumentException(
          String.format(
              "line '%s' needs as many x as y and at least one, but has %d and %d",
              name, x.length, y.length));
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new IllegalArgumentException(
            String.format("line '%s' has the point (%s, %s), which is nowhere", name, x[i], y[i]));
      }
    }
  }

  /** Returns a straight line from one point to another. */
  public static Line straight(
      String name, Style style, Ink ink, double x1, double y1, double x2, double y2) {
    return new Line(name, style, ink, new double[] {x1, x2}, new double[] {y1, y2});
  }

  /** Returns a single dot. */
  public static Line dot(String name, Ink ink, double x, double y) {
    return new Line(name, Style.DOTS, ink, new double[] {x}, new double[] {y});
  }
}
