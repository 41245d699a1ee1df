package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.BlockSummary;

/** What the summed loss is divided by. Class weights and posWeight enter none of them. */
enum Reduction {
  /** Σw: Spark's. */
  WEIGHTED_MEAN("weightedMean") {
    @Override
    double normalizer(BlockSummary summary) {
      return summary.weightSum();
    }
  },
  /** The number of rows: PyTorch's. */
  MEAN("mean") {
    @Override
    double normalizer(BlockSummary summary) {
      return summary.rows();
    }
  },
  /** One. */
  SUM("sum") {
    @Override
    double normalizer(BlockSummary summary) {
      return 1;
    }
  };

  private final String paramValue;

  Reduction(String paramValue) {
    this.paramValue = paramValue;
  }

  abstract double normalizer(BlockSummary summary);

  String paramValue() {
    return paramValue;
  }

  static Reduction of(String paramValue) {
    for (Reduction reduction : values()) {
      if (reduction.paramValue.equals(paramValue)) {
        return reduction;
      }
    }
    throw new IllegalArgumentException("no reduction is called " + paramValue);
  }
}
