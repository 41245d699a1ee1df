package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.metrics.ScoreTally;
import io.github.imbalancedspark.core.optim.LossPoint;
import io.github.imbalancedspark.core.optim.LossSum;

/**
 * One model being fitted. It asks for sums over the rows and is told them, so that many fits can
 * share a pass.
 */
interface Fit {

  /** Returns whether the fit is over. */
  boolean stopped();

  /** Returns what to sum over the rows next. */
  LossPoint ask();

  /** Takes the sum over all rows that {@link #ask} asked for. */
  void tell(LossSum sum);

  /** Returns how to score the validation rows before going on, or {@code null} for not at all. */
  default Scoring scoring() {
    return null;
  }

  /** Takes the tally of the validation rows that {@link #scoring} asked for. */
  default void tell(ScoreTally tally) {
    throw new IllegalStateException("no validation rows were asked for");
  }

  /** Returns what came of it, once {@link #stopped}. */
  FitResult result();
}
