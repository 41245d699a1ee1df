package io.github.imbalancedspark.jobs;

import java.util.Locale;

/** What becomes of a feature that is null or NaN. */
enum MissingPolicy {
  ERROR,
  SKIP,
  MEAN,
  MEDIAN,
  MODE;

  boolean imputes() {
    return this == MEAN || this == MEDIAN || this == MODE;
  }

  /** Returns the strategy of Spark's Imputer. */
  String strategy() {
    return name().toLowerCase(Locale.ROOT);
  }
}
