package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;

/**
 * The weight of the rows by what they are and what they were taken for, and the metrics of it. As
 * in scikit-learn, a ratio without anything to divide by is 0.
 *
 * @param tp positives predicted positive
 * @param fp negatives predicted positive
 * @param tn negatives predicted negative
 * @param fn positives predicted negative
 */
public record ConfusionMatrix(double tp, double fp, double tn, double fn) implements Serializable {

  /** Returns the weight of the positives, tp + fn. */
  public double positives() {
    return tp + fn;
  }

  /** Returns the weight of the negatives, tn + fp. */
  public double negatives() {
    return tn + fp;
  }

  /** Returns the weight of all rows. */
  public double total() {
    return positives() + negatives();
  }

  /** Returns tp / (tp + fp). */
  public double precision() {
    return ratio(tp, tp + fp);
  }

  /**
   * Returns the precision among rows of which the share {@code prevalence} is positive, if recall
   * and specificity are the same there: recall · π / (recall · π + (1 − specificity)(1 − π)).
   */
  public double precisionAtPrevalence(double prevalence) {
    double found = recall() * prevalence;
    return ratio(found, found + ratio(fp, negatives()) * (1 - prevalence));
  }

  /** Returns tp / (tp + fn), the true positive rate. */
  public double recall() {
    return ratio(tp, positives());
  }

  /** Returns tn / (tn + fp), the true negative rate. */
  public double specificity() {
    return ratio(tn, negatives());
  }

  /** Returns (tp + tn) / all. */
  public double accuracy() {
    return ratio(tp + tn, total());
  }

  /** Returns the harmonic mean of precision and recall. */
  public double f1() {
    return fBeta(1);
  }

  /**
   * Returns (1 + β²) tp / ((1 + β²) tp + β² fn + fp): recall counts β times as much as precision.
   */
  public double fBeta(double beta) {
    double square = beta * beta;
    return ratio((1 + square) * tp, (1 + square) * tp + square * fn + fp);
  }

  /** Returns the mean of recall and specificity. */
  public double balancedAccuracy() {
    return (recall() + specificity()) / 2;
  }

  /** Returns the geometric mean of recall and specificity. */
  public double geometricMean() {
    return Math.sqrt(recall() * specificity());
  }

  /** Returns Matthews' correlation of truth and prediction, in [-1, 1]; 0 if either is constant. */
  public double mcc() {
    // In the unit of the total's power of two, which changes no digit, no product of two weights
    // is out of a double's range.
    int unit = -Math.getExponent(total());
    double hits = Math.scalb(tp, unit);
    double alarms = Math.scalb(fp, unit);
    double passes = Math.scalb(tn, unit);
    double misses = Math.scalb(fn, unit);
    double root =
        Math.sqrt((hits + alarms) * (passes + misses))
            * Math.sqrt((hits + misses) * (passes + alarms));
    return ratio(hits * passes - alarms * misses, root);
  }

  private static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }
}
