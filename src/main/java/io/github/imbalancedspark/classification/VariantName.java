package io.github.imbalancedspark.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;

/** What tells the fits of one batch apart in the log: the parameters in which they differ. */
final class VariantName {

  private VariantName() {}

  /**
   * Returns the name of a variant, such as {@code posWeight 5.0}; empty for the only one, and for
   * one that sets none of the parameters in which others differ.
   */
  static String of(
      ImbalancedLogisticRegression variant, List<ImbalancedLogisticRegression> variants) {
    return Arrays.stream(variant.params())
        .filter(variant::isSet)
        .filter(param -> !variants.stream().allMatch(other -> isSame(param, variant, other)))
        .map(param -> param.name() + " " + text(param, variant))
        .collect(Collectors.joining(", "));
  }

  /** Compares values, not texts of them: initial coefficients may be millions. */
  private static boolean isSame(
      Param<?> param, ImbalancedLogisticRegression one, ImbalancedLogisticRegression other) {
    Param<?> its = other.getParam(param.name());
    return other.isSet(its) && Objects.deepEquals(one.getOrDefault(param), other.getOrDefault(its));
  }

  private static <T> String text(Param<T> param, ImbalancedLogisticRegression of) {
    return param.jsonEncode(of.getOrDefault(param));
  }
}
