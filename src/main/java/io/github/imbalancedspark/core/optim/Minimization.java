package io.github.imbalancedspark.core.optim;

import io.github.imbalancedspark.core.linalg.Block;
import java.util.List;

/**
 * One solver at work on one objective. Whoever can sum over the rows drives it:
 *
 * <pre>{@code
 * while (!minimization.stopped()) {
 *   minimization.tell(sumOverAllRows(minimization.ask()));
 * }
 * }</pre>
 *
 * Many of them can be asked first and be told after one pass over the rows.
 */
public final class Minimization {

  private final Objective objective;
  private final Solver solver;
  private double curvature;
  private int passes;

  /**
   * Starts a minimisation.
   *
   * @param curvature an estimate of Σ w d²ℓ/dz² at the solver's start
   */
  public Minimization(Objective objective, Solver solver, double curvature) {
    this.objective = objective;
    this.solver = solver;
    this.curvature = curvature;
  }

  /** Returns what to sum over the rows next. */
  public LossPoint ask() {
    return objective.lossPoint(solver.point(), solver.request(), curvature);
  }

  /** Takes the sum over all rows that {@link #ask} asked for. */
  public void tell(LossSum sum) {
    passes++;
    curvature = sum.curvature();
    solver.tell(objective.evaluation(solver.point(), sum));
  }

  /** Runs to the end over rows at hand. */
  public Minimization run(List<? extends Block> blocks) {
    while (!stopped()) {
      tell(LossSum.of(ask(), blocks));
    }
    return this;
  }

  /** Returns whether the solver has stopped. */
  public boolean stopped() {
    return solver.stopped();
  }

  /** Returns the solver. */
  public Solver solver() {
    return solver;
  }

  /** Returns Σ w d²ℓ/dz² where the rows were last summed. */
  public double curvature() {
    return curvature;
  }

  /** Returns how many sums have been told. */
  public int passes() {
    return passes;
  }
}
