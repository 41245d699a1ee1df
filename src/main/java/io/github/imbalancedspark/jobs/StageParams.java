package io.github.imbalancedspark.jobs;

import io.github.imbalancedspark.internal.Terms;
import java.util.Arrays;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Hands option values to a stage. */
final class StageParams {

  private StageParams() {}

  /**
   * Sets a parameter, unless {@code value} is {@code null}.
   *
   * @param option the option that gave the value
   * @throws IllegalArgumentException if the value is not allowed, with what is
   */
  static void set(Params stage, String name, Object value, String option) {
    if (value == null) {
      return;
    }
    Param<Object> param = stage.getParam(name);
    try {
      stage.set(param, value);
    } catch (IllegalArgumentException e) {
      Object shown = value instanceof double[] array ? Arrays.toString(array) : value;
      throw new IllegalArgumentException(
          String.format(
              "%s: '%s' is not allowed; it is: %s", option, shown, Terms.of(meaning(param))),
          e);
    }
  }

  /** Returns what a parameter is, with its range, and not what becomes of others beside it. */
  private static String meaning(Param<?> param) {
    return param.doc().split(";", 2)[0];
  }
}
