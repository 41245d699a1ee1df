package io.github.imbalancedspark.params;

import io.github.imbalancedspark.internal.Columns;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.sql.types.StructType;

/**
 * An optional column of row weights, finite and ≥ 0; without one every row weighs 1. It is Spark's
 * own {@link HasWeightCol}, so that Spark's meta-algorithms (OneVsRest among them) see it.
 */
public interface HasWeightColumn extends HasWeightCol {

  /** Makes the parameter, for the constructor of {@code owner}. */
  static Param<String> make(HasWeightColumn owner) {
    return new Param<>(
        owner,
        "weightCol",
        "column of row weights, finite and >= 0; when not set, every row weighs 1");
  }

  /** Returns the weight column, or {@code null} when none is set. */
  default String weightColumn() {
    return isDefined(weightCol()) && !getWeightCol().isEmpty() ? getWeightCol() : null;
  }

  /**
   * Checks that the weight column, if set, exists and is numeric.
   *
   * @throws IllegalArgumentException if not
   */
  default void requireWeightColumn(StructType schema) {
    if (weightColumn() != null) {
      Columns.requireNumeric(schema, weightColumn(), "weightCol");
    }
  }

  /** Scala's hook for the trait's own parameter, which the implementing class creates itself. */
  @Override
  default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {}
}
