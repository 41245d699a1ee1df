package io.github.imbalancedspark.core.optim;

/** Why a solver stopped. */
public enum StopReason {
  /** The objective is within the tolerance of its minimum, as far as its model can tell. */
  CONVERGED("converged", true),
  /** No point along the search direction is lower in double precision. */
  PRECISION("no lower objective can be told apart in double precision", true),
  /** The objective fell to almost nothing: some hyperplane separates the classes. */
  SEPARATED("the classes are separable, so without a penalty no finite optimum exists", false),
  /** The allowed number of iterations is used up. */
  MAX_ITERATIONS("maxIter reached", false),
  /** The allowed number of epochs is used up. */
  MAX_EPOCHS("maxEpochs reached", false),
  /** An epoch was better on the validation rows than those that followed. */
  EARLY_STOPPING("no later epoch was better on the validation rows", false);

  private final String description;
  private final boolean converged;

  StopReason(String description, boolean converged) {
    this.description = description;
    this.converged = converged;
  }

  /** Returns the reason in words. */
  public String description() {
    return description;
  }

  /** Returns the reason and what can be done about it. */
  public String advice() {
    return switch (this) {
      case SEPARATED -> description + "; set regParam > 0 for a unique solution";
      case MAX_ITERATIONS -> description + "; raise it, or tol";
      default -> description;
    };
  }

  /** Returns whether the solution can be taken for a minimum. */
  public boolean converged() {
    return converged;
  }
}
