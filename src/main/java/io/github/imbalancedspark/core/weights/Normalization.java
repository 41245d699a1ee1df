package io.github.imbalancedspark.core.weights;

/** What class weights are scaled to; their ratios stay. */
public enum Normalization {
  /** As they are. */
  NONE("none") {
    @Override
    double factor(double weightSum, double rowWeightSum, double total, int classes) {
      return 1;
    }
  },
  /** The weights sum to 1. */
  SUM_TO_ONE("sumToOne") {
    @Override
    double factor(double weightSum, double rowWeightSum, double total, int classes) {
      return 1 / weightSum;
    }
  },
  /** The weights sum to the number of classes, as in Cui et al. 2019. */
  SUM_TO_CLASSES("sumToClasses") {
    @Override
    double factor(double weightSum, double rowWeightSum, double total, int classes) {
      return classes / weightSum;
    }
  },
  /** The rows weigh 1 on average, so that they weigh in all what they did before. */
  MEAN_ONE("meanOne") {
    @Override
    double factor(double weightSum, double rowWeightSum, double total, int classes) {
      return total / rowWeightSum;
    }
  };

  private final String paramValue;

  Normalization(String paramValue) {
    this.paramValue = paramValue;
  }

  /**
   * Returns what every weight is multiplied by.
   *
   * @param weightSum Σ_c w_c
   * @param rowWeightSum Σ_c n_c w_c
   * @param total N = Σ_c n_c
   * @param classes K
   */
  abstract double factor(double weightSum, double rowWeightSum, double total, int classes);

  /** Returns the name of this normalization as a parameter value. */
  public String paramValue() {
    return paramValue;
  }

  /**
   * Returns the normalization of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Normalization of(String paramValue) {
    for (Normalization normalization : values()) {
      if (normalization.paramValue.equals(paramValue)) {
        return normalization;
      }
    }
    throw new IllegalArgumentException("no normalization is called " + paramValue);
  }
}
