package io.github.imbalancedspark.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

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

  private static final int STEPS = 50;

  /** What is further from the measurement than this is taken for as far. */
  private static final double MOST_FACTOR = 5;

  /** Returns what was measured in either run, and in both where both did. */
  ScaleMeasured with(ScaleMeasured other) {
    return new ScaleMeasured(
        other.machine + "; " + machine,
        merged(overheads, other.overheads, Overhead::isSame, Overhead::with),
        merged(fits, other.fits, (a, b) -> a.setting().equals(b.setting()), ScaleFit::with),
        merged(heaps, other.heaps, (a, b) -> a.features == b.features, DriverHeap::with));
  }

  private static <T> List<T> merged(
      List<T> one, List<T> other, BiPredicate<T, T> same, BinaryOperator<T> with) {
    return Stream.concat(
            one.stream().map(a -> other.stream().filter(b -> same.test(a, b)).reduce(a, with)),
            other.stream().filter(b -> one.stream().noneMatch(a -> same.test(a, b))))
        .toList();
  }

  /**
   * What a fit keeps on the driver.
   *
   * @param features d
   * @param megabytes heap in use after a collection, at most, when a pass starts
   */
  record DriverHeap(int features, double megabytes) {

    private DriverHeap with(DriverHeap other) {
      return megabytes > other.megabytes ? this : other;
    }
  }

  /**
   * Returns the constants that make least of the squared logarithms of what the formula says over
   * what was measured: an error by a factor counts the same up and down.
   */
  Map<Cost, Double> constants() {
    List<Work> works = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (Overhead overhead : overheads) {
      works.add(overhead.work());
      seconds.add(overhead.seconds());
      if (overhead.tellsDispatching()) {
        works.add(new Work().add(Cost.DISPATCH, overhead.tree().tasks()));
        seconds.add(overhead.driverCpuSeconds());
      }
    }
    for (ScaleFit fit : fits) {
      if (!fit.setting().heldOut()) {
        fit.parts().forEach(part -> works.add(part.work()));
        fit.parts().forEach(part -> seconds.add(part.seconds()));
      }
    }
    return constants(works, seconds);
  }

  /** Gauss and Newton's method, from the least squares of the relative errors. */
  private static Map<Cost, Double> constants(List<Work> works, List<Double> seconds) {
    double[] target = new double[works.size()];
    Arrays.fill(target, 1);
    List<Double> scales = seconds;
    Map<Cost, Double> constants = Map.of();
    for (int step = 0; step < STEPS; step++) {
      double[][] rows = new double[target.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(works.get(i), scales.get(i));
      }
      constants = byCost(NonNegativeLeastSquares.solve(rows, target));
      List<Double> predicted = new ArrayList<>();
      for (int i = 0; i < target.length; i++) {
        predicted.add(Math.max(works.get(i).seconds(constants), seconds.get(i) / MOST_FACTOR));
        target[i] = 1 + Math.log(seconds.get(i) / predicted.get(i));
      }
      scales = predicted;
    }
    return constants;
  }

  private static Map<Cost, Double> byCost(double[] values) {
    Map<Cost, Double> constants = new EnumMap<>(Cost.class);
    int next = 0;
    for (Cost cost : Cost.values()) {
      constants.put(cost, values[next++]);
    }
    return constants;
  }

  private static double[] row(Work work, double seconds) {
    return Arrays.stream(Cost.values()).mapToDouble(cost -> work.of(cost) / seconds).toArray();
  }
}
