package io.github.imbalancedspark.sampling;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A split, and how near to the wanted shares it came.
 *
 * @param parts the parts, each a lazy selection from the dataset
 * @param counts for each part, class → number of rows
 * @param largestDeviation the largest difference, over parts and classes, between a part's share of
 *     a class and the share that was asked for, in [0, 1]
 */
public record SplitPlan(
    List<Dataset<Row>> parts, List<SortedMap<Object, Long>> counts, double largestDeviation) {

  static double largestDeviation(List<SortedMap<Object, Long>> counts, double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    double largest = 0;
    for (Object c : counts.get(0).keySet()) {
      double total = counts.stream().mapToLong(part -> part.get(c)).sum();
      for (int i = 0; i < shares.length; i++) {
        largest = Math.max(largest, Math.abs(counts.get(i).get(c) / total - shares[i] / sum));
      }
    }
    return largest;
  }
}
