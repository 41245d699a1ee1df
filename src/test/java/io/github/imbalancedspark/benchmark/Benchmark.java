package io.github.imbalancedspark.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures this library against what Spark has for the same work: in one JVM, alternating, after a
 * warm-up of both.
 */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Time this library against Spark, side by side.")
final class Benchmark implements Callable<Integer> {

  @Option(names = "--case", paramLabel = "NAME", description = "A case to run (default: all).")
  private List<String> names;

  @Option(
      names = "--pairs",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Measured pairs (default: 5).")
  private int pairs;

  @Option(
      names = "--warm-ups",
      paramLabel = "COUNT",
      defaultValue = "2",
      description = "Pairs before them, at least one (default: 2).")
  private int warmUps;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "target/benchmark.json",
      description = "Where to write every time (default: target/benchmark.json).")
  private File json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "target/benchmark-data",
      description = "Where generated data is kept (default: target/benchmark-data).")
  private String folder;

  @Option(
      names = "--kernels",
      description = "Measure the kernels of a pass against the memory's bandwidth, and no case.")
  private boolean kernels;

  @Option(
      names = "--scale",
      description =
          "Measure what a fit's cost at scale is made of, on one and two executors, and write it,"
              + " the constants and src/site/markdown/scale.md; no case.")
  private boolean scale;

  @Option(
      names = "--scale-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "Share of the rows to measure --scale with (default: 1); less is a try, and leaves the"
              + " page alone.")
  private double scaleShare;

  @Option(
      names = "--scale-page",
      description = "Write the page anew from what --scale has written.")
  private boolean scalePage;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (kernels) {
      KernelBenchmark.run(System.out::println);
      return 0;
    }
    if (scale || scalePage) {
      scale();
      return 0;
    }
    List<BenchmarkCase> cases =
        names == null ? BenchmarkCase.ALL : names.stream().map(BenchmarkCase::named).toList();
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .appName("imbalanced-spark benchmark")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    List<BenchmarkResult> results = new ArrayList<>();
    for (BenchmarkCase benchmarkCase : cases) {
      results.add(measure(spark, benchmarkCase));
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(json, results.stream().map(BenchmarkResult::fields).toList());
    }
    System.out.println(BenchmarkResult.HEADER);
    results.forEach(result -> System.out.println(result.row()));
    List<String> parts =
        results.stream()
            .filter(result -> result.outcome().parts() != null)
            .map(result -> result.outcome().parts().row(result.name()))
            .toList();
    if (!parts.isEmpty()) {
      System.out.printf("%nWhere ours spends its time%n%s%n", FitParts.HEADER);
      parts.forEach(System.out::println);
    }
    spark.stop();
    return 0;
  }

  /** What is measured again is pooled with what the file has. */
  private void scale() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    if (scale) {
      ScaleMeasured before = json.exists() ? mapper.readValue(json, ScaleMeasured.class) : null;
      new ScaleBenchmark(
              folder,
              pairs,
              scaleShare,
              measured ->
                  mapper
                      .writerWithDefaultPrettyPrinter()
                      .writeValue(json, before == null ? measured : measured.with(before)))
          .run();
    }
    ScalePage page = new ScalePage(mapper.readValue(json, ScaleMeasured.class));
    page.tables().forEach((name, table) -> System.out.printf("%s%n%s%n", name, table));
    if (scaleShare == 1) {
      page.write(Path.of("src/site/markdown/scale.md"));
    }
  }

  private BenchmarkResult measure(SparkSession spark, BenchmarkCase benchmarkCase)
      throws IOException {
    double[] scan = new double[pairs];
    double[] ours = new double[pairs];
    double[] peer = new double[pairs];
    double firstRatio = 0;
    long oursPeak = 0;
    long peerPeak = 0;
    try (Comparison comparison = benchmarkCase.prepare(spark, folder)) {
      for (int pair = -Math.max(1, warmUps); pair < pairs; pair++) {
        double scanTime = seconds(comparison::scan);
        PeakHeap.start();
        double oursTime = seconds(comparison::ours);
        oursPeak = Math.max(oursPeak, PeakHeap.megabytes());
        PeakHeap.start();
        double peerTime = seconds(comparison::peer);
        peerPeak = Math.max(peerPeak, PeakHeap.megabytes());
        System.out.printf(
            "%s %s: scan %.2f s, ours %.2f s, Spark %.2f s%n",
            benchmarkCase.name(),
            pair < 0 ? "warm-up" : "pair " + (pair + 1),
            scanTime,
            oursTime,
            peerTime);
        firstRatio = firstRatio == 0 ? peerTime / oursTime : firstRatio;
        if (pair >= 0) {
          scan[pair] = scanTime;
          ours[pair] = oursTime;
          peer[pair] = peerTime;
        }
      }
      return new BenchmarkResult(
          benchmarkCase.name(),
          firstRatio,
          scan,
          ours,
          peer,
          oursPeak,
          peerPeak,
          comparison.outcome());
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
