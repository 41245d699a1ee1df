package io.github.imbalancedspark.core.weights;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * By what the odds of the positive class were multiplied between the population and the loss that a
 * model is fitted to. Weighting a class or sampling it at a rate multiplies the odds that a
 * well-specified model learns by the same number, and leaves its slopes alone (King, Zeng,
 * Political Analysis 9, 2001; Dal Pozzolo et al., IEEE SSCI 2015).
 *
 * @param factors what multiplied the odds, in order
 * @param balance the product that would make both classes weigh the same: negatives over positives
 *     in the population, &gt; 0
 */
public record OddsFactors(List<Factor> factors, double balance) {

  /** Within this, relative, a factor counts as 1, and a product as what balances the classes. */
  private static final double MARGIN = 1.1;

  public OddsFactors {
    factors = List.copyOf(factors);
  }

  /**
   * One of them.
   *
   * @param cause a stage's uid or a parameter's name
   * @param value the factor of the positive class over that of the negative one, &gt; 0
   * @param exact whether it holds for every row of the class, and no row is synthetic
   */
  public record Factor(String cause, double value, boolean exact) {

    private boolean differsFromOne() {
      return value > MARGIN || value < 1 / MARGIN;
    }
  }

  /** Returns k, the product of all factors: 1 for none. */
  public double product() {
    return factors.stream().mapToDouble(Factor::value).reduce(1, (a, b) -> a * b);
  }

  /** Returns whether all factors are exact. */
  public boolean exact() {
    return factors.stream().allMatch(Factor::exact);
  }

  /**
   * Returns whether one imbalance was corrected more than once: two or more factors differ from 1,
   * and together they make the positive class outweigh the negative one, both by more than 10%.
   */
  public boolean correctTwice() {
    return factors.stream().filter(Factor::differsFromOne).count() >= 2
        && product() > MARGIN * balance;
  }

  /** Returns the factors that differ from 1, their product, and what would balance the classes. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "the odds of the positive class are multiplied by %s, together %.6g, where %.6g would make"
            + " both classes weigh the same",
        factors.stream()
            .filter(Factor::differsFromOne)
            .map(f -> String.format(Locale.ROOT, "%.6g (%s)", f.value, f.cause))
            .collect(Collectors.joining(" and ")),
        product(),
        balance);
  }
}
