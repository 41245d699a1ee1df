package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.core.Plural;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How reports show numbers. */
final class Numbers {

  private static final MathContext SIX_DIGITS = new MathContext(6);
  private static final double LARGEST_PLAIN = 1e7;
  private static final double SMALLEST_PLAIN = 1e-4;

  private Numbers() {}

  /** Returns a number of rows. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a number of things, as in "1 row" or "1,000 rows". */
  static String counted(long value, String one) {
    return count(value) + " " + Plural.noun(value, one);
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

  /** Returns a number with at most six significant digits. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }
}
