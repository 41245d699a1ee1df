package io.github.imbalancedspark.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasLabelCol;

/** The label column, by default {@code label}: Spark's own {@link HasLabelCol}. */
public interface HasLabelColumn extends HasLabelCol {

  /** Makes the parameter, for the constructor of {@code owner}. */
  static Param<String> make(HasLabelColumn owner) {
    return new Param<>(owner, "labelCol", "label column");
  }

  /** Scala's hook for the trait's own parameter, which the implementing class creates itself. */
  @Override
  default void org$apache$spark$ml$param$shared$HasLabelCol$_setter_$labelCol_$eq(
      Param<String> param) {}
}
