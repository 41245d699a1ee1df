package io.github.imbalancedspark.core.sampling;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sampling strategy's text, taken apart.
 *
 * @param kind which of the fields below says what is wanted
 * @param word imbalanced-learn's word, for WORD
 * @param ratio smaller over larger class, in (0, 1], for RATIO
 * @param values class → number of rows or fraction, for COUNTS and FRACTIONS
 */
record StrategyText(Kind kind, String word, double ratio, SortedMap<Double, Double> values) {

  enum Kind {
    WORD,
    RATIO,
    COUNTS,
    FRACTIONS
  }

  private static final Set<String> WORDS =
      Set.of("auto", "all", "minority", "majority", "not minority", "not majority");
  private static final Pattern EXPLICIT = Pattern.compile("(counts|fractions)\\((.*)\\)");
  private static final double LARGEST_COUNT = 1L << 53; // beyond, a double skips whole numbers

  static StrategyText parse(String text) {
    String trimmed = text.strip();
    if (WORDS.contains(trimmed)) {
      return new StrategyText(Kind.WORD, trimmed, Double.NaN, new TreeMap<>());
    }
    Matcher explicit = EXPLICIT.matcher(trimmed);
    if (explicit.matches()) {
      Kind kind = explicit.group(1).equals("counts") ? Kind.COUNTS : Kind.FRACTIONS;
      return new StrategyText(kind, null, Double.NaN, values(text, kind, explicit.group(2)));
    }
    double ratio = number(text, trimmed);
    if (!(ratio > 0 && ratio <= 1)) {
      throw unreadable(text, "a ratio must be in (0, 1]");
    }
    return new StrategyText(Kind.RATIO, null, ratio, new TreeMap<>());
  }

  static String write(String kind, Map<Double, ? extends Number> values) {
    String text =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ", kind + "(", ")"));
    parse(text);
    return text;
  }

  private static SortedMap<Double, Double> values(String text, Kind kind, String pairs) {
    SortedMap<Double, Double> values = new TreeMap<>();
    for (String pair : pairs.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw unreadable(text, "between the brackets stand class=figure pairs");
      }
      double value = number(text, pair.substring(equals + 1).strip());
      double most = kind == Kind.COUNTS ? LARGEST_COUNT : Double.MAX_VALUE;
      boolean whole = kind == Kind.FRACTIONS || value == Math.rint(value);
      boolean allowed = value >= 0 && value <= most && whole;
      if (!allowed) {
        throw unreadable(
            text,
            kind == Kind.COUNTS
                ? "a count must be a whole number >= 0"
                : "a fraction must be finite and >= 0");
      }
      if (values.put(number(text, pair.substring(0, equals).strip()), value) != null) {
        throw unreadable(text, "a class stands there twice");
      }
    }
    return values;
  }

  private static double number(String text, String figure) {
    try {
      return Double.parseDouble(figure);
    } catch (NumberFormatException e) {
      throw unreadable(text, "'" + figure + "' is not a number");
    }
  }

  private static IllegalArgumentException unreadable(String text, String why) {
    return new IllegalArgumentException(
        String.format(
            "samplingStrategy: is '%s', and %s; use auto, all, minority, majority, not minority, not"
                + " majority, a ratio in (0, 1], counts(class=rows, …) or fractions(class=fraction,"
                + " …)",
            text, why));
  }
}
