package io.github.imbalancedspark.core.metrics;

import io.github.imbalancedspark.core.metrics.CutOffs.CutOff;
import io.github.imbalancedspark.core.metrics.CutOffs.Tie;
import java.util.function.ToDoubleFunction;

/**
 * A rate to raise as far as the bound on another one allows. Predicting nothing keeps every upper
 * bound, and helps nobody, so it does not count.
 *
 * @param raised the rate to raise
 * @param bounded the other one
 * @param atLeast whether {@code bound} is the least it may be, or the most
 * @param bound the bound, which sums of weights may miss by 1e-12, relative
 */
record BoundedRate(Rate raised, Rate bounded, boolean atLeast, double bound) {

  static final Rate PRECISION = new Rate("precision", ConfusionMatrix::precision);
  static final Rate RECALL = new Rate("recall", ConfusionMatrix::recall);
  static final Rate FALSE_POSITIVE_RATE =
      new Rate("false positive rate", c -> c.negatives() == 0 ? 0 : c.fp() / c.negatives());

  /** A figure of a confusion matrix. */
  record Rate(String name, ToDoubleFunction<ConfusionMatrix> formula) {
    double of(ConfusionMatrix confusion) {
      return formula.applyAsDouble(confusion);
    }
  }

  static BoundedRate recallAtPrecision(double least) {
    return new BoundedRate(RECALL, PRECISION, true, least);
  }

  static BoundedRate precisionAtRecall(double least) {
    return new BoundedRate(PRECISION, RECALL, true, least);
  }

  static BoundedRate recallAtFpr(double most) {
    return new BoundedRate(RECALL, FALSE_POSITIVE_RATE, false, most);
  }

  /** As many alerts a day as may be. */
  static BoundedRate alertsPerDay(double most, double days) {
    Rate alerts = new Rate("mean number of alerts a day", c -> (c.tp() + c.fp()) / days);
    return new BoundedRate(alerts, alerts, false, most);
  }

  private boolean allows(ConfusionMatrix confusion) {
    double value = bounded.of(confusion);
    double room = CutOffs.ROUNDING * bound;
    return atLeast ? value >= bound - room : value <= bound + room;
  }

  /**
   * Returns the best cut-off that keeps the bound, or {@code null} if none does.
   *
   * @param last the most bins that may be predicted positive
   */
  CutOff best(ScoreCurve curve, int last) {
    // With equal recall, fewer alerts are better; with equal precision, more recall.
    Tie tie = raised.equals(PRECISION) ? Tie.MOST : Tie.FEWEST;
    return CutOffs.best(curve, 1, last, tie, c -> allows(c) ? raised.of(c) : Double.NaN);
  }

  /** Returns the cut-off that comes nearest to the bound, or {@code null} if there is none. */
  CutOff nearest(ScoreCurve curve, int last) {
    return CutOffs.best(curve, 1, last, Tie.MOST, c -> atLeast ? bounded.of(c) : -bounded.of(c));
  }

  /** Returns how far the rate can be raised; 0 if the bound cannot be kept. */
  double value(ScoreCurve curve) {
    if (atLeast && bound == 0 && raised.equals(PRECISION)) {
      return 1; // predicting nothing has recall 0, and by convention precision 1
    }
    CutOff best = best(curve, curve.size());
    return best == null ? 0 : raised.of(best.confusion());
  }

  /** Returns the bound in words. */
  String inWords() {
    return String.format("%s %s %s", bounded.name(), atLeast ? ">=" : "<=", bound);
  }
}
