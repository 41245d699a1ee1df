package io.github.imbalancedspark.internal;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What rows of a sample count for, so that they stand for a population with other odds. */
public final class PopulationWeights {

  private PopulationWeights() {}

  /**
   * Returns the rows' weights, positive ones' times what makes their share {@code rate}.
   *
   * @param labelCol the label, 0 or 1
   * @param weightColOrNull the rows' own weights, or {@code null} for 1
   * @param positives weight of the positive rows, above 0
   * @param negatives weight of the others, above 0
   * @param rate the share that positive rows are to have, in (0, 1)
   */
  public static Column of(
      String labelCol, String weightColOrNull, double positives, double negatives, double rate) {
    double factor = rate / (1 - rate) * (negatives / positives);
    return when(Columns.named(labelCol).equalTo(1), factor)
        .otherwise(1.0)
        .multiply(own(weightColOrNull));
  }

  /** Returns the rows' own weights. */
  public static Column own(String weightColOrNull) {
    return weightColOrNull == null ? lit(1.0) : Columns.named(weightColOrNull);
  }
}
