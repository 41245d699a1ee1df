package io.github.imbalancedspark.benchmark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one case measured, a time a pair.
 *
 * @param name the case
 * @param firstRatio Spark's time over ours in the first pair, of code that is not compiled yet
 * @param scanSeconds Spark's scan of the same columns into nothing
 * @param oursSeconds ours
 * @param peerSeconds Spark's
 * @param peakHeapMegabytes most heap in use while ours ran
 * @param peerPeakHeapMegabytes most heap in use while Spark's ran
 * @param outcome how good the results are
 */
record BenchmarkResult(
    String name,
    double firstRatio,
    double[] scanSeconds,
    double[] oursSeconds,
    double[] peerSeconds,
    long peakHeapMegabytes,
    long peerPeakHeapMegabytes,
    Outcome outcome) {

  static final String HEADER =
      "| case | scan s | ours s | Spark s | Spark / ours | in the first pair | ours / scan | passes |"
          + " objective against Spark's | peak heap MB, ours / Spark |\n"
          + "|---|---|---|---|---|---|---|---|---|---|";

  /** Returns the median over the pairs of Spark's time over ours. */
  double ratioMedian() {
    double[] ratios = new double[oursSeconds.length];
    Arrays.setAll(ratios, k -> peerSeconds[k] / oursSeconds[k]);
    return median(ratios);
  }

  /** Returns the median over the pairs of our time over the scan's. */
  double scanRatioMedian() {
    double[] ratios = new double[oursSeconds.length];
    Arrays.setAll(ratios, k -> oursSeconds[k] / scanSeconds[k]);
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
        "| %s | %.2f | %.2f | %.2f | %.1f× | %.1f× | %.1f | %s | %s | %d / %d |",
        name,
        median(scanSeconds),
        median(oursSeconds),
        median(peerSeconds),
        ratioMedian(),
        firstRatio,
        scanRatioMedian(),
        outcome.passes() == null ? "–" : outcome.passes(),
        outcome.objectiveOurs() == null ? "–" : String.format("%+.1e", outcome.difference()),
        peakHeapMegabytes,
        peerPeakHeapMegabytes);
  }

  /** Returns everything, by the names that it has in the file. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("ours_seconds", oursSeconds);
    fields.put("peer_seconds", peerSeconds);
    fields.put("ratio_median", ratioMedian());
    fields.put("ratio_first", firstRatio);
    fields.put("scan_seconds", scanSeconds);
    fields.put("scan_ratio_median", scanRatioMedian());
    fields.put("objective_ours", outcome.objectiveOurs());
    fields.put("objective_peer", outcome.objectivePeer());
    fields.put("passes", outcome.passes());
    fields.put("peak_heap_mb_ours", peakHeapMegabytes);
    fields.put("peak_heap_mb_peer", peerPeakHeapMegabytes);
    if (outcome.parts() != null) {
      fields.put("parts_seconds", outcome.parts());
    }
    fields.putAll(outcome.more());
    return fields;
  }
}
