package io.github.imbalancedspark.core.optim;

import java.util.List;

/**
 * A minimiser that is asked and told:
 *
 * <pre>{@code
 * while (!solver.stopped()) {
 *   solver.tell(objective.evaluate(solver.point(), solver.wantsHessian()));
 * }
 * }</pre>
 */
public interface Solver {

  /** Returns the point at which the objective is wanted next. */
  double[] point();

  /** Returns whether the Hessian is wanted there too. */
  boolean wantsHessian();

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

  /** Returns the objective at the start and after each accepted step. */
  List<Double> history();
}
