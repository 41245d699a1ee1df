package io.github.imbalancedspark.sampling;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is known of the sampling weights of a dataset.
 *
 * @param rows the number of rows
 * @param positiveRows how many of them have a weight &gt; 0
 * @param largest the largest weight, &gt; 0; the sum of all is finite
 */
record WeightTotals(long rows, long positiveRows, double largest) {

  /** Parts of the largest weight in which weights are summed: as fine as doubles. */
  private static final double PARTS = 0x1p52;

  /**
   * Checks and sums the weights, in one pass.
   *
   * @param given the user's part in the weights, each finite and ≥ 0
   * @param givenName what that is called in messages
   * @param weight the weights
   * @param name what they are called in messages
   */
  static WeightTotals of(
      Dataset<?> dataset, Column given, String givenName, Column weight, String name) {
    Column isBad =
        given
            .isNull()
            .or(given.isNaN())
            .or(given.lt(0))
            .or(given.equalTo(Double.POSITIVE_INFINITY));
    Column shown = functions.coalesce(given.cast("string"), functions.lit("null"));
    Row totals =
        dataset
            .agg(
                functions.count(functions.lit(1)),
                functions.count(functions.when(weight.gt(0), 1)),
                functions.sum(weight),
                functions.max(functions.when(isBad, shown)),
                functions.max(weight))
            .head();
    if (totals.getLong(0) == 0) {
      throw new IllegalArgumentException(
          "the data has no rows: check the input path and its filters");
    }
    if (!totals.isNullAt(3)) {
      throw new IllegalArgumentException(
          String.format(
              "%s holds %s; weights must be finite and >= 0: mend or drop the row",
              givenName, totals.getString(3)));
    }
    double sum = totals.getDouble(2);
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              "%s holds weights that sum to %s; %s",
              name, sum, sum > 0 ? "divide them by a constant" : "some must be positive"));
    }
    return new WeightTotals(totals.getLong(0), totals.getLong(1), totals.getDouble(4));
  }

  /**
   * Returns the sum of the weights over the largest, in a pass of its own. The terms are integers,
   * the weights in parts of the largest, so that the sum is the same in any order and partitioning.
   */
  double sumOverLargest(Dataset<?> dataset, Column weight) {
    Column parts = functions.floor(weight.divide(largest).multiply(PARTS));
    return dataset
            .agg(functions.sum(parts.cast(DataTypes.createDecimalType(20, 0))))
            .head()
            .getDecimal(0)
            .doubleValue()
        / PARTS;
  }
}
