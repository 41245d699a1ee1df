package io.github.imbalancedspark.sampling;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What is known of the sampling weights of a dataset.
 *
 * @param rows the number of rows
 * @param positiveRows how many of them have a weight &gt; 0
 * @param sum the sum of all weights, finite and &gt; 0
 */
record WeightTotals(long rows, long positiveRows, double sum) {

  /**
   * Checks and sums the weights, in one pass.
   *
   * @param weight the weights
   * @param given the user's part in them, which messages show
   * @param name what that is called in messages
   */
  static WeightTotals of(Dataset<?> dataset, Column weight, Column given, String name) {
    Column isBad =
        weight
            .isNull()
            .or(weight.isNaN())
            .or(weight.lt(0))
            .or(weight.equalTo(Double.POSITIVE_INFINITY));
    Column shown = functions.coalesce(given.cast("string"), functions.lit("null"));
    Row totals =
        dataset
            .agg(
                functions.count(functions.lit(1)),
                functions.count(functions.when(weight.gt(0), 1)),
                functions.sum(weight),
                functions.max(functions.when(isBad, shown)))
            .head();
    if (totals.getLong(0) == 0) {
      throw new IllegalArgumentException(
          "the data has no rows: check the input path and its filters");
    }
    if (!totals.isNullAt(3)) {
      throw new IllegalArgumentException(
          String.format(
              "%s holds %s; weights must be finite and >= 0: mend or drop the row",
              name, totals.getString(3)));
    }
    double sum = totals.getDouble(2);
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              "%s holds weights that sum to %s; %s",
              name, sum, sum > 0 ? "divide them by a constant" : "some must be positive"));
    }
    return new WeightTotals(totals.getLong(0), totals.getLong(1), sum);
  }
}
