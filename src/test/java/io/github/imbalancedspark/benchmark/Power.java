package io.github.imbalancedspark.benchmark;

import java.util.Locale;
import java.util.stream.Collectors;

/** How numbers are written. */
final class Power {

  private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final int LEAST = 1 << 10;

  private Power() {}

  /** Returns powers of two and of ten, and multiples of the latter, as such. */
  static String of(long number) {
    if (number >= LEAST && Long.bitCount(number) == 1) {
      return "2" + raised(Long.numberOfTrailingZeros(number));
    }
    int zeros = 0;
    long left = number;
    while (left >= 10 && left % 10 == 0) {
      left /= 10;
      zeros++;
    }
    if (zeros < 5) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    return (left == 1 ? "" : left + "·") + "10" + raised(zeros);
  }

  private static String raised(int exponent) {
    return Integer.toString(exponent)
        .chars()
        .mapToObj(c -> DIGITS.substring(c - '0', c - '0' + 1))
        .collect(Collectors.joining());
  }
}
