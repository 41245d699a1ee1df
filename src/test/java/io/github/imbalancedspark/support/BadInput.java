package io.github.imbalancedspark.support;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row of a stage's table of bad inputs.
 *
 * @param name what is wrong
 * @param scoring whether it is the fitted model that meets it, not {@code fit}
 * @param configure a change to the stage
 * @param spoil a change to good data
 * @param message all of what {@code fit} says, or the part of the failed query's story that it has
 *     to hold
 */
public record BadInput(
    String name,
    boolean scoring,
    Consumer<Params> configure,
    UnaryOperator<Dataset<Row>> spoil,
    String message) {

  /** Returns bad data for {@code fit}, or for a stage that is not fitted. */
  public static BadInput data(String name, UnaryOperator<Dataset<Row>> spoil, String message) {
    return new BadInput(name, false, stage -> {}, spoil, message);
  }

  /** Returns bad parameters, on good data. */
  public static BadInput params(String name, Consumer<Params> configure, String message) {
    return new BadInput(name, false, configure, UnaryOperator.identity(), message);
  }

  /** Returns bad data for the model. */
  public static BadInput scoring(String name, UnaryOperator<Dataset<Row>> spoil, String message) {
    return new BadInput(name, true, stage -> {}, spoil, message);
  }
}
