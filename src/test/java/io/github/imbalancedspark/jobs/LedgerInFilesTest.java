package io.github.imbalancedspark.jobs;

import static io.github.imbalancedspark.support.Rows.thousand;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    CommandRun run = CommandRun.of(all);
    assertThat(run.err()).isEmpty();
    return new ObjectMapper()
        .readTree(folder.resolve("report/metrics.json").toFile())
        .get("odds_factor")
        .asDouble();
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
