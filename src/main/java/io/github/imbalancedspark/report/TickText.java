package io.github.imbalancedspark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Writes the numbers along an axis. */
final class TickText {

  private static final MathContext DIGITS = new MathContext(6);
  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double LARGEST_PLAIN = 1e6;

  private TickText() {}

  static String of(double value) {
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
    return new DecimalFormat(
            plain ? "#,##0.######" : "0.###E0", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(new BigDecimal(value).round(DIGITS))
        .replace('E', 'e');
  }
}
