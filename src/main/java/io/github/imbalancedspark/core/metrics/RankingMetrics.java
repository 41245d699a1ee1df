package io.github.imbalancedspark.core.metrics;

/**
 * What a score curve says about the order of the rows, whatever the threshold. Each value is NaN
 * where a class without weight leaves it undefined.
 *
 * <p>With bins b from the highest score down, p and n a bin's weight of positives and negatives, T
 * and F their sums over the bins before it, P and N over all:
 *
 * <ul>
 *   <li>ROC AUC = Σ n ((T + p/2) / P) / N, the probability that a positive scores above a negative,
 *       ties counting half. In a bin that joins several scores the true order may put all, or none,
 *       of its positives above its negatives, so the error is at most Σ p n / (2 P N) over such
 *       bins.
 *   <li>Average precision = Σ p (T + p) / (T + p + F + n) / P, the step sum. In a bin that joins
 *       several scores, the true sum is largest with all positives first, p (T + p) / (T + p + F),
 *       and least with all negatives first, p − (F + n) ln(1 + p / (T + F + n)) in the limit of
 *       ever smaller rows. The error is at most the larger of the two distances, each summed over
 *       such bins.
 *   <li>KS = max (T/P − F/N) over all thresholds, the one-sided Kolmogorov–Smirnov statistic: 0
 *       when positives score lower throughout.
 * </ul>
 *
 * @param rocAuc area under the ROC curve
 * @param rocAucError how far at most it is off; 0 on an exact curve
 * @param averagePrecision area under the steps of precision over recall
 * @param averagePrecisionError how far at most it is off; 0 on an exact curve
 * @param ks how far at most the true positive rate is above the false positive rate
 */
public record RankingMetrics(
    double rocAuc,
    double rocAucError,
    double averagePrecision,
    double averagePrecisionError,
    double ks) {

  /**
   * Computes the metrics in one sweep over {@code curve}. No two weights are multiplied, whose
   * product may be out of a double's range.
   */
  public static RankingMetrics of(ScoreCurve curve) {
    double allPositives = curve.positiveWeight();
    double allNegatives = curve.negativeWeight();
    double truePositives = 0;
    double falsePositives = 0;
    double area = 0;
    double areaError = 0;
    double steps = 0;
    double stepsAbove = 0;
    double stepsBelow = 0;
    double ks = 0;
    for (int i = 0; i < curve.size(); i++) {
      double p = curve.positive(i);
      double n = curve.negative(i);
      area += n * ((truePositives + p / 2) / allPositives);
      if (p > 0) {
        double step = p * ((truePositives + p) / (truePositives + p + falsePositives + n));
        steps += step;
        if (curve.isJoined(i)) {
          areaError += n * (p / allPositives / 2);
          stepsAbove += p * ((truePositives + p) / (truePositives + p + falsePositives)) - step;
          stepsBelow += step - leastSteps(truePositives, falsePositives, p, n);
        }
      }
      truePositives += p;
      falsePositives += n;
      ks = Math.max(ks, truePositives / allPositives - falsePositives / allNegatives);
    }
    boolean both = allPositives > 0 && allNegatives > 0;
    return new RankingMetrics(
        both ? area / allNegatives : Double.NaN,
        both ? areaError / allNegatives : Double.NaN,
        allPositives > 0 ? steps / allPositives : Double.NaN,
        allPositives > 0 ? Math.max(stepsAbove, stepsBelow) / allPositives : Double.NaN,
        both ? ks : Double.NaN);
  }

  private static double leastSteps(
      double truePositives, double falsePositives, double p, double n) {
    double before = truePositives + falsePositives + n;
    return before == 0 ? p : p - (falsePositives + n) * Math.log1p(p / before);
  }
}
