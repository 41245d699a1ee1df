package io.github.imbalancedspark.core.metrics;

/**
 * A fixed hierarchy of cells over all scores. On level 0 every score is a cell of its own; each
 * further level joins two neighbouring cells. Cells are fine near 0 and, mirrored, near 1, where
 * probabilities crowd, and grow with the distance from both. As the hierarchy does not depend on
 * the data, curves from different rows fit together whatever was compressed when.
 */
final class ScoreGrid {

  static final int LEVELS = 65;

  private static final long HALF = Double.doubleToLongBits(0.5);
  private static final long ONE = Double.doubleToLongBits(1);

  private ScoreGrid() {}

  /** Returns the number of a score's cell on level 1; it never falls as the score rises. */
  private static long cell(double score) {
    if (score < 0) {
      return -(Double.doubleToLongBits(-score) >> 1);
    }
    if (score <= 0.5) {
      return Double.doubleToLongBits(score) >> 1;
    }
    if (score <= 1) {
      return HALF - (Double.doubleToLongBits(1 - score) >> 1);
    }
    return HALF + ((Double.doubleToLongBits(score) - ONE) >> 1);
  }

  /** Returns the lowest level on which two different scores share a cell; 65 if none. */
  static int meetingLevel(double a, double b) {
    return LEVELS - Long.numberOfLeadingZeros(cell(a) ^ cell(b));
  }
}
