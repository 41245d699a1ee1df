package io.github.imbalancedspark.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures {@link ImbalancedLogisticRegression} against Spark's {@link LogisticRegression}: in one
 * JVM, alternating, after a warm-up of both.
 */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Time our learner against Spark's, side by side.")
final class Benchmark implements Callable<Integer> {

  @Option(names = "--case", paramLabel = "NAME", description = "A case to run (default: all).")
  private List<String> names;

  @Option(
      names = "--pairs",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Measured pairs after the warm-up (default: 5).")
  private int pairs;

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

  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .appName("imbalanced-spark benchmark")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    List<BenchmarkCase> cases =
        names == null ? BenchmarkCase.ALL : names.stream().map(BenchmarkCase::named).toList();
    List<BenchmarkResult> results = new ArrayList<>();
    for (BenchmarkCase benchmarkCase : cases) {
      results.add(run(spark, benchmarkCase));
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(json, results.stream().map(Benchmark::fields).toList());
    }
    System.out.println(BenchmarkResult.HEADER);
    results.forEach(result -> System.out.println(result.row()));
    spark.stop();
    return 0;
  }

  private BenchmarkResult run(SparkSession spark, BenchmarkCase benchmarkCase) throws Exception {
    Dataset<Row> data = benchmarkCase.load(spark, folder);
    double[] scan = new double[pairs];
    double[] ours = new double[pairs];
    double[] peer = new double[pairs];
    long oursPeak = 0;
    long peerPeak = 0;
    ImbalancedLogisticRegressionModel ourModel = null;
    LogisticRegressionModel peerModel = null;
    for (int pair = -1; pair < pairs; pair++) {
      long start = System.nanoTime();
      data.select("label", "features").write().format("noop").mode("overwrite").save();
      double scanTime = seconds(start);
      resetPeak();
      start = System.nanoTime();
      ourModel = fitOurs(benchmarkCase, data);
      double ourTime = seconds(start);
      oursPeak = Math.max(oursPeak, peakMegabytes());
      resetPeak();
      start = System.nanoTime();
      peerModel = fitPeer(benchmarkCase, data);
      double peerTime = seconds(start);
      peerPeak = Math.max(peerPeak, peakMegabytes());
      System.out.printf(
          "%s %s: scan %.2f s, ours %.2f s in %d passes, Spark %.2f s in %d iterations%n",
          benchmarkCase.name(),
          pair < 0 ? "warm-up" : "pair " + (pair + 1),
          scanTime,
          ourTime,
          ourModel.summary().passes(),
          peerTime,
          peerModel.summary().totalIterations());
      if (pair >= 0) {
        scan[pair] = scanTime;
        ours[pair] = ourTime;
        peer[pair] = peerTime;
      }
    }
    NeutralObjective objective =
        new NeutralObjective(data, benchmarkCase.lastWeightCol(), benchmarkCase.regParam());
    BenchmarkResult result =
        new BenchmarkResult(
            benchmarkCase.name(),
            scan,
            ours,
            peer,
            objective.of(ourModel.coefficients(), ourModel.intercept()),
            objective.of(peerModel.coefficients(), peerModel.intercept()),
            ourModel.summary().passes(),
            oursPeak,
            peerPeak);
    data.unpersist();
    return result;
  }

  /**
   * With a penalty, Spark's row weights mean another objective than positive weights do, so then we
   * are given row weights too.
   */
  private static ImbalancedLogisticRegressionModel fitOurs(
      BenchmarkCase benchmarkCase, Dataset<Row> data) {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setRegParam(benchmarkCase.regParam());
    if (benchmarkCase.regParam() > 0 && benchmarkCase.posWeights()[0] != 1) {
      return learner.setWeightCol(benchmarkCase.lastWeightCol()).fit(data);
    }
    ParamMap[] maps = new ParamMap[benchmarkCase.posWeights().length];
    for (int k = 0; k < maps.length; k++) {
      maps[k] = new ParamMap().put(learner.posWeight().w(benchmarkCase.posWeights()[k]));
    }
    return learner.fit(data, maps).get(maps.length - 1);
  }

  /**
   * Spark knows positive weights as row weights; an equal weight for every row is no weight at all.
   */
  private static LogisticRegressionModel fitPeer(BenchmarkCase benchmarkCase, Dataset<Row> data) {
    LogisticRegressionModel model = null;
    for (int k = 0; k < benchmarkCase.posWeights().length; k++) {
      LogisticRegression learner = new LogisticRegression().setRegParam(benchmarkCase.regParam());
      if (benchmarkCase.posWeights()[k] != 1) {
        learner.setWeightCol(BenchmarkCase.weightCol(k));
      }
      model = learner.fit(data);
    }
    return model;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void resetPeak() {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakMegabytes() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static Map<String, Object> fields(BenchmarkResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", result.name());
    fields.put("ours_seconds", result.oursSeconds());
    fields.put("peer_seconds", result.peerSeconds());
    fields.put("ratio_median", result.ratioMedian());
    fields.put("scan_seconds", result.scanSeconds());
    fields.put("objective_ours", result.objectiveOurs());
    fields.put("objective_peer", result.objectivePeer());
    fields.put("passes", result.passes());
    fields.put("peak_heap_mb_ours", result.peakHeapMegabytes());
    fields.put("peak_heap_mb_peer", result.peerPeakHeapMegabytes());
    return fields;
  }
}
