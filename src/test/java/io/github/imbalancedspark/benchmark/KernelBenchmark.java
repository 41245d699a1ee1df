package io.github.imbalancedspark.benchmark;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.core.linalg.DenseBlockBuilder;
import io.github.imbalancedspark.core.linalg.FloatRows;
import io.github.imbalancedspark.core.linalg.SparseBlockBuilder;
import io.github.imbalancedspark.core.linalg.SymmetricSum;
import io.github.imbalancedspark.core.loss.BceWithLogitsLoss;
import io.github.imbalancedspark.core.loss.PointwiseLoss.RowsLoss;
import io.github.imbalancedspark.support.DenseRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The kernels of a pass, on one thread over blocks that together are far larger than the caches,
 * against what the memory delivers: a = b + s·c over arrays of the same size (the triad of
 * McCalpin's STREAM, 1995).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {

  private static final int FEATURES = 30;
  private static final int ROWS = 800_000;
  private static final int SPARSE_FEATURES = 1 << 18;
  private static final int NON_ZEROS = 30;
  private static final int SPARSE_ROWS = 500_000;
  private static final int TRIAD = 1 << 23;

  private final double[] a = new double[TRIAD];
  private final double[] b = new double[TRIAD];
  private final double[] c = new double[TRIAD];
  private final List<Block> dense = new ArrayList<>();
  private final List<Block> sparse = new ArrayList<>();
  private final List<Block> indicators = new ArrayList<>();
  private final List<FloatRows> sample = new ArrayList<>();
  private final List<FloatRows> indicatorSample = new ArrayList<>();
  private final float[] floatCoefficients = new float[SPARSE_FEATURES];
  private final float[] floatSum = new float[SPARSE_FEATURES];
  private final double[] coefficients = new double[SPARSE_FEATURES];
  private final double[] gradient = new double[SPARSE_FEATURES + 1];
  private final double[] center = new double[FEATURES];
  private final double[] rows = new double[1 << 20];
  private final double[] slopes = new double[1 << 20];
  private final double[] curvatures = new double[1 << 20];
  private final double[] weights = new double[1 << 20];
  private final RowsLoss loss = new BceWithLogitsLoss(1, 10).rows();

  /** Makes the blocks. */
  @Setup
  public void makeBlocks() {
    SplittableRandom random = new SplittableRandom(1);
    DenseBlockBuilder denseBuilder = new DenseBlockBuilder(FEATURES, 1 << 20, false);
    for (int i = 0; i < ROWS; i++) {
      double[] row = random.doubles(FEATURES).map(x -> x - 0.5).toArray();
      DenseRows.add(denseBuilder, i % 10 == 0 ? 1 : 0, 1, row);
      if (denseBuilder.isFull()) {
        dense.add(denseBuilder.take());
      }
    }
    makeSparseBlocks(random, false, sparse);
    makeSparseBlocks(random, true, indicators);
    double[] scales = new double[SPARSE_FEATURES];
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] = random.nextDouble() - 0.5;
      floatCoefficients[j] = (float) coefficients[j];
      scales[j] = 2;
    }
    double[] origins = new double[SPARSE_FEATURES];
    sparse.forEach(block -> sample.add(block.inFloats(origins, scales, new float[block.rows()])));
    indicators.forEach(
        block -> indicatorSample.add(block.inFloats(null, null, new float[block.rows()])));
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = random.nextDouble() - 0.5;
      weights[i] = random.nextDouble() + 0.5;
      rows[i] = 8 * random.nextDouble() - 4;
    }
  }

  private static void makeSparseBlocks(SplittableRandom random, boolean ones, List<Block> blocks) {
    SparseBlockBuilder builder = new SparseBlockBuilder(SPARSE_FEATURES, 1 << 20, false);
    for (int i = 0; i < SPARSE_ROWS; i++) {
      int at = builder.startRow(i % 10 == 0 ? 1 : 0, 1, NON_ZEROS);
      for (int k = 0; k < NON_ZEROS; k++) {
        builder.indices()[at + k] =
            (k * SPARSE_FEATURES + random.nextInt(SPARSE_FEATURES)) / NON_ZEROS;
        builder.values()[at + k] = ones ? 1 : 1 + random.nextDouble();
      }
      builder.endRow(NON_ZEROS);
      if (builder.isFull()) {
        blocks.add(builder.take());
      }
    }
  }

  /** The bandwidth to compare with. */
  @Benchmark
  public double[] triad() {
    for (int i = 0; i < TRIAD; i++) {
      a[i] = b[i] + 3.0 * c[i];
    }
    return a;
  }

  /** Margins of dense rows. */
  @Benchmark
  public void denseMargins() {
    dense.forEach(block -> block.margins(coefficients, 0.1, center, curvatures));
  }

  /** The gradient of dense rows. */
  @Benchmark
  public void denseGradient() {
    dense.forEach(block -> block.addGradient(slopes, center, gradient));
  }

  /** Margins of sparse rows. */
  @Benchmark
  public void sparseMargins() {
    sparse.forEach(block -> block.margins(coefficients, 0.1, null, curvatures));
  }

  /** The gradient of sparse rows. */
  @Benchmark
  public void sparseGradient() {
    sparse.forEach(block -> block.addGradient(slopes, null, gradient));
  }

  /** Margins of sparse rows of ones. */
  @Benchmark
  public void indicatorMargins() {
    indicators.forEach(block -> block.margins(coefficients, 0.1, null, curvatures));
  }

  /** The gradient of sparse rows of ones. */
  @Benchmark
  public void indicatorGradient() {
    indicators.forEach(block -> block.addGradient(slopes, null, gradient));
  }

  /** A product with the Hessian of sparse rows, in floats. */
  @Benchmark
  public void sparseProduct() {
    sample.forEach(rows -> rows.addHessianTimes(floatCoefficients, 0.1f, floatSum));
  }

  /** A product with the Hessian of sparse rows of ones, in floats. */
  @Benchmark
  public void indicatorProduct() {
    indicatorSample.forEach(rows -> rows.addHessianTimes(floatCoefficients, 0.1f, floatSum));
  }

  /** The Hessian of dense rows, all of which count: bound by arithmetic. */
  @Benchmark
  public SymmetricSum denseHessian() {
    SymmetricSum hessian = new SymmetricSum(FEATURES + 1);
    dense.forEach(block -> block.addHessian(weights, center, hessian));
    hessian.flush();
    return hessian;
  }

  /** Loss, slope and curvature of margins in the cache: bound by arithmetic. */
  @Benchmark
  public double loss() {
    double sum = 0;
    for (Block block : dense) {
      sum += loss.evaluate(rows, block.labels(), null, block.rows(), slopes, curvatures);
    }
    return sum;
  }

  /** Returns how many bytes each kernel must at least move. */
  private static Map<String, Double> bytes() {
    double block = (double) Double.BYTES * FEATURES * ROWS;
    double entries = (double) (Double.BYTES + Integer.BYTES) * NON_ZEROS * SPARSE_ROWS;
    double indicators = (double) Integer.BYTES * NON_ZEROS * SPARSE_ROWS;
    Map<String, Double> bytes = new LinkedHashMap<>();
    bytes.put("triad", 3.0 * Double.BYTES * TRIAD);
    bytes.put("denseMargins", block);
    bytes.put("denseGradient", block);
    bytes.put("sparseMargins", entries);
    bytes.put("sparseGradient", entries);
    bytes.put("indicatorMargins", indicators);
    bytes.put("indicatorGradient", indicators);
    bytes.put("sparseProduct", (double) (Float.BYTES + Integer.BYTES) * NON_ZEROS * SPARSE_ROWS);
    bytes.put("indicatorProduct", indicators);
    return bytes;
  }

  /** Runs all of them and prints a table. */
  static void run(Consumer<String> lines) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(KernelBenchmark.class.getName())
                    .jvmArgs("-Xmx3g", "--add-modules=jdk.incubator.vector")
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    Map<String, Double> milliseconds = new LinkedHashMap<>();
    for (RunResult result : results) {
      milliseconds.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
    }
    double triad = bytes().get("triad") / milliseconds.get("triad");
    lines.accept("| kernel | GB/s | of the triad's |");
    lines.accept("|---|---|---|");
    bytes()
        .forEach(
            (name, size) -> {
              double rate = size / milliseconds.get(name);
              lines.accept(
                  String.format("| %s | %.1f | %.0f%% |", name, rate / 1e6, 100 * rate / triad));
            });
    lines.accept(
        String.format(
            "loss, slope and curvature: %.1f ns a row", milliseconds.get("loss") * 1e6 / ROWS));
    double products = (FEATURES + 1.0) * (FEATURES + 2) / 2 * ROWS;
    lines.accept(
        String.format(
            "Hessian of dense rows: %.1f ns a row, %.2f billion products a second",
            milliseconds.get("denseHessian") * 1e6 / ROWS,
            products / milliseconds.get("denseHessian") / 1e6));
  }
}
