package io.github.imbalancedspark.jobs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Weights that a person gave by class names, for classes that are numbered. */
final class CustomWeights {

  private CustomWeights() {}

  /**
   * Returns class number → weight.
   *
   * @param given class name → weight
   * @param names the classes' names, in the order of their numbers 0, 1, …
   * @throws IllegalArgumentException if a name is none of the classes
   */
  static Map<Double, Double> of(Map<String, Double> given, List<String> names) {
    Map<Double, Double> weights = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            throw new IllegalArgumentException(
                String.format(
                    "custom-weights: there is no class '%s'; the classes are %s",
                    name, String.join(", ", names)));
          }
          weights.put((double) names.indexOf(name), value);
        });
    return weights;
  }
}
