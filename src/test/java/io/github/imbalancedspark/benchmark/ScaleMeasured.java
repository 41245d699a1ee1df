package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured, which the formula's constants follow from.
 *
 * @param machine what it was measured on
 * @param overheads jobs that do next to nothing
 * @param fits fits, those that are held out as well
 * @param heaps what wide fits keep on the driver
 */
record ScaleMeasured(
    String machine, List<Overhead> overheads, List<ScaleFit> fits, List<DriverHeap> heaps) {

  /**
   * What a fit keeps on the driver.
   *
   * @param features d
   * @param megabytes heap in use after a collection, at most, when a pass starts
   */
  record DriverHeap(int features, double megabytes) {}

  /** Returns the constants that make least of the squared relative errors. */
  Map<Cost, Double> constants() {
    List<double[]> rows = new ArrayList<>();
    overheads.forEach(o -> rows.add(row(o.work(), o.seconds())));
    for (ScaleFit fit : fits) {
      if (!fit.setting().heldOut()) {
        fit.parts().forEach(part -> rows.add(row(part.work(), part.seconds())));
      }
    }
    double[] ones = new double[rows.size()];
    Arrays.fill(ones, 1);
    double[] x = NonNegativeLeastSquares.solve(rows.toArray(new double[0][]), ones);
    Map<Cost, Double> constants = new EnumMap<>(Cost.class);
    int next = 0;
    for (Cost cost : Cost.values()) {
      constants.put(cost, x[next++]);
    }
    return constants;
  }

  private static double[] row(Work work, double seconds) {
    return Arrays.stream(Cost.values()).mapToDouble(cost -> work.of(cost) / seconds).toArray();
  }
}
