package io.github.imbalancedspark.core.sampling;

import java.io.Serializable;

/**
 * Standard deviations of features, row by row and part by part (Welford 1962; Chan, Golub, LeVeque
 * 1979).
 */
public final class Deviations implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] squares;
  private long rows;

  /** Makes those of no rows yet. */
  public Deviations(int features) {
    means = new double[features];
    squares = new double[features];
  }

  /** Adds a row. */
  public void add(double[] values) {
    rows++;
    double share = 1.0 / rows;
    for (int j = 0; j < means.length; j++) {
      double delta = values[j] - means[j];
      double mean = means[j] + delta * share;
      squares[j] = squares[j] + delta * (values[j] - mean);
      means[j] = mean;
    }
  }

  /** Adds the rows that others have seen, of as many features. */
  public void merge(Deviations that) {
    double share = (double) that.rows / (rows + that.rows);
    for (int j = 0; j < means.length; j++) {
      double delta = that.means[j] - means[j];
      means[j] += delta * share;
      squares[j] += that.squares[j] + delta * delta * share * rows;
    }
    rows += that.rows;
  }

  /** Returns the number of features. */
  public int features() {
    return means.length;
  }

  /** Returns the standard deviations, unbiased; NaN where there was a NaN or an infinity. */
  public double[] standard() {
    double[] deviations = new double[squares.length];
    for (int j = 0; j < deviations.length; j++) {
      deviations[j] = rows > 1 ? Math.sqrt(squares[j] / (rows - 1)) : 0;
    }
    return deviations;
  }
}
