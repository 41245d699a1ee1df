package io.github.imbalancedspark.core.metrics;

import java.util.function.ToDoubleFunction;

/**
 * The cut-offs of a curve. Cut-off k predicts positive the rows of the first k bins, so that 0
 * predicts none and the curve's size all.
 */
final class CutOffs {

  /**
   * Cut-offs whose worth differs by less, relative, are equally good: so small a difference may
   * come from the order in which weights were summed.
   */
  static final double ROUNDING = 1e-12;

  private CutOffs() {}

  /** Which of the equally good cut-offs is taken. */
  enum Tie {
    /** The one with the fewest rows predicted positive. */
    FEWEST,
    /** The one with the most. */
    MOST
  }

  /** A cut-off. */
  record CutOff(int bins, ConfusionMatrix confusion) {}

  /** Looks at a cut-off. */
  private interface Look {
    void at(int bins, ConfusionMatrix confusion);
  }

  private static void sweep(ScoreCurve curve, int first, int last, Look look) {
    double positives = curve.positiveWeight();
    double negatives = curve.negativeWeight();
    double tp = 0;
    double fp = 0;
    for (int bins = 0; bins <= last; bins++) {
      if (bins > 0) {
        tp += curve.positive(bins - 1);
        fp += curve.negative(bins - 1);
      }
      if (bins >= first) {
        look.at(bins, new ConfusionMatrix(tp, fp, negatives - fp, positives - tp));
      }
    }
  }

  /**
   * Returns the best of the cut-offs from {@code first} to {@code last}, or {@code null} if none is
   * allowed.
   *
   * @param worth what a cut-off is worth, the larger the better; NaN where it is not allowed
   */
  static CutOff best(
      ScoreCurve curve, int first, int last, Tie tie, ToDoubleFunction<ConfusionMatrix> worth) {
    double[] most = {Double.NEGATIVE_INFINITY};
    sweep(curve, first, last, (bins, confusion) -> most[0] = larger(most[0], worth, confusion));
    double enough = most[0] - ROUNDING * Math.abs(most[0]);
    CutOff[] best = {null};
    sweep(
        curve,
        first,
        last,
        (bins, confusion) -> {
          if ((best[0] == null || tie == Tie.MOST) && worth.applyAsDouble(confusion) >= enough) {
            best[0] = new CutOff(bins, confusion);
          }
        });
    return best[0];
  }

  private static double larger(
      double most, ToDoubleFunction<ConfusionMatrix> worth, ConfusionMatrix confusion) {
    double value = worth.applyAsDouble(confusion);
    return value > most ? value : most;
  }

  /**
   * Returns the threshold of a cut-off on probabilities, to be compared with strictly: half-way
   * between the lowest score above it and the highest below, 1 and 0 standing in where there is no
   * score. So it is the same when scores differ in their last digits. It is the highest score below
   * where no number lies between, and where the bin above joins several scores, the lowest of which
   * is not known.
   */
  static double threshold(ScoreCurve curve, int bins) {
    double above = bins == 0 ? 1 : curve.score(bins - 1);
    double below = bins == curve.size() ? 0 : curve.score(bins);
    double middle = below + (above - below) / 2;
    boolean known = bins == 0 || !curve.isJoined(bins - 1);
    return known && middle < above ? middle : below;
  }
}
