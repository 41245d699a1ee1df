package io.github.imbalancedspark.calibration;

import java.io.Serializable;

/** A probability for every score. */
interface Curve extends Serializable {

  /** Returns the probability at a score, infinite ones too; NaN at NaN. */
  double at(double score);
}
