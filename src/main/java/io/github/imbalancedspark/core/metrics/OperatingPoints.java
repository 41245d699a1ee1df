package io.github.imbalancedspark.core.metrics;

/** What can be had at the best threshold under a constraint, or in the top of the ranking. */
final class OperatingPoints {

  private OperatingPoints() {}

  /** Returns the highest recall where precision ≥ {@code least}; 0 if that is nowhere. */
  static double recallAtPrecision(ScoreCurve curve, double least) {
    double all = curve.positiveWeight();
    double tp = 0;
    double fp = 0;
    double best = 0;
    for (int i = 0; i < curve.size(); i++) {
      tp += curve.positive(i);
      fp += curve.negative(i);
      if (tp / (tp + fp) >= least) {
        best = tp / all;
      }
    }
    return best;
  }

  /** Returns the highest precision where recall ≥ {@code least}. */
  static double precisionAtRecall(ScoreCurve curve, double least) {
    if (least == 0) {
      return 1; // predicting nothing has recall 0, and by convention precision 1
    }
    double all = curve.positiveWeight();
    double tp = 0;
    double fp = 0;
    double best = 0;
    for (int i = 0; i < curve.size(); i++) {
      tp += curve.positive(i);
      fp += curve.negative(i);
      if (tp / all >= least) {
        best = Math.max(best, tp / (tp + fp));
      }
    }
    return best;
  }

  /** Returns the highest recall where the false positive rate is ≤ {@code most}. */
  static double recallAtFpr(ScoreCurve curve, double most) {
    double allPositives = curve.positiveWeight();
    double allNegatives = curve.negativeWeight();
    double tp = 0;
    double fp = 0;
    for (int i = 0; i < curve.size(); i++) {
      fp += curve.negative(i);
      if (fp / allNegatives > most) {
        break;
      }
      tp += curve.positive(i);
    }
    return tp / allPositives;
  }

  /**
   * Returns the confusion matrix of predicting 1 for the rows with the highest scores, up to a
   * weight. The bin in which that weight is reached counts in proportion, the mean over all orders
   * of its rows.
   */
  static ConfusionMatrix top(ScoreCurve curve, double weight) {
    double left = weight;
    double tp = 0;
    double fp = 0;
    for (int i = 0; i < curve.size() && left > 0; i++) {
      double inBin = curve.positive(i) + curve.negative(i);
      double taken = Math.min(1, left / inBin);
      tp += taken * curve.positive(i);
      fp += taken * curve.negative(i);
      left -= inBin;
    }
    return new ConfusionMatrix(tp, fp, curve.negativeWeight() - fp, curve.positiveWeight() - tp);
  }
}
