package io.github.imbalancedspark.benchmark;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegression;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Measures what the cost formula's constants follow from, on executors that are processes. */
final class ScaleBenchmark {

  private static final int EXECUTOR_MB = 3072;

  /** Enough for a sum to go by a tree. */
  private static final long WIDE_PARTITIONS = 8;

  private static final int WARM_UPS = 8;

  private final String folder;
  private final int times;
  private final double share;
  private final Saving saving;
  private final List<Overhead> overheads = new ArrayList<>();
  private final List<ScaleFit> fits = new ArrayList<>();
  private final List<ScaleMeasured.DriverHeap> heaps = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param folder where data is kept
   * @param times how often each fit is measured
   * @param share share of the rows to measure with; less than 1 for a try
   * @param saving takes what has been measured so far, again and again
   */
  ScaleBenchmark(String folder, int times, double share, Saving saving) {
    this.folder = new File(folder).getAbsolutePath();
    this.times = times;
    this.share = share;
    this.saving = saving;
  }

  /** Takes what has been measured. */
  interface Saving {
    void save(ScaleMeasured measured) throws IOException;
  }

  void run() throws IOException {
    String machine =
        String.format(
            Locale.ROOT,
            "%d cores, JDK %s, load average %.1f at the start",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.specification.version"),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (int executors = 1; executors <= 2; executors++) {
      SparkSession spark = session(executors);
      try {
        warmUp(spark, ScaleSetting.all(executors, share).get(0));
        for (ScaleSetting setting : ScaleSetting.all(executors, share)) {
          measure(spark, setting);
          saving.save(new ScaleMeasured(machine, overheads, fits, heaps));
        }
        overheads.addAll(
            new OverheadJobs(
                    JavaSparkContext.fromSparkContext(spark.sparkContext()), executors, times)
                .run(share));
        saving.save(new ScaleMeasured(machine, overheads, fits, heaps));
      } finally {
        spark.stop();
      }
    }
  }

  private static SparkSession session(int executors) {
    String classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    String logging =
        "-Dlog4j2.configurationFile="
            + Path.of(System.getProperty("log4j2.configurationFile")).toAbsolutePath();
    return SparkSession.builder()
        .master(String.format("local-cluster[%d,1,%d]", executors, EXECUTOR_MB))
        .appName("imbalanced-spark scale")
        .config("spark.executor.memory", EXECUTOR_MB + "m")
        .config("spark.executor.extraClassPath", classpath)
        .config("spark.executor.extraJavaOptions", logging)
        .config("spark.scheduler.minRegisteredResourcesRatio", 1)
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  /** Lets the executors, which have just started, compile their code. */
  private void warmUp(SparkSession spark, ScaleSetting setting) throws IOException {
    Dataset<Row> rows = setting.data().load(spark, folder);
    for (int k = 0; k < WARM_UPS; k++) {
      fit(setting, rows);
    }
  }

  private void measure(SparkSession spark, ScaleSetting setting) throws IOException {
    String partitions = "spark.sql.files.minPartitionNum";
    if (setting.wide()) {
      spark.conf().set(partitions, WIDE_PARTITIONS);
    } else {
      spark.conf().unset(partitions);
    }
    Dataset<Row> rows = setting.data().load(spark, folder);
    double positives = rows.agg(functions.sum("label")).head().getDouble(0);
    if (!setting.wide()) {
      fit(setting, rows); // so that all its code is compiled
    }
    List<Double> seconds = new ArrayList<>();
    List<List<JobTime>> jobs = new ArrayList<>();
    for (int k = 0; k < (setting.wide() ? 1 : times); k++) {
      jobs.add(
          JobTimes.of(
              spark.sparkContext(),
              () -> {
                long start = System.nanoTime();
                fit(setting, rows);
                seconds.add((System.nanoTime() - start) / 1e9);
              }));
    }
    double values = setting.nonZeros() > 0 ? setting.nonZeros() : setting.features();
    ScaleFit fit = new ScaleFit(setting, positives, values, seconds, jobs);
    fits.add(fit);
    System.out.printf(
        "%s, %d executors, %d models: %.2f s, %d passes of tasks %s%n",
        setting.label(),
        setting.executors(),
        setting.models(),
        fit.typicalSeconds(),
        fit.passes(),
        jobs.get(0).get(jobs.get(0).size() - 1).stageTasks());
    if (setting.wide()) {
      LiveHeap live = new LiveHeap();
      spark.sparkContext().addSparkListener(live);
      fit(setting, rows);
      spark.sparkContext().removeSparkListener(live);
      heaps.add(new ScaleMeasured.DriverHeap(setting.features(), live.megabytes()));
    }
  }

  /** Fits of several models, and wide ones, take a number of steps that is known beforehand. */
  private static List<ImbalancedLogisticRegressionModel> fit(
      ScaleSetting setting, Dataset<Row> rows) {
    ImbalancedLogisticRegression learner =
        new ImbalancedLogisticRegression().setRegParam(ScaleSetting.REG_PARAM);
    if (setting.nonZeros() > 0) {
      learner.setSolver("lbfgs"); // the formula knows no samples of rows
    }
    if (setting.wide()) {
      learner.setMaxIter(ScaleSetting.WIDE_ITERATIONS);
    } else if (setting.models() > 1 || setting.nonZeros() > 0) {
      learner.setMaxIter(ScaleSetting.ITERATIONS).setTol(ScaleSetting.NO_TOLERANCE);
    }
    ParamMap[] maps =
        Arrays.stream(setting.posWeights())
            .mapToObj(weight -> new ParamMap().put(learner.posWeight().w(weight)))
            .toArray(ParamMap[]::new);
    return learner.fit(rows, maps);
  }
}
