package io.github.imbalancedspark.jobs;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.sampling.StratifiedResampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done to a table before it was written is known to the commands that read it. */
class LedgerInFilesTest {

  @TempDir Path folder;

  /** 100 rows of class 2, the positive one, and 900 of class 1. */
  private static final Dataset<Row> ROWS =
      thousand()
          .withColumn("fraud", col("label").plus(1))
          .withColumn("x", col("id").mod(7).cast("double"))
          .drop("label");

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private double factorOf(String table, String... more) throws IOException {
    CommandRun run = train(table, more);
    assertThat(run.err()).isEmpty();
    return metrics().get("odds_factor").asDouble();
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
  }

  private CommandRun train(String table, String... more) {
    String[] options = {
      "train",
      "--input=" + at(table),
      "--format=parquet",
      "--label=fraud",
      "--features=x",
      "--report=" + at("report"),
      "--overwrite"
    };
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void aTableThatWasResampledSaysSo() throws IOException {
    new StratifiedResampler()
        .setLabelCol("fraud")
        .setSamplingStrategy(0.5)
        .resample(ROWS)
        .write()
        .parquet(at("halved"));

    assertThat(factorOf("halved")).isEqualTo(900.0 / 200, within(1e-12));

    CommandRun twice = train("halved", "--pos-weight=9", "--on-double-correction=error");
    assertThat(twice.code()).isEqualTo(1);
    assertThat(twice.err())
        .contains(
            "--on-double-correction: the same imbalance is corrected twice",
            "9.00000 (--pos-weight)");
    assertThat(factorOf("halved", "--pos-weight=9", "--on-double-correction=ignore"))
        .isEqualTo(9 * 4.5, within(1e-12));
  }

  @Test
  void smallSampleBiasIsCorrectedOnTheCommandLine() throws IOException {
    ROWS.write().parquet(at("rows"));

    assertThat(train("rows", "--bias-correction=kingZeng").err()).isEmpty();

    assertThat(metrics().get("bias_correction").asText()).isEqualTo("kingZeng");
    assertThat(metrics().get("converged").asBoolean()).isTrue();
    CommandRun weighted = train("rows", "--bias-correction=firth", "--pos-weight=9");
    assertThat(weighted.code()).isEqualTo(2);
    assertThat(weighted.err()).contains("is for classes that weigh the same");
  }

  @Test
  void aColumnOfClassWeightsSaysSo() throws IOException {
    ROWS.write().parquet(at("rows"));
    CommandRun weights =
        CommandRun.of(
            "weights",
            "--input=" + at("rows"),
            "--format=parquet",
            "--label=fraud",
            "--output=" + at("weighed"));
    assertThat(weights.err()).isEmpty();

    assertThat(factorOf("weighed", "--weight-col=classWeight")).isEqualTo(9, within(1e-12));
    assertThat(factorOf("weighed")).isEqualTo(1);
  }
}
