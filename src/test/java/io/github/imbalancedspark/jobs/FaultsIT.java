package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.FaultPlugin;
import io.github.imbalancedspark.support.FaultPlugin.Fault;
import io.github.imbalancedspark.support.LocalCluster;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a run of {@code train} on a cluster, it ends with the same model, and its
 * outputs are there whole. Writes what happened to {@code src/site/markdown/faults.md}.
 */
@Tag("long")
class FaultsIT {

  private static final Path PAGE = Path.of("src/site/markdown/faults.md");
  private static final String HEADING =
      """
      # Injected faults

      What `./mvnw verify -Plong-tests` does to `train` on a standalone cluster of two Workers of one
      core and 512 MB, one fault a run, at the first task of the phase; `FaultsIT` is the test. Every
      run ends with the model of the undisturbed one, and with outputs that are whole; where the
      driver was killed or stopped (SIGTERM), nothing stands at the outputs' places, and the time is that of both runs.

      | phase | fault | times | exit code | largest relative difference | seconds |
      |---|---|---|---|---|---|
      """;

  /** Where a run can be hit, by what stands in the call site of the stage's job. */
  private enum Phase {
    COUNTING("BinaryLabel"),
    SPLITTING("StratifiedSplit|ClassHashes|LabelBatches|LabelCounts"),
    READING("TrainingBlocks.read"),
    SKETCH("TrainingBlocks.sketch"),
    PASSES("TrainingBlocks.sum"),
    EVALUATING("BinaryEvaluation|PredictionCounts"),
    SAVING("PipelineModel|StageIo|MLWriter"),
    WHOLE_RUN(".*");

    private final String callSite;

    Phase(String callSite) {
      this.callSite = callSite;
    }
  }

  private record Case(Phase phase, Fault fault) {}

  @TempDir static Path folder;

  /** The exit codes of processes that end by a signal. */
  private static final int SIGKILL = 128 + 9;

  private static final int SIGTERM = 128 + 15;

  private static LocalCluster cluster;
  private static ImbalancedLogisticRegressionModel expected;
  private static final StringBuilder TABLE = new StringBuilder(HEADING);

  @BeforeAll
  static void start() throws IOException {
    SparkSessions.shared()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv("jobs/sample-data/creditcard-sample.csv.gz")
        .repartition(4)
        .write()
        .parquet(folder.resolve("table").toString());
    cluster = new LocalCluster(folder.resolve("cluster"), 2, "512m");
    long begin = System.nanoTime();
    assertThat(train("reference", List.of()).code()).isZero();
    expected = classifier("reference");
    write("none", "none", 0, 0, 0, seconds(begin));
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, TABLE);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.WHOLE_RUN))) {
      cases.add(new Case(phase, Fault.EXECUTOR_KILLED));
      cases.add(new Case(phase, Fault.TASK_FAILS_TWICE));
      cases.add(new Case(phase, Fault.DRIVER_KILLED));
      cases.add(new Case(phase, Fault.DRIVER_STOPPED));
      if (phase != Phase.SAVING) { // one task: nobody to be slower than
        cases.add(new Case(phase, Fault.TASK_IS_SLOW));
      }
      cases.add(new Case(phase, Fault.WORKER_KILLED));
    }
    for (Phase phase : List.of(Phase.SPLITTING, Phase.PASSES, Phase.EVALUATING)) {
      cases.add(new Case(phase, Fault.BLOCKS_LOST));
    }
    cases.add(new Case(Phase.WHOLE_RUN, Fault.BLOCKS_EVICTED));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theModelIsTheSame(Case given) throws IOException {
    String name = given.phase + "-" + given.fault;
    cluster.replaceDeadWorkers();
    long begin = System.nanoTime();
    Submission.Result run = train(name, settings(given, name));
    if (given.fault == Fault.DRIVER_KILLED || given.fault == Fault.DRIVER_STOPPED) {
      boolean killed = given.fault == Fault.DRIVER_KILLED;
      assertThat(run.code()).isEqualTo(killed ? SIGKILL : SIGTERM);
      assertThat(outputs(name)).noneMatch(output -> !killed || !output.startsWith("."));
      assertThat(train(name, List.of()).code()).isZero();
    } else {
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
    }
    double seconds = seconds(begin);
    assertThat(outputs(name)).containsExactly("model", "report");
    assertThat(Files.readAllLines(log(name))).hasSize(given.fault.times);
    CompletionMark.require(folder.resolve(name).resolve("model").toString(), "model");
    double difference = SavedClassifier.difference(classifier(name), expected);
    write(
        given.phase.name(), given.fault.name(), given.fault.times, run.code(), difference, seconds);
    assertThat(difference).isLessThan(1e-9);
  }

  private static void write(
      String phase, String fault, int times, int code, double difference, double seconds) {
    TABLE.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %d | %d | %.1e | %.0f |%n",
            words(phase),
            words(fault),
            times,
            code,
            difference,
            seconds));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<String> settings(Case given, String name) {
    List<String> options =
        new ArrayList<>(FaultPlugin.options(given.fault, given.phase.callSite, log(name)));
    Stream.of(
            "spark.speculation=" + (given.fault == Fault.TASK_IS_SLOW),
            "spark.speculation.interval=100ms",
            "spark.speculation.minTaskRuntime=500ms",
            "spark.speculation.quantile=0.5",
            "spark.speculation.task.duration.threshold=3s",
            "spark.memory.fraction=" + (given.fault == Fault.BLOCKS_EVICTED ? 0.02 : 0.6))
        .forEach(setting -> options.addAll(List.of("--conf", setting)));
    return options;
  }

  private static Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static Submission.Result train(String name, List<String> sparkOptions) {
    return cluster.run(
        sparkOptions,
        "train",
        "--format=parquet",
        "--input=" + folder.resolve("table"),
        "--label=Class",
        "--pos-weight=auto",
        "--reg-param=1e-4",
        "--model=" + folder.resolve(name).resolve("model"),
        "--report=" + folder.resolve(name).resolve("report"));
  }

  private static List<String> outputs(String name) {
    Path outputs = folder.resolve(name);
    return Files.exists(outputs) ? CommandRun.names(outputs) : List.of();
  }

  private static ImbalancedLogisticRegressionModel classifier(String name) {
    return SavedClassifier.load(folder.resolve(name).resolve("model"));
  }
}
