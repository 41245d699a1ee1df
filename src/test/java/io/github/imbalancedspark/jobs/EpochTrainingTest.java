package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train} with focal losses and by epochs. */
class EpochTrainingTest {

  private static final String SAMPLE = "jobs/sample-data/creditcard-sample.csv.gz";

  /** A text without other digits. */
  private static final Pattern ASCII_DIGITS = Pattern.compile("(?s)(?:[0-9]|\\P{Nd})*+");

  @TempDir private Path folder;

  private CommandRun train(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("train", "--input", SAMPLE, "--label", "Class", "--report", at("report")),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
  }

  @Test
  void shippedScheduleGrowsAndKeepsTheBestEpoch() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            "--config",
            "conf/creditcard-schedule.properties",
            "--model",
            at("model"),
            "--report",
            at("report"));

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode metrics = metrics();
    // three fifths train, a fifth chooses, a fifth tests
    assertThat(metrics.get("train_rows").asDouble() / 45676).isEqualTo(0.6, within(0.001));
    assertThat(metrics.get("rows").asDouble() / 45676).isEqualTo(0.2, within(0.001));
    assertThat(metrics.get("validation_metric").asText()).isEqualTo("average_precision");
    assertThat(metrics.get("validation_value").asDouble()).isGreaterThan(0.7);
    assertThat(metrics.get("average_precision").asDouble()).isGreaterThan(0.7);
    assertThat(metrics.get("kept_epoch").asInt()).isLessThan(metrics.get("epochs").asInt());
    assertThat(metrics.get("converged").asBoolean()).isFalse();
    assertThat(run.out()).contains("Epochs", "the best on the validation rows");
    assertThat(CommandRun.names(folder.resolve("report")))
        .contains("epoch_pos_weight.png", "epoch_objective.png", "epoch_metric.png", "report.html")
        .doesNotContain("progress.png");
  }

  /** In scoring it would be unseen, and so it has to be where the epoch is chosen. */
  @Test
  void aCategoryOfTheRowsThatChooseIsUnseen() throws IOException {
    String[] lines = new String[1001];
    lines[0] = "time,kind,x,label";
    for (int i = 1; i < lines.length; i++) {
      double x = Math.sin(i);
      String kind = i > 650 ? "late" : "early" + i % 2;
      lines[i] = i + "," + kind + "," + x + "," + (x + Math.cos(0.7 * i * i) > 1 ? 1 : 0);
    }
    CommandRun.succeed(
        "train",
        "--input=" + CommandRun.file(folder, "times.csv", lines),
        "--split=time:time",
        "--categorical=kind",
        "--max-epochs=5",
        "--patience=5",
        "--report=" + at("report"),
        "--model=" + at("model"));

    assertThat(metrics().get("train_rows").asLong()).isLessThan(650);
    PipelineModel model = PipelineModel.load(at("model"));
    assertThat(ModelFolder.classifier(model).numFeatures()).isEqualTo(3);
  }

  @Test
  void decayNeedsNoValidationRows() throws IOException {
    CommandRun run =
        train("--pos-weight=20", "--pos-weight-schedule=linearDecay", "--max-epochs=4");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode metrics = metrics();
    assertThat(metrics.get("epochs").asInt()).isEqualTo(4);
    assertThat(metrics.get("kept_epoch").asInt()).isEqualTo(3);
    assertThat(metrics.get("pos_weight").asDouble()).isEqualTo(5);
    assertThat(metrics.has("validation_value")).isFalse();
    assertThat(CommandRun.names(folder.resolve("report"))).contains("epoch_objective.png");
  }

  @Test
  void aReportHasTheSameDigitsInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      CommandRun run =
          train("--pos-weight=20", "--pos-weight-schedule=linearDecay", "--max-epochs=2");

      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("The model is that of epoch ").matches(ASCII_DIGITS);
      for (String file : List.of("report.html", "metrics.json")) {
        assertThat(Files.readString(folder.resolve("report").resolve(file))).matches(ASCII_DIGITS);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void focalLossEndsWhereItsGradientVanishes() throws IOException {
    CommandRun run =
        train("--loss=focal", "--focal-alpha=0.5", "--focal-gamma=1", "--pos-weight=auto");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode metrics = metrics();
    assertThat(metrics.get("converged").asBoolean()).isTrue();
    assertThat(metrics.get("gradient_norm").asDouble())
        .isLessThan(1e-3 * metrics.get("objective").asDouble());
    assertThat(metrics.get("roc_auc").asDouble()).isGreaterThan(0.96);
    assertThat(run.out()).contains("focal, alpha 0.5, gamma 1; its gradient ends ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-epochs=3 --patience=2 --threshold-for=f1 | --threshold-for: the validation rows cannot"
            + " choose both the epoch and the threshold; leave it or the choice of an epoch out",
        "--max-epochs=3 --patience=2 --sampling=under:0.1 | --sampling: would resample the rows that"
            + " choose the epoch too; leave it or that choice out",
        "--loss=hinge | --loss: 'hinge' is not allowed; it is: bceWithLogits, focal (of the"
            + " class-weighted cross-entropy) or sigmoidFocal (Lin et al., as torchvision)",
      })
  void wrongOptionsAreNamed(String options, String message) {
    CommandRun run = train(options.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(CommandRun.names(folder)).isEmpty();
  }
}
