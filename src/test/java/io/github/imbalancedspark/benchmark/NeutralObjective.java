package io.github.imbalancedspark.benchmark;

import java.util.List;
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
  private final String weightCol;
  private final double regParam;
  private final double[] deviations;

  NeutralObjective(Dataset<Row> data, String weightCol, double regParam) {
    this.data = data;
    this.weightCol = weightCol;
    this.regParam = regParam;
    this.deviations =
        regParam == 0
            ? null
            : ((Vector)
                    data.select(Summarizer.std(functions.col("features"), functions.col(weightCol)))
                        .head()
                        .get(0))
                .toArray();
  }

  /**
   * Returns the weighted mean loss plus the penalty on standardized coefficients, as Spark has it.
   */
  double of(Vector coefficients, double intercept) {
    double[] total =
        data.select("label", "features", weightCol)
            .toJavaRDD()
            .mapPartitions(
                rows -> {
                  double sum = 0;
                  double carry = 0; // Kahan's compensation
                  double weights = 0;
                  while (rows.hasNext()) {
                    Row row = rows.next();
                    double z = row.<Vector>getAs(1).dot(coefficients) + intercept;
                    double v = row.getDouble(0) == 1 ? -z : z;
                    double loss = Math.log1p(Math.exp(-Math.abs(v))) + Math.max(v, 0);
                    double term = row.getDouble(2) * loss - carry;
                    double next = sum + term;
                    carry = (next - sum) - term;
                    sum = next;
                    weights += row.getDouble(2);
                  }
                  return List.of(new double[] {sum, weights}).iterator();
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
