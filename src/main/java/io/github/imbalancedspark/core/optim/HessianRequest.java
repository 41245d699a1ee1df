package io.github.imbalancedspark.core.optim;

import java.io.Serializable;

/**
 * Which second derivatives a solver wants beside value and gradient.
 *
 * @param kind none, the diagonal, the whole matrix, or rows to make it of
 * @param rows about how many rows the Hessian may be estimated from; {@link Long#MAX_VALUE} for all
 * @param draw number of the draw of rows: each draws others
 */
public record HessianRequest(Kind kind, long rows, int draw) implements Serializable {

  /** What there is to want. */
  public enum Kind {
    /** No second derivatives. */
    NONE,
    /** The diagonal of the Hessian. */
    DIAGONAL,
    /** The whole Hessian. */
    MATRIX,
    /** A sample of rows, of which the Hessian is to be made. */
    ROWS
  }

  /** Nothing. */
  public static final HessianRequest NONE = new HessianRequest(Kind.NONE, 0, 0);

  /** The exact diagonal. */
  public static final HessianRequest DIAGONAL =
      new HessianRequest(Kind.DIAGONAL, Long.MAX_VALUE, 0);

  /** The exact matrix. */
  public static final HessianRequest EXACT = new HessianRequest(Kind.MATRIX, Long.MAX_VALUE, 0);

  /**
   * Returns a request for the matrix, estimated from about {@code rows} rows that are drawn in
   * proportion to their curvature.
   */
  public static HessianRequest sampled(long rows) {
    return new HessianRequest(Kind.MATRIX, rows, 0);
  }

  /** Returns a request for about {@code rows} rows, fewer where some have much of the curvature. */
  public static HessianRequest rows(long rows, int draw) {
    return new HessianRequest(Kind.ROWS, rows, draw);
  }
}
