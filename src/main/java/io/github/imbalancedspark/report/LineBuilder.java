package io.github.imbalancedspark.report;

import java.util.Arrays;

/**
 * Gathers the points of a line, of any number, into at most {@value #COLUMNS} × 4, and no eye can
 * tell: of the points in one of so many columns the first and the last, the lowest and the highest
 * are kept.
 */
public final class LineBuilder {

  /** More than a chart is wide in pixels. */
  private static final int COLUMNS = 500;

  private final double least;
  private final double most;
  private double[] x = new double[64];
  private double[] y = new double[64];
  private int size;
  private int column = -1;
  private int inColumn;
  private final double[][] kept = new double[4][];

  /**
   * Starts a line.
   *
   * @param least the least x that will come
   * @param most the largest
   */
  public LineBuilder(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /** Adds a point, whose x is no less than that of the one before. */
  public void add(double px, double py) {
    int c = most > least ? (int) (COLUMNS * (px - least) / (most - least)) : 0;
    double[] point = {px, py, inColumn};
    if (c != column) {
      flush();
      column = c;
      inColumn = 0;
      point[2] = 0;
      Arrays.fill(kept, point);
    }
    inColumn++;
    kept[1] = py < kept[1][1] ? point : kept[1];
    kept[2] = py > kept[2][1] ? point : kept[2];
    kept[3] = point;
  }

  /** Moves the column's points to the line, in the order in which they came, each once. */
  private void flush() {
    if (inColumn == 0) {
      return;
    }
    Arrays.sort(kept, (a, b) -> Double.compare(a[2], b[2]));
    double[] before = null;
    for (double[] point : kept) {
      if (point != before) {
        append(point);
      }
      before = point;
    }
  }

  private void append(double[] point) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = point[0];
    y[size++] = point[1];
  }

  /** Returns the line; no point can be added afterwards. */
  public Line build(String name, Line.Style style, Ink ink) {
    flush();
    inColumn = 0;
    return new Line(name, style, ink, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
  }
}
