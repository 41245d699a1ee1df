package io.github.imbalancedspark.core.optim;

import java.util.List;

/** A minimiser that is asked where it wants the objective, and told. */
public interface Solver {

  /** Returns the point at which the objective is wanted next. */
  double[] point();

  /** Returns which second derivatives are wanted there. */
  HessianRequest request();

  /** Takes the objective at {@link #point()}. */
  void tell(Evaluation evaluation);

  /** Returns whether the search is over. */
  default boolean stopped() {
    return stopReason() != null;
  }

  /** Returns why the search is over, or {@code null} while it is not. */
  StopReason stopReason();

  /** Returns the best point so far. */
  double[] solution();

  /**
   * Returns the length of the gradient at {@link #solution}; with an L1 norm, of the steepest
   * descent there.
   */
  double gradientNorm();

  /** Returns the objective at the start and after each accepted step. */
  List<Double> history();
}
