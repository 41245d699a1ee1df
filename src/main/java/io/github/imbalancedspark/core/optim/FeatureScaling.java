package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.SymmetricSum;

/**
 * The map between scaled coordinates, in which solvers work, and coefficients on the features as
 * they are: βⱼ = b̃ⱼ/sⱼ, and β₀ = b̃_d − Σⱼ cⱼ βⱼ.
 *
 * <p>A constant feature has s = 0 and keeps the coefficient 0, as in Spark.
 *
 * <p>Dense rows are centred as they are read, which keeps the digits of a feature that is far from
 * zero. Sparse rows would lose their zeros; for them the centre is taken off the sums over the
 * rows, since Σ s (x − c) = Σ s x − c Σ s.
 *
 * @param center c, or {@code null} for no shift
 * @param centersRows whether the rows are centred, rather than the sums over them
 * @param inverseScales 1/sⱼ, one a feature; 0 for a constant one
 * @param fitIntercept whether there is an intercept; without one there must be no centre
 */
public record FeatureScaling(
    double[] center, boolean centersRows, double[] inverseScales, boolean fitIntercept) {

  public FeatureScaling {
    if (center != null && !fitIntercept) {
      throw new IllegalArgumentException("a centre needs an intercept to take it up");
    }
  }

  /** Returns the number of coordinates of a point. */
  public int dimension() {
    return inverseScales.length + (fitIntercept ? 1 : 0);
  }

  /** Returns the coefficients on the features as they are. */
  public double[] coefficients(double[] point) {
    double[] coefficients = new double[inverseScales.length];
    Vectors.multiply(point, inverseScales, coefficients);
    return coefficients;
  }

  /** Returns the intercept β₀ on the features as they are. */
  public double intercept(double[] point) {
    return intercept(point, coefficients(point));
  }

  private double intercept(double[] point, double[] coefficients) {
    double intercept = interceptAtCenter(point);
    return center == null ? intercept : intercept - Vectors.dot(center, coefficients);
  }

  /** Returns the point of these coefficients and intercept on the features as they are. */
  public double[] point(double[] coefficients, double intercept) {
    double[] point = new double[dimension()];
    double atCenter = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      point[j] = inverseScales[j] > 0 ? coefficients[j] / inverseScales[j] : 0;
      atCenter += center == null ? 0 : center[j] * coefficients[j];
    }
    if (fitIntercept) {
      point[coefficients.length] = atCenter;
    }
    return point;
  }

  private double interceptAtCenter(double[] point) {
    return fitIntercept ? point[inverseScales.length] : 0;
  }

  /** Returns what is to be subtracted from each row, or {@code null} for nothing. */
  double[] rowCenter() {
    return centersRows ? center : null;
  }

  /**
   * Writes a point's {@code coefficients}, and returns its intercept on rows less {@link
   * #rowCenter}.
   */
  double unscale(double[] point, double[] coefficients) {
    Vectors.multiply(point, inverseScales, coefficients);
    return centersRows ? interceptAtCenter(point) : intercept(point, coefficients);
  }

  /**
   * Turns the gradient in coefficients and intercept, of rows less {@link #rowCenter}, into 1/M of
   * that in scaled coordinates.
   */
  double[] gradient(double[] raw, double normalizer) {
    double[] scaled = new double[dimension()];
    double last = raw[inverseScales.length];
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (raw[j] - shift(j) * last) * scale(j) / normalizer;
    }
    return scaled;
  }

  /**
   * Turns the Hessian in coefficients and intercept, of rows less {@link #rowCenter}, into 1/M of
   * that in scaled coordinates.
   */
  double[] hessian(SymmetricSum raw, double normalizer) {
    int size = dimension();
    double[] scaled = new double[size * size];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k <= j; k++) {
        scaled[j * size + k] = centered(raw, k, j) * (scale(j) * scale(k) / normalizer);
      }
    }
    return scaled;
  }

  /**
   * Turns the Hessian's diagonal, of rows less {@link #rowCenter}, into 1/M of that in scaled
   * coordinates.
   *
   * @param withIntercept the Hessian's column of the intercept, of the same rows
   */
  double[] diagonal(double[] raw, double[] withIntercept, double normalizer) {
    double[] scaled = new double[dimension()];
    double last = raw[inverseScales.length];
    for (int j = 0; j < scaled.length; j++) {
      double centered = raw[j] - shift(j) * (2 * withIntercept[j] - shift(j) * last);
      scaled[j] = centered * scale(j) * scale(j) / normalizer;
    }
    return scaled;
  }

  private double centered(SymmetricSum raw, int k, int j) {
    int last = inverseScales.length;
    return raw.get(k, j)
        - shift(j) * raw.get(k, last)
        - shift(k) * raw.get(j, last)
        + shift(j) * shift(k) * raw.get(last, last);
  }

  /** Returns what is still to be subtracted from a coordinate's feature. */
  private double shift(int coordinate) {
    return center == null || centersRows || coordinate == center.length ? 0 : center[coordinate];
  }

  private double scale(int coordinate) {
    return coordinate < inverseScales.length ? inverseScales[coordinate] : 1;
  }
}
