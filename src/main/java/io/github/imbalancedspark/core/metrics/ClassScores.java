package io.github.imbalancedspark.core.metrics;

import java.io.Serializable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One line of a classification report: a class, or an average over classes.
 *
 * @param name the class's or average's name
 * @param precision share of the rows predicted to be of the class that are; 0 if there are none
 * @param recall share of the class's rows that are predicted to be; 0 if there are none
 * @param f1 harmonic mean of the two; 0 if both are 0
 * @param support weight of the class's rows
 */
public record ClassScores(String name, double precision, double recall, double f1, double support)
    implements Serializable {

  /**
   * Returns the scores of a class.
   *
   * @param hits weight of the rows of the class that are predicted to be
   * @param predicted weight of all rows predicted to be of the class
   * @param support weight of the rows of the class
   */
  public static ClassScores of(String name, double hits, double predicted, double support) {
    ConfusionMatrix confusion = new ConfusionMatrix(hits, predicted - hits, 0, support - hits);
    return new ClassScores(
        name, confusion.precision(), confusion.recall(), confusion.f1(), support);
  }

  /** Returns the plain mean over {@code classes}. */
  public static ClassScores macroAverage(List<ClassScores> classes) {
    return average("macro avg", classes, c -> 1);
  }

  /** Returns the mean over {@code classes}, each weighing as much as its rows. */
  public static ClassScores weightedAverage(List<ClassScores> classes) {
    return average("weighted avg", classes, ClassScores::support);
  }

  private static ClassScores average(
      String name, List<ClassScores> classes, ToDoubleFunction<ClassScores> weight) {
    double weights = sum(classes, weight);
    return new ClassScores(
        name,
        sum(classes, c -> weight.applyAsDouble(c) * c.precision) / weights,
        sum(classes, c -> weight.applyAsDouble(c) * c.recall) / weights,
        sum(classes, c -> weight.applyAsDouble(c) * c.f1) / weights,
        sum(classes, ClassScores::support));
  }

  private static double sum(List<ClassScores> classes, ToDoubleFunction<ClassScores> value) {
    return classes.stream().mapToDouble(value).sum();
  }

  /** Returns the same scores under another name. */
  public ClassScores named(String newName) {
    return new ClassScores(newName, precision, recall, f1, support);
  }
}
