package io.github.imbalancedspark.core.sampling;

import io.github.imbalancedspark.core.Plural;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A wish for how many rows each class shall have, in imbalanced-learn's words, resolved once the
 * classes have been counted. Its text is one of
 *
 * <ul>
 *   <li>a ratio of the smaller to the larger class, in (0, 1], for two classes: under-sampling
 *       leaves ⌊n₁/ratio⌋ rows of the larger, over-sampling makes n₁ + ⌊n₀·ratio − n₁⌋ of the
 *       smaller; {@code both} keeps the number of rows, as R's {@code ovun.sample} does (Lunardon,
 *       Menardi, Torelli, R Journal 2014), and divides it by the ratio;
 *   <li>{@code all}, {@code majority}, {@code minority}, {@code not majority}, {@code not
 *       minority}: those classes get as many rows as the smallest class (under) or the largest one
 *       (over);
 *   <li>{@code auto}: {@code not minority} (under), {@code not majority} (over), or the same number
 *       of rows for each class out of as many rows as before (both, where {@code all} means the
 *       same);
 *   <li>{@code counts(0=1000, 1=500)}: class = number of rows; a class not named stays as it is;
 *   <li>{@code fractions(0=0.1, 1=2)}: class = multiple of its rows, rounded; the same.
 * </ul>
 *
 * <p>Unlike imbalanced-learn, over-sampling to a ratio that is there already changes nothing, and
 * no class may be emptied.
 */
public final class SamplingStrategy {

  private final String text;
  private final StrategyText parsed;

  private SamplingStrategy(String text) {
    this.text = text;
    this.parsed = StrategyText.parse(text);
  }

  /**
   * Reads a strategy.
   *
   * @throws IllegalArgumentException if the text is none of the above
   */
  public static SamplingStrategy parse(String text) {
    return new SamplingStrategy(text);
  }

  /** Returns the text that asks for {@code counts}: class → number of rows. */
  public static String textOfCounts(Map<Double, Long> counts) {
    return StrategyText.write("counts", counts);
  }

  /** Returns the text that asks for {@code fractions}: class → multiple of its rows. */
  public static String textOfFractions(Map<Double, Double> fractions) {
    return StrategyText.write("fractions", fractions);
  }

  /**
   * Returns class → number of rows wanted, for each class in {@code counts}.
   *
   * @param counts class → number of rows present, at least 1 each
   * @throws IllegalArgumentException if there are fewer than two classes, or if the method cannot
   *     do what the strategy asks of these counts
   */
  public SortedMap<Double, Long> targets(SortedMap<Double, Long> counts, SamplingMethod method) {
    if (counts.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              "labelCol: there is only the class %s, in %s; both classes are needed: check the"
                  + " label, or sample more data",
              counts.firstKey(), Plural.of(counts.get(counts.firstKey()), "row")));
    }
    SortedMap<Double, Long> targets = new TreeMap<>(counts);
    switch (parsed.kind()) {
      case RATIO -> targets.putAll(ofRatio(counts, method));
      case WORD -> targets.putAll(ofWord(counts, method));
      case COUNTS -> parsed.values().forEach((c, n) -> targets.put(c, (long) (double) n));
      case FRACTIONS ->
          parsed
              .values()
              .forEach((c, f) -> targets.put(c, Math.round(f * counts.getOrDefault(c, 0L))));
    }
    targets.forEach((c, target) -> requirePossible(c, counts.get(c), target, method));
    return targets;
  }

  private SortedMap<Double, Long> ofRatio(SortedMap<Double, Long> counts, SamplingMethod method) {
    if (counts.size() != 2) {
      throw refusal("is a ratio of two classes", "there are " + counts.size(), "use counts(…)");
    }
    double large = majority(counts);
    double small = large == counts.firstKey() ? counts.lastKey() : counts.firstKey();
    long most = counts.get(large);
    long fewest = counts.get(small);
    double ratio = parsed.ratio();
    long under = (long) (fewest / ratio);
    long over = fewest + (long) (most * ratio - fewest);
    if (method == SamplingMethod.UNDER ? under > most : over < fewest) {
      throw refusal(
          "asks for a ratio below the present one",
          "the classes have " + fewest + " and " + most + " rows",
          "give a larger ratio: sampling makes the smaller class's share grow");
    }
    SortedMap<Double, Long> targets = new TreeMap<>();
    switch (method) {
      case UNDER -> targets.put(large, under);
      case OVER -> targets.put(small, over);
      case BOTH -> {
        long[] ends = Shares.ends(fewest + most, ratio, 1);
        targets.put(small, ends[0]);
        targets.put(large, ends[1] - ends[0]);
      }
    }
    return targets;
  }

  private SortedMap<Double, Long> ofWord(SortedMap<Double, Long> counts, SamplingMethod method) {
    String word = parsed.word();
    if (method == SamplingMethod.BOTH) {
      if (word.equals("auto") || word.equals("all")) {
        return evenly(counts);
      }
      throw refusal("is for one direction", "method is 'both'", "use under or over, auto or all");
    }
    boolean under = method == SamplingMethod.UNDER;
    if (word.equals(under ? "minority" : "majority")) {
      throw refusal(
          "names the class that " + method.paramValue() + "-sampling cannot change",
          "",
          "use auto");
    }
    double largest = majority(counts);
    double smallest = minority(counts);
    long target = counts.get(under ? smallest : largest);
    SortedMap<Double, Long> targets = new TreeMap<>();
    for (double c : counts.keySet()) {
      boolean meant =
          switch (word) {
            case "auto" -> c != (under ? smallest : largest);
            case "minority" -> c == smallest;
            case "majority" -> c == largest;
            case "not minority" -> c != smallest;
            case "not majority" -> c != largest;
            default -> true;
          };
      if (meant) {
        targets.put(c, target);
      }
    }
    return targets;
  }

  private static SortedMap<Double, Long> evenly(SortedMap<Double, Long> counts) {
    double[] shares = new double[counts.size()];
    Arrays.fill(shares, 1);
    long[] ends = Shares.ends(counts.values().stream().mapToLong(Long::longValue).sum(), shares);
    SortedMap<Double, Long> targets = new TreeMap<>();
    long before = 0;
    for (double c : counts.keySet()) {
      long end = ends[targets.size()];
      targets.put(c, end - before);
      before = end;
    }
    return targets;
  }

  private void requirePossible(double c, Long present, long target, SamplingMethod method) {
    if (present == null) {
      throw refusal("names class " + c, "no row has that label", "check the label");
    }
    if (target < 1) {
      throw refusal(
          "leaves no row of class " + c,
          "it has " + Plural.of(present, "row"),
          "ask for 1 or more");
    }
    boolean wrongWay =
        switch (method) {
          case UNDER -> target > present;
          case OVER -> target < present;
          case BOTH -> false;
        };
    if (wrongWay) {
      throw refusal(
          "asks for " + Plural.of(target, "row") + " of class " + c,
          "it has " + present,
          method.paramValue()
              + "-sampling cannot "
              + (target > present ? "add" : "remove")
              + " any: change the figure, or take StratifiedResampler with method both");
    }
  }

  private IllegalArgumentException refusal(String problem, String but, String remedy) {
    return new IllegalArgumentException(
        String.format(
            "samplingStrategy: '%s' %s%s; %s",
            text, problem, but.isEmpty() ? "" : ", but " + but, remedy));
  }

  /** Returns the largest class; the first of equals. */
  private static double majority(SortedMap<Double, Long> counts) {
    long most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return first(counts, most);
  }

  /** Returns the smallest class; the first of equals. */
  private static double minority(SortedMap<Double, Long> counts) {
    long fewest = counts.values().stream().min(Comparator.naturalOrder()).orElseThrow();
    return first(counts, fewest);
  }

  private static double first(SortedMap<Double, Long> counts, long count) {
    return counts.keySet().stream().filter(c -> counts.get(c) == count).findFirst().orElseThrow();
  }
}
