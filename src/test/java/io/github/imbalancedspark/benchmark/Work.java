package io.github.imbalancedspark.benchmark;

import java.util.EnumMap;
import java.util.Map;

/** How many units of each cost something takes, one after another. */
final class Work {

  private final Map<Cost, Double> units = new EnumMap<>(Cost.class);

  Work add(Cost cost, double count) {
    units.merge(cost, count, Double::sum);
    return this;
  }

  Work add(Work other) {
    other.units.forEach(this::add);
    return this;
  }

  double of(Cost cost) {
    return units.getOrDefault(cost, 0.0);
  }

  double seconds(Map<Cost, Double> constants) {
    double seconds = 0;
    for (Map.Entry<Cost, Double> unit : units.entrySet()) {
      seconds += unit.getValue() * constants.getOrDefault(unit.getKey(), 0.0);
    }
    return seconds;
  }
}
