package io.github.imbalancedspark.weighting;

import static io.github.imbalancedspark.internal.Validators.check;
import static io.github.imbalancedspark.internal.Validators.classWeights;
import static io.github.imbalancedspark.internal.Validators.oneOf;
import static io.github.imbalancedspark.internal.Validators.real;

import io.github.imbalancedspark.core.weights.Normalization;
import io.github.imbalancedspark.core.weights.WeightStrategy;
import io.github.imbalancedspark.params.HasLabelColumn;
import io.github.imbalancedspark.params.HasWeightColumn;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

/**
 * The parameters that the estimator and its model both carry, created for one owner, and what they
 * mean.
 */
final class WeighterParamSet implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String INVERSE_FREQUENCY = "inverseFrequency";
  static final String SMOOTHED_INVERSE_FREQUENCY = "smoothedInverseFrequency";
  static final String EFFECTIVE_NUMBER = "effectiveNumber";
  static final String CUSTOM = "custom";

  static final String AUTO = "auto";

  static final String ERROR = "error";
  static final String SKIP = "skip";
  static final String KEEP = "keep";

  final Param<String> labelCol;
  final Param<String> weightCol;
  final Param<String> outputCol;
  final Param<String> strategy;
  final Param<String> normalization;
  final Param<String> beta;
  final DoubleParam epsilon;
  final DoubleArrayArrayParam customWeights;
  final Param<String> handleInvalid;

  WeighterParamSet(ClassWeighterParams owner) {
    labelCol = HasLabelColumn.make(owner);
    weightCol = HasWeightColumn.make(owner);
    outputCol = new Param<>(owner, "outputCol", "column that is written: the row's new weight");
    strategy =
        new Param<>(
            owner,
            "strategy",
            "how counts become weights: inverseFrequency, smoothedInverseFrequency,"
                + " effectiveNumber or custom",
            oneOf(INVERSE_FREQUENCY, SMOOTHED_INVERSE_FREQUENCY, EFFECTIVE_NUMBER, CUSTOM));
    normalization =
        new Param<>(
            owner,
            "normalization",
            "what the weights are scaled to: none, sumToOne, sumToClasses or meanOne; when not"
                + " set, none for inverseFrequency and custom, else sumToOne",
            oneOf(
                Arrays.stream(Normalization.values())
                    .map(Normalization::paramValue)
                    .toArray(String[]::new)));
    beta =
        new Param<>(
            owner,
            "beta",
            "beta of effectiveNumber: a number in [0, 1), or auto for (N-1)/N",
            check(String.class, value -> isBeta((String) value)));
    epsilon =
        new DoubleParam(
            owner,
            "epsilon",
            "epsilon of smoothedInverseFrequency, finite and > 0",
            real(v -> v > 0 && v < Double.POSITIVE_INFINITY));
    customWeights =
        new DoubleArrayArrayParam(
            owner,
            "customWeights",
            "weights of the strategy custom: pairs [class, weight] of different classes, weights"
                + " finite and > 0",
            classWeights(weight -> weight > 0));
    handleInvalid =
        new Param<>(
            owner,
            "handleInvalid",
            "what to do with rows whose label is null, NaN, infinite or was not seen in the fit:"
                + " error, skip (drop them) or keep (class weight 1)",
            oneOf(ERROR, SKIP, KEEP));
  }

  private static boolean isBeta(String value) {
    if (value.equals(AUTO)) {
      return true;
    }
    try {
      double number = Double.parseDouble(value);
      return number >= 0 && number < 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Returns the strategy that {@code params} describe. */
  static WeightStrategy strategy(ClassWeighterParams params) {
    boolean custom = params.getStrategy().equals(CUSTOM);
    if (custom != params.isSet(params.customWeights())) {
      throw new IllegalArgumentException(
          custom
              ? "customWeights: is not set, and the strategy 'custom' needs it; set class -> weight"
              : String.format(
                  "customWeights: is set, and the strategy '%s' makes no use of it; set the"
                      + " strategy to 'custom' or clear customWeights",
                  params.getStrategy()));
    }
    return switch (params.getStrategy()) {
      case INVERSE_FREQUENCY -> new WeightStrategy.InverseFrequency();
      case SMOOTHED_INVERSE_FREQUENCY ->
          new WeightStrategy.SmoothedInverseFrequency(params.getEpsilon());
      case EFFECTIVE_NUMBER -> new WeightStrategy.EffectiveNumber(beta(params.getBeta()));
      case CUSTOM -> new WeightStrategy.Custom(byClass(params.getCustomWeights()));
      default ->
          throw new IllegalArgumentException("no strategy is called " + params.getStrategy());
    };
  }

  private static OptionalDouble beta(String value) {
    return value.equals(AUTO)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(value));
  }

  /** The sum with 0 makes a class of −0 the class 0. */
  private static SortedMap<Double, Double> byClass(double[][] pairs) {
    SortedMap<Double, Double> weights = new TreeMap<>();
    for (double[] pair : pairs) {
      weights.put(pair[0] + 0.0, pair[1]);
    }
    return weights;
  }

  /** Returns the normalization that {@code params} name, or the strategy's own. */
  static Normalization normalization(ClassWeighterParams params, WeightStrategy strategy) {
    return params.isSet(params.normalization())
        ? Normalization.of(params.getNormalization())
        : strategy.defaultNormalization();
  }
}
