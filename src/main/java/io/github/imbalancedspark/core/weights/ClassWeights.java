package io.github.imbalancedspark.core.weights;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns class counts into class weights. */
public final class ClassWeights {

  private ClassWeights() {}

  /**
   * Returns class → weight.
   *
   * @param counts class → count or summed row weight, finite and ≥ 0; two classes or more
   * @throws IllegalArgumentException if there are fewer than two classes, or if one of them has no
   *     finite positive weight: a count of 0 has one only under smoothed and custom weights
   */
  public static SortedMap<Double, Double> of(
      SortedMap<Double, Double> counts, WeightStrategy strategy, Normalization normalization) {
    int classes = counts.size();
    if (classes < 2) {
      throw new IllegalArgumentException(
          "class weights need two classes or more, but there are only the classes "
              + counts.keySet());
    }
    double total = 0;
    for (Map.Entry<Double, Double> entry : counts.entrySet()) {
      requireCount(entry.getKey(), entry.getValue());
      total += entry.getValue();
    }
    SortedMap<Double, Double> weights = new TreeMap<>();
    double weightSum = 0;
    double rowWeightSum = 0;
    for (Map.Entry<Double, Double> entry : counts.entrySet()) {
      double count = entry.getValue();
      double weight = strategy.weight(entry.getKey(), count, total, classes);
      requireWeight(entry.getKey(), count, weight);
      weights.put(entry.getKey(), weight);
      weightSum += weight;
      rowWeightSum += count * weight;
    }
    double factor = normalization.factor(weightSum, rowWeightSum, total, classes);
    weights.replaceAll((label, weight) -> weight * factor);
    return weights;
  }

  private static void requireCount(double label, double count) {
    if (!(count >= 0) || Double.isInfinite(count)) {
      throw new IllegalArgumentException(
          String.format("class %s has the count %s; counts must be finite and >= 0", label, count));
    }
  }

  private static void requireWeight(double label, double count, double weight) {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          String.format(
              "class %s has the count %s and so no finite positive weight under this strategy; drop"
                  + " the class, or use smoothed or custom weights",
              label, count));
    }
  }
}
