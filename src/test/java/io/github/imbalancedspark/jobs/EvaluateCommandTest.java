package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.support.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The corners of {@code evaluate}: what exists is told, and of the rest why it does not. */
class EvaluateCommandTest {

  @TempDir private Path folder;

  private CommandRun evaluate(String[] rows, String... options) {
    List<String> lines = new ArrayList<>(List.of("label,probability,w"));
    lines.addAll(List.of(rows));
    List<String> args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--input=" + CommandRun.file(folder, "t.csv", lines.toArray(new String[0])),
                "--report=" + folder.resolve("report"),
                "--overwrite"));
    args.addAll(Arrays.asList(options));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static String[] rows(String... rows) {
    return rows;
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/metrics.json").toFile());
  }

  @Test
  void negativesAloneHaveTheMetricsThatExist() throws IOException {
    CommandRun run = evaluate(rows("0,0.1,1", "0,0.2,1", "0,0.7,1", "0,0.4,1"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("0.00% of them positive ('label' = 1)")
        .containsPattern("ROC AUC +– +does not exist without positive rows")
        .containsPattern("accuracy +0.7500 ");
    JsonNode metrics = metrics();
    assertThat(metrics.get("specificity").asDouble()).isEqualTo(0.75);
    assertThat(metrics.get("brier").asDouble()).isCloseTo(0.7 / 4, within(1e-15));
    assertThat(metrics.get("recall").isNull()).isTrue();
    assertThat(metrics.get("recall_reason").asText())
        .isEqualTo("recall does not exist without positive rows");
    assertThat(Files.readString(folder.resolve("report/report.html")))
        .contains("does not exist without positive rows");
  }

  @Test
  void positivesAloneHaveTheMetricsThatExist() throws IOException {
    CommandRun run = evaluate(rows("1,0.1,1", "1,0.7,1"));
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode metrics = metrics();
    assertThat(metrics.get("recall").asDouble()).isEqualTo(0.5);
    assertThat(metrics.get("average_precision").asDouble()).isEqualTo(1);
    assertThat(metrics.get("roc_auc").isNull()).isTrue();
    assertThat(metrics.get("specificity_reason").asText())
        .isEqualTo("specificity does not exist without negative rows");
  }

  @Test
  void asksWhichClassTheOnlyTextIs() throws IOException {
    String[] rows = rows("no,0.1,1", "no,0.7,1");
    assertThat(evaluate(rows).errors())
        .containsExactly(
            "imbalanced evaluate: --label: column 'label' holds only the value 'no', in 2 rows; say"
                + " with --positive-label which value is the positive class, this one or not");
    CommandRun run = evaluate(rows, "--positive-label=yes");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("actual yes").contains("actual no ");
    assertThat(metrics().get("fp").asDouble()).isEqualTo(1);
    run = evaluate(rows, "--positive-label=no");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("actual not no");
    assertThat(metrics().get("tp").asDouble()).isEqualTo(1);
  }

  @Test
  void warnsOfAPositiveValueThatDoesNotOccur() {
    try (Warnings warnings = Warnings.of(BinaryLabel.class)) {
      evaluate(rows("no,0.1,1", "no,0.7,1"), "--positive-label=no");
      assertThat(warnings.messages()).isEmpty();
      evaluate(rows("no,0.1,1", "no,0.7,1"), "--positive-label=ja");
      assertThat(warnings.messages())
          .containsExactly(
              "--positive-label: no row of column 'label' is 'ja': all 2 are 'no', and count as"
                  + " negative");
    }
  }

  private CommandRun evaluatePredicted(String predictions, String... options) {
    String[] each = predictions.split(",", -1);
    String table =
        CommandRun.file(
            folder,
            "predicted.csv",
            "label,probability,prediction",
            "1,0.9," + each[0],
            "0,0.7," + each[1],
            "0,0.2," + each[2]);
    List<String> args = new ArrayList<>(List.of("evaluate", "--input=" + table));
    args.addAll(Arrays.asList(options));
    return CommandRun.of(args.toArray(new String[0]));
  }

  @Test
  void warnsOfPredictionsThatTheScoresDoNotMakeAtOneHalf() {
    try (Warnings warnings = Warnings.of(EvaluateCommand.class)) {
      evaluatePredicted("1,1,0");
      evaluatePredicted("1.0,1.0,0.0");
      evaluatePredicted("yes,no,no");
      evaluatePredicted("1,0,0", "--threshold=0.5");
      evaluatePredicted("1,0,0", "--score-col=probability");
      assertThat(warnings.messages()).isEmpty();
      CommandRun run = evaluatePredicted("1,0,0");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(warnings.messages())
          .containsExactly(
              "--threshold: in 1 row, column 'prediction' is not what the scores predict at 0.5:"
                  + " another threshold made it; metrics are those at 0.5: give the other one for its"
                  + " own");
    }
  }

  @Test
  void warnsOfAnotherPositiveClassThanTheModels() {
    String[] lines =
        IntStream.range(0, 61)
            .mapToObj(i -> i == 0 ? "x,y" : i * 37 % 11 + "," + (i % 3 == 0 ? "yes" : "no"))
            .toArray(String[]::new);
    String table = "--input=" + CommandRun.file(folder, "words.csv", lines);
    String model = "--model=" + folder.resolve("model");
    assertThat(CommandRun.of("train", table, "--label=y", "--positive-label=yes", model).err())
        .isEmpty();
    try (Warnings warnings = Warnings.of(EvaluateCommand.class)) {
      CommandRun.of("evaluate", table, model, "--label=y", "--positive-label=yes");
      assertThat(warnings.messages()).isEmpty();
      CommandRun run = CommandRun.of("evaluate", table, model, "--label=y", "--positive-label=no");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(warnings.messages())
          .containsExactly(
              "--positive-label: the model's scores are those of y = yes, and are evaluated as those"
                  + " of y = no");
    }
  }

  @Test
  void saysThatNothingIsPredictedPositive() throws IOException {
    CommandRun run = evaluate(rows("1,0.3,1", "0,0.3,1", "0,0.3,1", "0,0.3,1"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("precision +0.0000 +0 / 0: nothing is predicted positive");
    JsonNode metrics = metrics();
    assertThat(metrics.get("roc_auc").asDouble()).isEqualTo(0.5);
    assertThat(metrics.get("average_precision").asDouble()).isEqualTo(0.25);
    assertThat(Files.readString(folder.resolve("report/report.html")))
        .contains("<dt>precision</dt><dd>0 / 0</dd>");
  }

  @Test
  void rowsWithoutWeightAreNotThere() throws IOException {
    String[] rows = rows("1,0.9,0", "0,0.3,1", "0,0.6,1");
    CommandRun run = evaluate(rows, "--weight-col=w");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(metrics().get("f1_reason").asText())
        .isEqualTo("f1 does not exist where all positive rows weigh 0");
    assertThat(evaluate(rows("1,0.9,0", "0,0.3,0"), "--weight-col=w").errors())
        .containsExactly(
            "imbalanced evaluate: --weight-col: all weights in column 'w' are 0; some must be"
                + " positive");
  }

  @Test
  void oneRowAndHugeWeightsAreRowsLikeAnyOther() throws IOException {
    CommandRun run = evaluate(rows("1,0.7,1000000000"), "--weight-col=w");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(metrics().get("tp").asDouble()).isEqualTo(1e9);
    assertThat(metrics().get("precision_low").asDouble()).isEqualTo(1);
    evaluate(rows("1,0.7,300000000", "0,0.6,600000000", "0,0.1,100000000"), "--weight-col=w");
    assertThat(metrics().get("precision").asDouble()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(metrics().get("accuracy").asDouble()).isCloseTo(0.4, within(1e-15));
  }

  @Test
  void marginsHaveNoBrierScoreButAnAreaUnderTheCurve() throws IOException {
    CommandRun run = evaluate(rows("1,3.5,1", "0,-1,1", "0,Infinity,1", "1,-Infinity,1"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("Brier score +– +needs probabilities, but the scores range from -Infinity")
        .contains("where the score is above 0.5");
    assertThat(metrics().get("roc_auc").asDouble()).isEqualTo(0.25);
    assertThat(metrics().get("brier").isNull()).isTrue();
  }

  @Test
  void aScoreThatIsNoNumberIsNamed() {
    assertThat(evaluate(rows("1,0.9,1", "0,NaN,1")).errors())
        .containsExactly(
            "imbalanced evaluate: --score-col: column 'probability' holds NaN; every row needs a"
                + " score: mend or drop the row");
  }
}
