package io.github.imbalancedspark.benchmark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The objective of a solution, computed row by row in plain Java, the same way for every
 * competitor.
 */
final class NeutralObjective {

  private final Dataset<Row> data;
  private final double posWeight;
  private final double regParam;
  private final double[] deviations;

  NeutralObjective(Dataset<Row> data, double posWeight, double regParam) {
    this.data = data;
    this.posWeight = posWeight;
    this.regParam = regParam;
    this.deviations =
        regParam == 0
            ? null
            : ((Vector) data.select(Summarizer.std(functions.col("features"))).head().get(0))
                .toArray();
  }

  /**
   * Returns the mean of posWeight-weighted losses plus the penalty on standardized coefficients.
   */
  double of(Vector coefficients, double intercept) {
    double positiveWeight = posWeight;
    double[] total =
        data.select("label", "features")
            .toJavaRDD()
            .mapPartitions(
                rows -> {
                  double sum = 0;
                  double carry = 0; // Kahan's compensation
                  long count = 0;
                  while (rows.hasNext()) {
                    Row row = rows.next();
                    double z = row.<Vector>getAs(1).dot(coefficients) + intercept;
                    boolean positive = row.getDouble(0) == 1;
                    double v = positive ? -z : z;
                    double loss = Math.log1p(Math.exp(-Math.abs(v))) + Math.max(v, 0);
                    double term = (positive ? positiveWeight * loss : loss) - carry;
                    double next = sum + term;
                    carry = (next - sum) - term;
                    sum = next;
                    count++;
                  }
                  return java.util.List.of(new double[] {sum, count}).iterator();
                })
            .reduce((a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    double penalty = 0;
    for (int j = 0; regParam > 0 && j < deviations.length; j++) {
      double scaled = coefficients.apply(j) * deviations[j];
      penalty += scaled * scaled;
    }
    return total[0] / total[1] + regParam / 2 * penalty;
  }
}
