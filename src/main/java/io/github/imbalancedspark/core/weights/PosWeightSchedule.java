package io.github.imbalancedspark.core.weights;

/**
 * How the weight of the positive class changes from epoch to epoch of one training, and when the
 * training has seen enough. Before an epoch it is asked for {@link #posWeight}, after it it is told
 * the metric on the validation rows:
 *
 * <pre>{@code
 * for (int epoch = 0; epoch < maxEpochs && !schedule.exhausted(); epoch++) {
 *   double metric = train(schedule.posWeight());
 *   schedule.tell(metric);
 * }
 * }</pre>
 *
 * <p>An epoch is a new best when its metric is strictly better than all before. After {@code
 * patience} epochs in a row without one a schedule is exhausted; the plateau first goes up all its
 * steps. Without validation rows the metric is NaN and no schedule ever is.
 */
public abstract class PosWeightSchedule {

  private final boolean largerIsBetter;
  private final int patience;
  private double best = Double.NaN;
  private int epoch;
  private int epochsWithoutBest;

  private PosWeightSchedule(int patience, boolean largerIsBetter) {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be >= 1, but is " + patience);
    }
    this.patience = patience;
    this.largerIsBetter = largerIsBetter;
  }

  /**
   * Returns the schedule that stays at {@code base}.
   *
   * @param base finite and &gt; 0
   * @param patience epochs without a new best that exhaust it, ≥ 1
   * @param largerIsBetter whether the metric grows as the model gets better
   */
  public static PosWeightSchedule constant(double base, int patience, boolean largerIsBetter) {
    requireWeight("the base", base);
    return new PosWeightSchedule(patience, largerIsBetter) {
      @Override
      public double posWeight() {
        return base;
      }
    };
  }

  /**
   * Returns the schedule base · (1 − e/E) in epoch e = 0, 1, … E−1.
   *
   * @param base finite and &gt; 0
   * @param maxEpochs E ≥ 1
   * @param patience epochs without a new best that exhaust it, ≥ 1
   * @param largerIsBetter whether the metric grows as the model gets better
   */
  public static PosWeightSchedule linearDecay(
      double base, int maxEpochs, int patience, boolean largerIsBetter) {
    requireWeight("the base", base);
    return new PosWeightSchedule(patience, largerIsBetter) {
      @Override
      public double posWeight() {
        return base * (1 - Math.min(epoch(), maxEpochs - 1) / (double) maxEpochs);
      }
    };
  }

  /**
   * Returns the schedule that starts at {@code base} and grows by the factor {@code growth}, up to
   * {@code most}, whenever {@code patience} epochs in a row brought no new best. It is exhausted
   * when that happens at {@code most}.
   *
   * @param base finite and &gt; 0
   * @param growth finite and &gt; 1
   * @param most finite and ≥ base
   * @param patience epochs, ≥ 1
   * @param largerIsBetter whether the metric grows as the model gets better
   */
  public static PosWeightSchedule plateau(
      double base, double growth, double most, int patience, boolean largerIsBetter) {
    return new Plateau(base, growth, most, patience, largerIsBetter);
  }

  private static void requireWeight(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " of a pos_weight schedule must be finite and > 0, but is " + value);
    }
  }

  /** Returns the weight of the epoch that comes next. */
  public abstract double posWeight();

  /**
   * Ends an epoch.
   *
   * @param metric its metric on the validation rows; NaN if there are none
   * @return whether it is the best so far; without validation rows every epoch is
   */
  public final boolean tell(double metric) {
    epoch++;
    boolean isBest =
        Double.isNaN(best)
            || Double.isNaN(metric)
            || (largerIsBetter ? metric > best : metric < best);
    if (isBest) {
      best = metric;
      epochsWithoutBest = 0;
    } else {
      epochsWithoutBest++;
      if (epochsWithoutBest >= patience && grow()) {
        epochsWithoutBest = 0;
      }
    }
    return isBest;
  }

  /** Returns whether patience has run out, and there is nothing left to change. */
  public final boolean exhausted() {
    return epochsWithoutBest >= patience;
  }

  /** Changes the weight because patience has run out, and returns whether it could. */
  boolean grow() {
    return false;
  }

  /** Returns how many epochs have ended. */
  final int epoch() {
    return epoch;
  }

  private static final class Plateau extends PosWeightSchedule {
    private final double growth;
    private final double most;
    private double weight;

    Plateau(double base, double growth, double most, int patience, boolean largerIsBetter) {
      super(patience, largerIsBetter);
      requireWeight("the base", base);
      requireWeight("the largest weight", most);
      if (!(growth > 1) || Double.isInfinite(growth)) {
        throw new IllegalArgumentException(
            "the growth of a pos_weight schedule must be finite and > 1, but is " + growth);
      }
      if (most < base) {
        throw new IllegalArgumentException(
            String.format(
                "the largest weight of a pos_weight schedule, %s, is below its base, %s",
                most, base));
      }
      this.growth = growth;
      this.most = most;
      this.weight = base;
    }

    @Override
    public double posWeight() {
      return weight;
    }

    @Override
    boolean grow() {
      double before = weight;
      weight = Math.min(weight * growth, most);
      return weight > before;
    }
  }
}
