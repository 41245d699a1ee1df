package io.github.imbalancedspark.jobs;

import java.util.Locale;

/** How reports show numbers. */
final class Numbers {

  private static final double LARGEST_PLAIN = 1e7;
  private static final double SMALLEST_PLAIN = 1e-4;

  private Numbers() {}

  /** Returns a number of rows. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a count, which is a sum of weights where rows are weighted. */
  static String count(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  /** Returns a metric with four decimals, – for one that does not exist. */
  static String metric(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Returns a number with six significant digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    boolean plain = Math.abs(value) >= SMALLEST_PLAIN && Math.abs(value) < LARGEST_PLAIN;
    return String.format(Locale.ROOT, plain ? "%.6g" : "%.5e", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }
}
