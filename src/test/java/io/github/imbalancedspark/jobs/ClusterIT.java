package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import io.github.imbalancedspark.support.LocalCluster;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, submitted as the packaged jar through {@code jobs/imbalanced} to Spark's Master
 * and two Workers; what comes out is what the same command gives in this process.
 */
class ClusterIT {

  private static final int ROWS = 45_676;
  private static final int FRAUDS = 492;
  private static final String[] LEARNER = {
    "--label=Class", "--pos-weight=auto", "--reg-param=1e-4"
  };

  /** Many a cluster is set up so; this process is not. */
  private static final List<String> KRYO =
      List.of("--conf", "spark.serializer=org.apache.spark.serializer.KryoSerializer");

  @TempDir static Path folder;

  private static LocalCluster cluster;
  private static final Set<String> submitted = new TreeSet<>();

  @BeforeAll
  static void start() {
    SparkSessions.shared()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv("jobs/sample-data/creditcard-sample.csv.gz")
        .repartition(4)
        .write()
        .parquet(at("table"));
    cluster = new LocalCluster(folder.resolve("cluster"), 2, "512m");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everyCommandRunsOnTheCluster() throws IOException {
    trains();
    scores();
    evaluates();
    weighs();
    resamples();
    comparesPosWeights();
    assertThat(submitted).isEqualTo(commands());
  }

  /** The night's script trains, and scores each file that came in once. */
  @Test
  void aNightRunsOnTheCluster() throws IOException {
    Dataset<Row> table = parquet("table").withColumnRenamed("Class", "fraud");
    table.withColumn("transaction_id", functions.col("Time")).write().parquet(at("base/labelled"));
    parquet("base/labelled").limit(100).coalesce(1).write().parquet(at("base/incoming"));

    Submission.Result night = cluster.runNightly(at("base"), "2026-01-31");

    assertThat(night.err()).isEmpty();
    assertThat(night.code()).isZero();
    assertThat(night.out().lines().count()).isLessThan(80);
    assertThat(json("base/reports/2026-01-31/metrics.json").get("roc_auc").asDouble())
        .isGreaterThan(0.9);
    assertThat(parquet("base/scored").count()).isEqualTo(100);
    assertThat(parquet("base/scored").filter("probability BETWEEN 0 AND 1").count()).isEqualTo(100);
  }

  /**
   * What a scheduler sees of a night that failed: the code and the line of the command that did.
   */
  @Test
  void aNightThatFailsSaysSo() throws IOException {
    Submission.Result night = cluster.runNightly(at("nowhere"), "2026-01-31");

    assertThat(night.code()).isEqualTo(1);
    assertThat(night.err().strip())
        .startsWith("imbalanced train: --input: ")
        .contains("nowhere/labelled")
        .hasLineCount(1);
    assertThat(night.out()).doesNotContain("score").doesNotContain("done");
  }

  private void trains() throws IOException {
    onCluster(
        "train", "table", options(LEARNER, "--model=" + at("model"), "--report=" + at("report")));
    String[] here =
        line("train", "table", options(LEARNER, "--model=" + at("here"), "--report=" + at("also")));
    assertThat(CommandRun.of(here).code()).isZero();

    ImbalancedLogisticRegressionModel expected = classifier("here");
    ImbalancedLogisticRegressionModel actual = classifier("model");
    assertThat(actual.intercept()).isEqualTo(expected.intercept(), within(1e-9));
    assertThat(distance(actual.coefficients(), expected.coefficients())).isLessThan(1e-9);
    assertThat(json("report/metrics.json").get("roc_auc").asDouble())
        .isEqualTo(json("also/metrics.json").get("roc_auc").asDouble(), within(1e-9));
  }

  private void scores() {
    onCluster("score", "table", "--model=" + at("model"), "--output=" + at("scored"));
    Dataset<Row> scored = parquet("scored");
    assertThat(scored.columns())
        .startsWith(parquet("table").columns())
        .endsWith("prediction", "probability", "corrected_probability");
    assertThat(scored.count()).isEqualTo(ROWS);
    Row sums =
        scored
            .agg(
                functions.sum("Amount"), functions.min("probability"), functions.max("probability"))
            .head();
    assertThat(sums.getDouble(0))
        .isEqualTo(parquet("table").agg(functions.sum("Amount")).head().getDouble(0), within(1e-3));
    assertThat(sums.getDouble(1)).isPositive();
    assertThat(sums.getDouble(2)).isLessThanOrEqualTo(1);
  }

  private void evaluates() throws IOException {
    onCluster("evaluate", "scored", "--label=Class", "--report=" + at("evaluated"));
    JsonNode metrics = json("evaluated/metrics.json");
    assertThat(metrics.get("rows").asInt()).isEqualTo(ROWS);
    assertThat(metrics.get("positives").asInt()).isEqualTo(FRAUDS);
    long caught = parquet("scored").filter("Class = 1 AND prediction = 1").count();
    assertThat(metrics.get("tp").asLong()).isEqualTo(caught).isPositive();
  }

  private void weighs() throws IOException {
    Submission.Result run =
        onCluster("weights", "table", "--label=Class", "--output=" + at("weighted"));
    JsonNode weights = new ObjectMapper().readTree(run.out()).get("weights");
    assertThat(weights.get("1").asDouble()).isEqualTo(ROWS / (2.0 * FRAUDS), within(1e-9));
    // Inverse frequencies leave the sum of all weights at the number of rows.
    assertThat(parquet("weighted").agg(functions.sum("classWeight")).head().getDouble(0))
        .isEqualTo(ROWS, within(1e-6));
  }

  private void resamples() {
    onCluster(
        "resample",
        "table",
        "--label=Class",
        "--sampling=under:0.1,over:0.5",
        "--output=" + at("resampled"));
    Dataset<Row> resampled = parquet("resampled");
    assertThat(resampled.filter("Class = 0").count()).isEqualTo(10L * FRAUDS);
    assertThat(resampled.filter("Class = 1").count()).isEqualTo(5L * FRAUDS);
    assertThat(resampled.filter("Class = 1").dropDuplicates().count())
        .isEqualTo(parquet("table").filter("Class = 1").dropDuplicates().count());
  }

  private void comparesPosWeights() throws IOException {
    onCluster(
        "sensitivity", "table", "--label=Class", "--candidates=1,20", "--report=" + at("compared"));
    JsonNode candidates = json("compared/sensitivity.json");
    assertThat(candidates).hasSize(2);
    candidates.forEach(
        candidate -> assertThat(candidate.get("roc_auc").asDouble()).isGreaterThan(0.9));
  }

  private static Submission.Result onCluster(String command, String table, String... more) {
    Submission.Result run = cluster.run(KRYO, line(command, table, more));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    submitted.add(command);
    return run;
  }

  private static String[] line(String command, String table, String... more) {
    return options(new String[] {command, "--format=parquet", "--input=" + at(table)}, more);
  }

  private static String[] options(String[] some, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  /** Returns the commands that there are, by what the program says of itself. */
  private static Set<String> commands() {
    List<String> help = CommandRun.of("--help").out().lines().toList();
    Set<String> commands = new TreeSet<>();
    help.subList(help.indexOf("Commands:") + 1, help.size()).stream()
        .takeWhile(line -> line.startsWith("  "))
        .filter(line -> line.matches("  \\S.*")) // descriptions may go on in a line of their own
        .forEach(line -> commands.add(line.strip().replaceFirst("\\s.*", "")));
    return commands;
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static Dataset<Row> parquet(String name) {
    return SparkSessions.shared().read().parquet(at(name));
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static ImbalancedLogisticRegressionModel classifier(String model) {
    PipelineModel pipeline = PipelineModel.load(at(model));
    return (ImbalancedLogisticRegressionModel) pipeline.stages()[pipeline.stages().length - 1];
  }

  private static double distance(Vector a, Vector b) {
    double most = 0;
    for (int i = 0; i < a.size(); i++) {
      most = Math.max(most, Math.abs(a.apply(i) - b.apply(i)));
    }
    return most;
  }
}
