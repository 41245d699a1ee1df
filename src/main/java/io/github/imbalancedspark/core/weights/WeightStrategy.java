package io.github.imbalancedspark.core.weights;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a class weighs for its count n_c, before normalization; N = Σ n_c over the K classes. Counts
 * may be sums of row weights, so they need not be whole.
 */
public sealed interface WeightStrategy {

  /**
   * Returns the weight of one class, which is infinite or NaN where the count allows none.
   *
   * @param label the class
   * @param count n_c
   * @param total N
   * @param classes K
   */
  double weight(double label, double count, double total, int classes);

  /** Returns the normalization that goes with this strategy unless another is asked for. */
  Normalization defaultNormalization();

  /** N / (K n_c): every class then weighs the same in all, and the rows weigh N. */
  record InverseFrequency() implements WeightStrategy {

    @Override
    public double weight(double label, double count, double total, int classes) {
      return total / (classes * count);
    }

    @Override
    public Normalization defaultNormalization() {
      return Normalization.NONE;
    }
  }

  /**
   * N / (K (n_c + ε)): finite for a count of 0.
   *
   * @param epsilon ε, finite and &gt; 0
   */
  record SmoothedInverseFrequency(double epsilon) implements WeightStrategy {

    public SmoothedInverseFrequency {
      if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
        throw new IllegalArgumentException(
            "epsilon: is " + epsilon + "; it must be finite and > 0");
      }
    }

    @Override
    public double weight(double label, double count, double total, int classes) {
      return total / (classes * (count + epsilon));
    }

    @Override
    public Normalization defaultNormalization() {
      return Normalization.SUM_TO_ONE;
    }
  }

  /**
   * (1−β) / (1−β^n_c), one over the effective number of samples (Cui et al., CVPR 2019).
   *
   * @param beta β in [0, 1), or empty for the automatic one, (N−1)/N
   */
  record EffectiveNumber(OptionalDouble beta) implements WeightStrategy {

    public EffectiveNumber {
      if (beta.isPresent() && !(beta.getAsDouble() >= 0 && beta.getAsDouble() < 1)) {
        throw new IllegalArgumentException(
            "beta: is " + beta.getAsDouble() + "; it must lie in [0, 1)");
      }
    }

    @Override
    public double weight(double label, double count, double total, int classes) {
      double complement = beta.isPresent() ? 1 - beta.getAsDouble() : 1 / total;
      if (complement > 1) {
        throw new IllegalArgumentException(
            String.format(
                "beta: is automatic, (N-1)/N, and the classes weigh only N = %s in all; set beta to"
                    + " a number in [0, 1)",
                total));
      }
      return complement / -Math.expm1(count * Math.log1p(-complement));
    }

    @Override
    public Normalization defaultNormalization() {
      return Normalization.SUM_TO_ONE;
    }
  }

  /**
   * A given weight for each class.
   *
   * @param weights class → weight, finite and &gt; 0; classes that are never met are ignored
   */
  record Custom(SortedMap<Double, Double> weights) implements WeightStrategy {

    public Custom {
      for (Map.Entry<Double, Double> entry : weights.entrySet()) {
        if (!(entry.getValue() > 0) || entry.getValue().isInfinite()) {
          throw new IllegalArgumentException(
              String.format(
                  "customWeights: class %s has the weight %s; weights must be finite and > 0",
                  entry.getKey(), entry.getValue()));
        }
      }
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }

    @Override
    public double weight(double label, double count, double total, int classes) {
      Double weight = weights.get(label);
      if (weight == null) {
        throw new IllegalArgumentException(
            String.format(
                "customWeights: there is no weight for class %s, only for %s; add one",
                label, weights.keySet()));
      }
      return weight;
    }

    @Override
    public Normalization defaultNormalization() {
      return Normalization.NONE;
    }
  }
}
