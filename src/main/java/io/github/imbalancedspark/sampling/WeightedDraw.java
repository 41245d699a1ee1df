package io.github.imbalancedspark.sampling;

import io.github.imbalancedspark.core.sampling.Poisson;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Draws of rows with probabilities in proportion to their weights.
 *
 * @param weight the weights
 * @param totals what is known of them
 * @param hash the row hash, the source of all random numbers
 * @param tieBreaker a second hash, for equal ones
 */
record WeightedDraw(Column weight, WeightTotals totals, Column hash, Column tieBreaker) {

  private static final UserDefinedFunction POISSON =
      functions.udf(
          (UDF2<Long, Double, Integer>) (seed, mean) -> Poisson.draw(seed, mean),
          DataTypes.IntegerType);

  /** Spare draws, in standard deviations of their number: fewer than wanted once in 10⁹ times. */
  private static final double SPARE_DEVIATIONS = 6;

  private static final String COPY = "copy drawn by weight";
  private static final String NOTHING = "nothing, drawn by weight";

  /**
   * Returns the draw of {@code wanted} rows, independent of each other: multinomial counts.
   *
   * <p>Row i gets Nᵢ ~ Poisson(λwᵢ) copies, independently. Given N = ΣNᵢ = m, the copies are m
   * independent draws with probabilities wᵢ/Σw, in random order: P(n₁, n₂, …) / P(m) = m! Π
   * (wᵢ/Σw)^nᵢ / nᵢ!. Any {@code wanted} of them, chosen without regard to what they are, are as
   * many independent draws; and so they are given N ≥ {@code wanted}, which is about m only. Their
   * number is exact, and everything depends on rows' hashes, not on where the rows are.
   */
  Resampling withReplacement(Dataset<Row> rows, long wanted) {
    double spare = SPARE_DEVIATIONS * (Math.sqrt((double) wanted) + SPARE_DEVIATIONS);
    double sum = totals.sumOverLargest(rows, weight);
    for (int attempt = 0; ; attempt++) {
      Column copies = copies((wanted + (attempt + 1) * spare) / sum, attempt);
      if (rows.agg(functions.sum(copies)).head().getLong(0) >= wanted) {
        Smallest chosen = Smallest.of(spread(rows, copies), order(), tieBreaker, wanted);
        return data -> chosen.of(spread(data.toDF(), copies)).drop(COPY, NOTHING);
      }
    }
  }

  /**
   * Returns each row's Poisson number of copies.
   *
   * @param mean that of a row of the largest weight
   */
  Column copies(double mean, int attempt) {
    return POISSON.apply(
        functions.xxhash64(functions.lit(attempt), hash),
        weight.divide(totals.largest()).multiply(mean));
  }

  /** Returns the random order of copies, of which the first stay. */
  Column order() {
    return functions.xxhash64(hash, functions.col(COPY)).cast("double");
  }

  /** Returns a row for each copy. */
  static Dataset<Row> spread(Dataset<Row> rows, Column copies) {
    Column numbered = functions.posexplode(functions.array_repeat(functions.lit(0), copies));
    return rows.select(functions.col("*"), numbered.as(new String[] {COPY, NOTHING}));
  }

  Resampling withoutReplacement(Dataset<Row> rows, long wanted) {
    if (wanted > totals.positiveRows()) {
      throw new IllegalArgumentException(
          String.format(
              "numSamples: asks for %d rows without replacement, but only %d have a positive"
                  + " weight; ask for fewer, or set replacement to true",
              wanted, totals.positiveRows()));
    }
    // 52 bits and a half: exactly representable, and never 0 or 1
    Column uniform = functions.shiftrightunsigned(hash, 12).plus(0.5).multiply(0x1p-52);
    Column key =
        functions.log(functions.negate(functions.log(uniform))).minus(functions.log(weight));
    Smallest chosen = Smallest.of(rows.filter(weight.gt(0)), key, tieBreaker, wanted);
    return data -> chosen.of(data.toDF().filter(weight.gt(0)));
  }
}
