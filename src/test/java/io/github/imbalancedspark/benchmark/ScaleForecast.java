package io.github.imbalancedspark.benchmark;

import static io.github.imbalancedspark.benchmark.ScalePage.digits;
import static io.github.imbalancedspark.benchmark.ScalePage.heading;
import static io.github.imbalancedspark.benchmark.ScalePage.row;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the formula says of fits that no machine at hand can make. */
final class ScaleForecast {

  private static final double MEGABYTE = 1 << 20;
  private static final double DRIVER_BYTES = 1 << 27;
  private static final double BYTES_AT_ONCE = 1 << 26;
  private static final int LEAST_DEPTH = 2;
  private static final int MOST_DEPTH = 16;

  private static final double LARGE_ROWS = 1e10;
  private static final int LARGE_FEATURES = 100;
  private static final double LARGE_POSITIVES = 1e7;
  private static final int LARGE_PASSES = 5;

  private static final double LARGE_BYTES = LARGE_ROWS * LARGE_FEATURES * Double.BYTES;

  /** What Spark puts into a partition of files, and how many of them a fit joins. */
  private static final double FILE_PARTITION_BYTES = 1 << 27;

  private static final int JOINED = 4;
  private static final int MANY_FULL_PARTITIONS = 8192;
  private static final int PARTITIONS_PER_CORE = 8;
  private static final int FEWEST_PARTITIONS_PER_CORE = 2;

  /** How many tasks a pass has. */
  private static final int TASKS_PER_CORE = 2;

  private static final double SET_PARTITION_BYTES = 1 << 30;

  private static final double WIDE_ROWS = 1e9;
  private static final int WIDE_FEATURES = 1 << 24;
  private static final int WIDE_VALUES = 40;
  private static final int WIDE_PASSES = 100;

  private final Map<Cost, Double> constants;

  ScaleForecast(Map<Cost, Double> constants) {
    this.constants = constants;
  }

  Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("large", large());
    tables.put("wide", wide());
    return tables;
  }

  /** Returns the way of sums of so many bytes, as the library chooses it. */
  private Tree tree(FitShape shape, double bytes, int partitions, int mostDepth) {
    int tasks = tasks(shape, partitions);
    if (bytes * partitions <= BYTES_AT_ONCE) {
      return Tree.none(tasks, partitions);
    }
    return IntStream.rangeClosed(LEAST_DEPTH, mostDepth)
        .mapToObj(
            depth -> {
              int left = Tree.of(tasks, depth, false).toDriver();
              return Tree.of(tasks, depth, bytes * left > DRIVER_BYTES);
            })
        .min(Comparator.comparingDouble(tree -> seconds(shape.job(bytes, tree))))
        .orElseThrow();
  }

  private static int tasks(FitShape shape, int partitions) {
    return Math.min(partitions, TASKS_PER_CORE * shape.cores());
  }

  /** Returns what reading takes; a large summary is a job of its own. */
  private double reading(FitShape shape, int partitions, int mostDepth) {
    double bytes = shape.summaryBytes();
    Tree each = Tree.none(partitions, partitions);
    return bytes * partitions <= BYTES_AT_ONCE
        ? seconds(shape.reading(true, each))
        : seconds(shape.reading(false, each))
            + seconds(shape.summary(tree(shape, bytes, partitions, mostDepth)));
  }

  private double seconds(Work work) {
    return work.seconds(constants);
  }

  private String large() {
    StringBuilder table =
        new StringBuilder(
            heading(
                "cores of 1,000 executors",
                "partitions",
                "reading s",
                "sketch s",
                "a pass s",
                "of it dispatching tasks",
                "with Hessian s",
                "fit of 5 passes s"));
    for (int cores : new int[] {1000, 4000}) {
      int files = (int) Math.ceil(LARGE_BYTES / FILE_PARTITION_BYTES);
      int forCores =
          Math.min(
              PARTITIONS_PER_CORE * cores,
              Math.max(MANY_FULL_PARTITIONS, FEWEST_PARTITIONS_PER_CORE * cores));
      int joined = Math.max((files + JOINED - 1) / JOINED, forCores);
      int set = (int) Math.ceil(LARGE_BYTES / SET_PARTITION_BYTES);
      for (int partitions : new int[] {files, joined, set}) {
        table.append(large(cores, partitions));
      }
    }
    return table.toString();
  }

  private String large(int cores, int partitions) {
    FitShape shape = new FitShape(LARGE_ROWS, LARGE_FEATURES, LARGE_FEATURES, cores, 1);
    Function<Integer, Tree> sums = m -> tree(shape, shape.sumBytes(m), partitions, MOST_DEPTH);
    double reading = reading(shape, partitions, MOST_DEPTH);
    int tasks = tasks(shape, partitions);
    double sketch = seconds(shape.sketch(LARGE_POSITIVES, Tree.none(tasks, tasks)));
    double pass = seconds(shape.pass(0, sums.apply(0)));
    double matrix = seconds(shape.pass(1, sums.apply(1)));
    double between = seconds(shape.between(LARGE_PASSES, LARGE_POSITIVES));
    return row(
        String.format("%,d", cores),
        String.format("%,d", partitions),
        digits(reading),
        digits(sketch),
        digits(pass),
        digits(sums.apply(0).tasks() * constants.get(Cost.DISPATCH)),
        digits(matrix),
        digits(reading + sketch + matrix + (LARGE_PASSES - 1) * pass + between));
  }

  private String wide() {
    StringBuilder table =
        new StringBuilder(
            heading(
                "cores",
                "partitions",
                "tree",
                "bytes to the driver MB",
                "reading s",
                "a pass s",
                "of it the sum's way",
                "fit of 100 passes s"));
    for (int cores : new int[] {100, 400, 4000}) {
      for (int mostDepth : new int[] {LEAST_DEPTH, MOST_DEPTH}) {
        table.append(wide(cores, mostDepth));
      }
    }
    return table.toString();
  }

  private String wide(int cores, int mostDepth) {
    int partitions = 2 * cores;
    FitShape shape = new FitShape(WIDE_ROWS, WIDE_FEATURES, WIDE_VALUES, cores, 1);
    Tree sums = tree(shape, shape.sumBytes(0), partitions, mostDepth);
    double reading = reading(shape, partitions, mostDepth);
    double pass = seconds(shape.pass(0, sums));
    double between = seconds(shape.between(WIDE_PASSES, 0));
    return row(
        String.format("%,d", cores),
        String.format("%,d", partitions),
        ScalePage.stages(sums),
        digits(shape.sumBytes(0) * sums.toDriver() / MEGABYTE),
        digits(reading),
        digits(pass),
        digits(seconds(shape.job(shape.sumBytes(0), sums))),
        digits(reading + WIDE_PASSES * pass + between));
  }
}
