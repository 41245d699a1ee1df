package io.github.imbalancedspark.core.metrics;

/** What is found in the top of the ranking. */
final class TopRows {

  private TopRows() {}

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
