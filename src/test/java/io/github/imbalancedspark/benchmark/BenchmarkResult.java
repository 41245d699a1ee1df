package io.github.imbalancedspark.benchmark;

import java.util.Arrays;

/**
 * What one case measured, a time a pair.
 *
 * @param name the case
 * @param scanSeconds Spark's scan of the same columns into nothing
 * @param oursSeconds our fit
 * @param peerSeconds Spark's
 * @param objectiveOurs the neutral objective of our last model
 * @param objectivePeer that of Spark's
 * @param passes passes over the cached rows that our fit took
 * @param peakHeapMegabytes most heap in use during our fits
 * @param peerPeakHeapMegabytes most heap in use during Spark's
 */
record BenchmarkResult(
    String name,
    double[] scanSeconds,
    double[] oursSeconds,
    double[] peerSeconds,
    double objectiveOurs,
    double objectivePeer,
    int passes,
    long peakHeapMegabytes,
    long peerPeakHeapMegabytes) {

  /** Returns the median over the pairs of Spark's time over ours. */
  double ratioMedian() {
    double[] ratios = new double[oursSeconds.length];
    Arrays.setAll(ratios, k -> peerSeconds[k] / oursSeconds[k]);
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  String row() {
    return String.format(
        "| %s | %.2f | %.2f | %.2f | %.1f× | %.1f | %d | %+.1e | %d / %d |",
        name,
        median(scanSeconds),
        median(oursSeconds),
        median(peerSeconds),
        ratioMedian(),
        median(oursSeconds) / median(scanSeconds),
        passes,
        (objectiveOurs - objectivePeer) / objectivePeer,
        peakHeapMegabytes,
        peerPeakHeapMegabytes);
  }

  static final String HEADER =
      "| case | scan s | ours s | Spark s | Spark / ours | ours / scan | passes |"
          + " objective against Spark's | peak heap MB, ours / Spark |\n"
          + "|---|---|---|---|---|---|---|---|---|";
}
