package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.classification.ImbalancedLogisticRegressionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choosing on validation rows: {@code sensitivity}, and {@code train --threshold-for}. */
class SensitivityCommandTest {

  private static final String CARDS = "jobs/sample-data/creditcard-sample.csv.gz";

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private CommandRun run(String command, String... more) {
    String[] args = new String[more.length + 5];
    args[0] = command;
    args[1] = "--input=" + CARDS;
    args[2] = "--label=Class";
    args[3] = "--reg-param=1e-4";
    args[4] = "--report=" + at("report");
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args);
  }

  private static ImbalancedLogisticRegressionModel classifier(String model) {
    PipelineModel pipeline = PipelineModel.load(model);
    return (ImbalancedLogisticRegressionModel) pipeline.stages()[pipeline.stages().length - 1];
  }

  @Test
  void comparesPosWeights() throws IOException {
    CommandRun run =
        run(
            "sensitivity",
            "--candidates=100,1,10",
            "--pos-weight=3",
            "--metric=f1",
            "--model=" + at("model"));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode candidates = json("report/sensitivity.json");
    assertThat(candidates.findValuesAsText("pos_weight")).containsExactly("1.0", "10.0", "100.0");
    double best = 0;
    double chosen = 0;
    for (JsonNode candidate : candidates) {
      assertThat(candidate.get("rows").asLong()).isEqualTo(9136);
      assertThat(candidate.get("positives").asLong()).isEqualTo(99);
      assertThat(candidate.get("threshold").asDouble()).isEqualTo(0.5);
      best = Math.max(best, candidate.get("f1").asDouble());
      chosen = candidate.get("chosen").asBoolean() ? candidate.get("f1").asDouble() : chosen;
    }
    assertThat(chosen).isPositive().isEqualTo(best);
    assertThat(candidates.get(0).get("recall").asDouble())
        .isLessThan(candidates.get(2).get("recall").asDouble());
    assertThat(candidates.get(2).get("corrected_brier").asDouble())
        .isLessThan(candidates.get(2).get("brier").asDouble());

    JsonNode test = json("report/metrics.json");
    assertThat(test.get("rows").asLong()).isEqualTo(9135);
    assertThat(test.get("pos_weight").asDouble())
        .isEqualTo(classifier(at("model")).trainedClassWeights()[1]);
    List<String> csv = Files.readAllLines(folder.resolve("report/sensitivity.csv"));
    assertThat(csv).hasSize(4);
    assertThat(csv.get(0)).startsWith("pos_weight,roc_auc,").endsWith(",chosen");
    assertThat(csv.get(2)).startsWith("10.0,");
    assertThat(folder.resolve("report/sensitivity.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("report/report.html"))).contains("pos_weight");
    assertThat(run.out())
        .contains("(chosen)", "Metrics of the test rows", "Brier, corrected", "f1 there");
  }

  @Test
  void comparesRemedies() throws IOException {
    StringBuilder table = new StringBuilder("id,x,v,kind,label\n");
    for (int i = 0; i < 900; i++) {
      double x = Math.sin(i) + Math.sin(0.7 * i * i);
      table.append(
          String.format(
              "%d,%s,%s,k%d,%d%n", i, x, Math.cos(3 * i), i % 3, x + Math.cos(i) > 1.7 ? 1 : 0));
    }
    String input = CommandRun.file(folder, "rows.csv", table.toString().split("\\R"));
    CommandRun run =
        CommandRun.of(
            "sensitivity",
            "--compare",
            "--input=" + input,
            "--label=label",
            "--ignore=id",
            "--categorical=kind",
            "--model=" + at("model"),
            "--report=" + at("report"));

    assertThat(run.err()).isEmpty();
    JsonNode remedies = json("report/comparison.json");
    assertThat(remedies.findValuesAsText("remedy"))
        .startsWith("nothing")
        .endsWith("weighted sampling", "focal loss")
        .doesNotContain("SMOTE") // there is nothing between categories
        .hasSize(Remedy.values().length - 1);
    assertThat(Files.readAllLines(folder.resolve("report/comparison.csv"))).hasSize(10);
    assertThat(folder.resolve("report/remedies.png")).isNotEmptyFile();
    double best = 0;
    for (JsonNode remedy : remedies) {
      best = Math.max(best, remedy.get("validation_average_precision").asDouble());
    }
    JsonNode chosen = json("report/metrics.json");
    for (JsonNode remedy : remedies) {
      if (remedy.get("remedy").asText().equals(chosen.get("remedy").asText())) {
        assertThat(remedy.get("validation_average_precision").asDouble()).isEqualTo(best);
        assertThat(chosen.get("f1")).isEqualTo(remedy.get("f1"));
      }
    }
    assertThat(classifier(at("model")).getThreshold())
        .isEqualTo(chosen.get("threshold").asDouble());
    CommandRun scored =
        CommandRun.of(
            "score", "--input=" + input, "--model=" + at("model"), "--output=" + at("scored"));
    assertThat(scored.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--pos-weight=auto, --compare tries each remedy by itself",
    "--sampling=under:0.5, --compare tries each remedy by itself",
    "--weighting=effectiveNumber, --compare tries each remedy by itself",
    "--bias-correction=firth, --compare tries each remedy by itself",
    "--threshold=0.3, --compare chooses the threshold of each remedy",
    "--population-rate=0.01, --compare measures calibration on rows of the table",
  })
  void aComparisonTakesNoRemedy(String option, String message) {
    CommandRun run = run("sensitivity", "--compare", option);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void trainChoosesItsThresholdOnRowsOfTheirOwn() throws IOException {
    CommandRun run =
        run(
            "train",
            "--pos-weight=auto",
            "--threshold-for=recall@precision>=0.85",
            "--model=" + at("model"));

    assertThat(run.err()).isEmpty();
    JsonNode metrics = json("report/metrics.json");
    assertThat(metrics.get("train_rows").asLong()).isEqualTo(45676 - 9136 - 9135);
    assertThat(metrics.get("rows").asLong()).isEqualTo(9135);
    assertThat(metrics.get("threshold_for").asText()).isEqualTo("recall@precision>=0.85");
    double threshold = classifier(at("model")).getThreshold();
    assertThat(threshold).isGreaterThan(0.9);
    assertThat(metrics.get("threshold").asDouble()).isEqualTo(threshold);
    assertThat(metrics.get("precision").asDouble()).isCloseTo(0.85, within(0.1));
    double reached = metrics.get("threshold_for_on_validation_rows").asDouble();
    assertThat(reached).isBetween(0.8, 1.0);
    assertThat(run.out())
        .containsPattern("Threshold 0\\.9\\d+, chosen for recall@precision>=0.85\\n")
        .containsPattern("  recall +" + String.format("%.4f", reached) + " +0\\.")
        .containsPattern("  validation rows +9,037 +99 +1.08%");
  }

  @Test
  void trainSpendsABudgetOfAlerts() throws IOException {
    String rows = "id,x,day,label\n";
    StringBuilder table = new StringBuilder(rows);
    for (int i = 0; i < 6000; i++) {
      double x = Math.sin(i) + Math.sin(0.7 * i * i);
      table.append(String.format("%d,%s,d%d,%d%n", i, x, i / 600, x + Math.cos(i) > 1 ? 1 : 0));
    }
    String input = CommandRun.file(folder, "days.csv", table.toString().split("\\R"));
    CommandRun run =
        CommandRun.of(
            "train",
            "--input=" + input,
            "--ignore=id",
            "--threshold-for=alerts_per_day<=60",
            "--day-col=day",
            "--refit",
            "--report=" + at("report"));

    assertThat(run.err()).isEmpty();
    JsonNode metrics = json("report/metrics.json");
    double alerts = metrics.get("tp").asDouble() + metrics.get("fp").asDouble();
    assertThat(alerts / 10 * 5).isCloseTo(60, within(15.0));
    assertThat(metrics.get("train_rows").asLong()).isEqualTo(4800);
    assertThat(run.out()).contains("refitted on all but test rows");
  }

  /** By one rate, the same model on the same test rows has the same figures by either command. */
  @Test
  void correctedProbabilitiesAreMeasuredInThePopulationAsTrainDoes() throws IOException {
    String rate = "--population-rate=0.00172";
    assertThat(run("sensitivity", "--candidates=1", rate).err()).isEmpty();
    JsonNode compared = json("report/metrics.json");
    assertThat(run("train", "--pos-weight=1", "--threshold-for=f1", rate, "--overwrite").err())
        .isEmpty();
    JsonNode trained = json("report/metrics.json");

    for (String name :
        List.of("corrected_brier", "corrected_log_loss", "corrected_expected_calibration_error")) {
      assertThat(compared.get(name).asDouble())
          .as(name)
          .isPositive()
          .isCloseTo(trained.get(name).asDouble(), within(1e-9));
    }
  }

  /** The highest x are negative, so that no threshold keeps the bound. */
  @Test
  void noRemedyIsChosenWhoseThresholdMissesItsBound() throws IOException {
    String[] lines = new String[3001];
    lines[0] = "x,label";
    for (int i = 1; i < lines.length; i++) {
      double x = (i * 0.618034) % 1;
      lines[i] = x + "," + (x > 0.6 && x < 0.9 && i % 3 == 0 ? 1 : 0);
    }
    CommandRun run =
        CommandRun.of(
            "sensitivity",
            "--input=" + CommandRun.file(folder, "rows.csv", lines),
            "--compare",
            "--threshold-for=recall@precision>=0.9",
            "--model=" + at("model"),
            "--report=" + at("report"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "--threshold-for: no remedy serves; with nothing, no threshold gives a precision >= 0.9;"
                + " the highest precision there is, is ",
            " (on the validation rows)");
    assertThat(folder.resolve("model")).doesNotExist();
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | --threshold-for=roc_auc | --threshold-for: no threshold can be chosen for"
            + " 'roc_auc'",
        "train | --threshold-for=f1 --threshold=0.3 | --threshold and --threshold-for exclude each"
            + " other",
        "train | --threshold-for=alerts_per_day<=5 | --threshold-for: alerts_per_day needs to tell"
            + " days apart; give --day-col too",
        "train | --threshold-for=f1 --validation-fraction=0.9 | --validation-fraction and"
            + " --test-fraction: are 0.9 and 0.2; together they must leave rows to train on",
        "sensitivity | --metric=nonsense | --metric: there is no metric 'nonsense'",
        "sensitivity | --candidates=1,-2 | --candidates: are [1.0, -2.0]",
      })
  void namesTheWrongOption(String command, String options, String message) {
    CommandRun run = run(command, options.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("imbalanced " + command + ": " + message);
    assertThat(folder.resolve("report")).doesNotExist();
  }
}
