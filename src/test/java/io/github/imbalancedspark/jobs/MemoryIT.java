package io.github.imbalancedspark.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.support.EventLog;
import io.github.imbalancedspark.support.LocalCluster;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training rows that are four times what the executors can hold in memory give the same model as
 * with all of them in memory. Writes {@code src/site/markdown/memory.md}.
 */
@Tag("long")
class MemoryIT {

  private static final int FEATURES = 60;
  private static final long ROWS = 2_600_000;
  private static final int FILES = 16;
  private static final int TIMES_MEMORY = 4;
  private static final double MEGABYTE = 1 << 20;
  private static final Path PAGE = Path.of("src/site/markdown/memory.md");
  @TempDir static Path folder;

  private record Run(String heap, EventLog log, double seconds) {

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
          heap,
          log.storageMemory() / MEGABYTE,
          log.cached() / MEGABYTE,
          log.spilled() / MEGABYTE,
          log.peakOfExecutors("JVMHeapMemory") / MEGABYTE,
          log.peakOfExecutors("OnHeapStorageMemory") / MEGABYTE,
          log.peakOfExecutors("ProcessTreeJVMRSSMemory") / MEGABYTE,
          log.peakOfDriver("JVMHeapMemory") / MEGABYTE,
          seconds);
    }
  }

  @Test
  void theModelIsTheSame() throws IOException {
    writeTable();
    Run roomy;
    Run tight;
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 2, "3g")) {
      roomy = train(cluster, "3g");
      tight = train(cluster, "512m");
    }
    double difference =
        SavedClassifier.difference(
            SavedClassifier.load(model(tight.heap)), SavedClassifier.load(model(roomy.heap)));
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, heading(difference) + roomy.row() + tight.row());

    assertThat(roomy.log.spilled()).isZero();
    assertThat(roomy.log.cached()).isGreaterThan(TIMES_MEMORY * tight.log.storageMemory());
    assertThat(tight.log.spilled()).isGreaterThan(tight.log.storageMemory());
    assertThat(difference).isLessThan(1e-9);
  }

  private static String heading(double difference) {
    return String.format(
        Locale.ROOT,
        """
        # Training rows beyond memory

        What `./mvnw verify -Plong-tests` (`MemoryIT`) saw of `train` on a standalone cluster of two Workers of
        one core, on %,d rows of %d features, of which it trains on four in five: once with executors that hold
        the blocks of rows in memory, once with executors that hold a quarter at most. Both models are one to
        %.1e, relative to the largest coefficient. Memory is in MB, by Spark's event log; blocks are those of the
        largest RDD, peaks those of the executor that needed most.

        | executor heap | storage memory, both | blocks | of them spilled to disk | peak heap | peak storage | peak process | peak driver heap | seconds |
        |---|---|---|---|---|---|---|---|---|
        """,
        ROWS,
        FEATURES,
        difference);
  }

  /** Writes features that are noise, and labels of which one in twenty is 1 and half are told. */
  private static void writeTable() {
    List<Column> columns = new ArrayList<>();
    IntStream.range(0, FEATURES)
        .mapToObj(j -> expr("xxhash64(id, " + j + ") / 9.3e18D").as("x" + j))
        .forEach(columns::add);
    columns.add(
        expr("int(xxhash64(id, 0) / 9.3e18D + xxhash64(id, -1) / 9.3e18D > 1.37)").as("label"));
    SparkSessions.shared()
        .range(0, ROWS, 1, FILES)
        .select(columns.toArray(new Column[0]))
        .write()
        .parquet(folder.resolve("table").toString());
  }

  private static Run train(LocalCluster cluster, String heap) throws IOException {
    Path events = Files.createDirectories(folder.resolve("events-" + heap));
    List<String> options = new ArrayList<>(EventLog.options(events));
    options.addAll(List.of("--conf", "spark.executor.memory=" + heap));
    options.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:+UseSerialGC"));
    Submission.Result run =
        cluster.run(
            options,
            "train",
            "--format=parquet",
            "--input=" + folder.resolve("table"),
            "--label=label",
            "--pos-weight=auto",
            "--reg-param=1e-4",
            "--model=" + model(heap),
            "--report=" + report(heap));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return new Run(
        heap,
        EventLog.read(events),
        new ObjectMapper()
            .readTree(report(heap).resolve("metrics.json").toFile())
            .get("seconds")
            .asDouble());
  }

  private static Path model(String heap) {
    return folder.resolve("model-" + heap);
  }

  private static Path report(String heap) {
    return folder.resolve("report-" + heap);
  }
}
