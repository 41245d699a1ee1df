package io.github.imbalancedspark.report;

import java.util.Objects;

/**
 * An axis of a chart.
 *
 * @param name what it measures
 * @param unit in what, such as "% of positives"
 * @param logarithmic whether equal factors are equal distances; all values are positive then
 * @param least where it begins, or {@code null} for the least value
 * @param most where it ends, or {@code null} for the largest value
 */
public record Axis(String name, String unit, boolean logarithmic, Double least, Double most) {

  public Axis {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
  }

  /** Returns an axis as long as its values. */
  public static Axis of(String name, String unit) {
    return new Axis(name, unit, false, null, null);
  }

  /** Returns an axis from 0 to 100 percent of something. */
  public static Axis percent(String name, String ofWhat) {
    return new Axis(name, "% of " + ofWhat, false, 0.0, 100.0);
  }

  /** Returns this axis on a logarithmic scale. */
  public Axis onLogarithmicScale() {
    return new Axis(name, unit, true, least, most);
  }

  /** Returns this axis between two values. */
  public Axis between(double newLeast, double newMost) {
    return new Axis(name, unit, logarithmic, newLeast, newMost);
  }

  String label() {
    return name + " (" + unit + ")";
  }
}
