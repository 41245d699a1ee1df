package io.github.imbalancedspark.internal;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import scala.Function1;

/** Parameter validators that Java can write and Spark can ship. */
public final class Validators {

  private Validators() {}

  /** Java's view of a Param's {@code isValid}. */
  @FunctionalInterface
  public interface Check<T> extends Serializable {
    /** Returns whether {@code value} is allowed. */
    boolean allows(T value);
  }

  /** Returns the validator of any Param type; a value of another Java type is not allowed. */
  @SuppressWarnings("unchecked")
  public static <T> Function1<T, Object> check(Class<?> boxed, Check<Object> check) {
    return (Function1<T, Object> & Serializable)
        value -> boxed.isInstance(value) && check.allows(value);
  }

  /** Returns the validator of a double for which {@code check} holds. */
  public static Function1<Object, Object> real(Check<Double> check) {
    return check(Double.class, v -> check.allows((Double) v));
  }

  /** Returns the validator of an int for which {@code check} holds. */
  public static Function1<Object, Object> integer(Check<Integer> check) {
    return check(Integer.class, v -> check.allows((Integer) v));
  }

  /** Returns the validator of a string that is one of {@code allowed}. */
  public static Function1<String, Object> oneOf(String... allowed) {
    List<String> values = Arrays.asList(allowed);
    return check(String.class, values::contains);
  }

  /**
   * Returns the validator of pairs [class, weight]: different classes, weights that are allowed.
   */
  public static Function1<double[][], Object> classWeights(Check<Double> weight) {
    return check(double[][].class, v -> areClassWeights((double[][]) v, weight));
  }

  private static boolean areClassWeights(double[][] pairs, Check<Double> weight) {
    return Arrays.stream(pairs)
            .allMatch(
                pair ->
                    pair.length == 2
                        && Double.isFinite(pair[0])
                        && Double.isFinite(pair[1])
                        && weight.allows(pair[1]))
        && Arrays.stream(pairs).mapToDouble(pair -> pair[0] + 0.0).distinct().count()
            == pairs.length;
  }

  /** Returns the validator of an array of doubles for which {@code check} holds. */
  public static Function1<double[], Object> reals(Check<double[]> check) {
    return check(double[].class, v -> check.allows((double[]) v));
  }
}
