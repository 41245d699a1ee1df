package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --calibrate} on rows whose odds are no logistic function of their feature. */
class CalibrationTrainingTest {

  @TempDir private Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void writeRows() throws IOException {
    Random random = new Random(5);
    String[] lines = new String[6001];
    lines[0] = "x,label";
    for (int i = 1; i < lines.length; i++) {
      double x = random.nextGaussian();
      double probability = x > 1 ? 0.5 : 0.02;
      lines[i] = x + "," + (random.nextDouble() < probability ? 1 : 0);
    }
    CommandRun.file(folder, "rows.csv", lines);
  }

  private CommandRun train(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--input=" + at("rows.csv"),
                    "--label=label",
                    "--pos-weight=auto",
                    "--model=" + at("model"),
                    "--report=" + at("report")),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
  }

  private Dataset<Row> scored() {
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + at("rows.csv"),
            "--model=" + at("model"),
            "--output=" + at("scored"));
    assertThat(run.err()).isEmpty();
    return SparkSessions.shared().read().parquet(at("scored"));
  }

  @Test
  void isotonicProbabilitiesFollowTheRowsWhereTheModelCannot() throws IOException {
    CommandRun run = train("--calibrate=isotonic");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Calibration on the test rows", "corrected", "(isotonic)");
    JsonNode metrics = metrics();
    assertThat(metrics.get("calibration").asText()).isEqualTo("isotonic");
    assertThat(metrics.get("train_rows").asDouble()).isCloseTo(3600, within(2.0));
    // 0.056 is the least there can be
    assertThat(metrics.get("calibrated_brier").asDouble())
        .isLessThan(0.07)
        .isLessThan(0.8 * metrics.get("brier").asDouble());
    assertThat(metrics.get("calibrated_expected_calibration_error").asDouble()).isLessThan(0.02);
    Dataset<Row> scored = scored();
    assertThat(scored.columns())
        .endsWith("prediction", "probability", "corrected_probability", "calibrated_probability");
    assertThat(mean(scored.filter("x > 1.05"))).isCloseTo(0.5, within(0.08));
    assertThat(mean(scored.filter("x < 0.95"))).isCloseTo(0.02, within(0.01));
  }

  private static double mean(Dataset<Row> scored) {
    return scored.selectExpr("avg(calibrated_probability)").head().getDouble(0);
  }

  @Test
  void aKnownPopulationIsWhatTheProbabilitiesAreOf() throws IOException {
    assertThat(train("--calibrate=platt", "--population-rate=0.01").err()).isEmpty();

    assertThat(metrics().get("calibrated_expected_calibration_error").asDouble()).isLessThan(0.01);
    Dataset<Row> scored = scored();
    // the mean over a population of which 1% are positive
    double mean = 0.01 * mean(scored.filter("label = 1")) + 0.99 * mean(scored.filter("label = 0"));
    assertThat(mean).isCloseTo(0.01, within(0.001));
  }

  /** Of positive rows half lack their feature, and nearly all others have it. */
  @Test
  void rowsThatAreSkippedTeachNothing() throws IOException {
    Random random = new Random(6);
    String[] lines = new String[6001];
    lines[0] = "x,label";
    for (int i = 1; i < lines.length; i++) {
      boolean positive = random.nextInt(8) == 0;
      double x = random.nextGaussian() + (positive ? 1 : 0);
      lines[i] = (positive && random.nextBoolean() ? "" : x) + "," + (positive ? 1 : 0);
    }
    CommandRun.file(folder, "rows.csv", lines);
    assertThat(train("--calibrate=platt", "--population-rate=0.01", "--missing=skip").err())
        .isEmpty();

    Dataset<Row> scored = scored();
    double mean = 0.01 * mean(scored.filter("label = 1")) + 0.99 * mean(scored.filter("label = 0"));
    assertThat(mean).isCloseTo(0.01, within(0.001));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--calibrate=platt --threshold-for=f1 | --calibrate: the validation rows cannot choose the"
            + " threshold or the epoch too; leave it or that choice out",
        "--calibrate=platt --max-epochs=3 --patience=2 | --calibrate: the validation rows cannot",
        "--calibrate=beta | --calibrate: 'beta' is not allowed; it is: platt",
      })
  void wrongOptionsAreNamed(String options, String message) {
    CommandRun run = train(options.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
