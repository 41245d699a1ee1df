package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong, a command says it in one line and leaves nothing behind. */
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {

  private static final int ROWS = 60;

  @TempDir static Path folder;

  /**
   * One bad run.
   *
   * @param name what is wrong
   * @param code the exit code
   * @param message the line that is said, after the command's name
   * @param args the command; FOLDER stands for the folder of the tables
   */
  private record Case(String name, int code, String message, String... args) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** Writes a table of feature, weight and label, whose row 7 is {@code bad}. */
  private static void table(String name, String bad) {
    List<String> lines = new ArrayList<>(List.of("x,w,y"));
    IntStream.range(0, ROWS)
        .forEach(i -> lines.add(i * 37 % 11 + ".5," + (1 + i % 3) + "," + i % 2));
    if (bad != null) {
      lines.set(8, bad);
    }
    CommandRun.file(folder, name, lines.toArray(new String[0]));
  }

  @BeforeAll
  static void tables() {
    table("good.csv", null);
    table("null-feature.csv", ",1,1");
    table("nan-feature.csv", "NaN,1,1");
    table("infinite-feature.csv", "Infinity,1,1");
    table("null-label.csv", "1.5,1,");
    table("third-label.csv", "1.5,1,2");
    table("null-weight.csv", "1.5,,1");
    table("negative-weight.csv", "1.5,-2,1");
    table("text-in-feature.csv", "n/a,1,1");
    List<String> timed = new ArrayList<>(List.of("t,x,w,y"));
    IntStream.range(0, ROWS)
        .forEach(i -> timed.add(i + "," + i % 7 + "," + (i < ROWS - 1 ? 1 : -1) + "," + i % 2));
    CommandRun.file(folder, "negative-weight-last.csv", timed.toArray(new String[0]));
    CommandRun.file(folder, "empty.csv");
    CommandRun.file(folder, "header-only.csv", "x,w,y");
    CommandRun.file(folder, "one-class.csv", "x,w,y", "1.5,1,0", "2.5,1,0");
    CommandRun.file(folder, "text.csv", "x,w,y", "1.5,1,no", "2.5,1,yes", "3.5,1,no");
    List<String> weightless = new ArrayList<>(List.of("x,w,y"));
    IntStream.range(0, ROWS).forEach(i -> weightless.add(i % 7 + ".5,0," + i % 2));
    CommandRun.file(folder, "zero-weights.csv", weightless.toArray(new String[0]));
    CommandRun.file(folder, "unknown-key.properties", "input=a.csv", "lable=y");
    CommandRun.file(folder, "bad-value.properties", "label=y", "seed=soon");
  }

  private static Case train(String name, String table, String message, String... more) {
    return of(name, 1, message, "train", table, more);
  }

  private static Case of(
      String name, int code, String message, String command, String table, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", "FOLDER/" + table));
    if (!Arrays.asList(more).contains("--label")) {
      args.addAll(List.of("--label", "y"));
    }
    args.addAll(Arrays.asList(more));
    return new Case(name, code, message, args.toArray(new String[0]));
  }

  static Stream<Case> cases() {
    return Stream.concat(dataCases(), usageCases());
  }

  private static Stream<Case> dataCases() {
    String mend =
        "mend the value, drop the row, or train with --missing mean, median, mode or skip";
    return Stream.of(
        train(
            "no file",
            "none.csv",
            "input: there is no file or folder 'FOLDER/none.csv'; check the path"),
        train("empty file", "empty.csv", "input: 'FOLDER/empty.csv' is empty; it has no columns"),
        train(
            "no rows",
            "header-only.csv",
            "input: the table holds no rows, so column 'y' has no values; check it",
            "--features",
            "x",
            "--categorical",
            "x"),
        train(
            "no label",
            "good.csv",
            "label: there is no column 'z'; the columns are x, w, y",
            "--label",
            "z"),
        train(
            "no weight",
            "good.csv",
            "weight-col: there is no column 'v'; the columns are x, w, y",
            "--weight-col",
            "v"),
        train(
            "no feature",
            "good.csv",
            "features: there is no column 'u'; the columns are x, w, y",
            "--features",
            "x,u"),
        train(
            "nothing ignored",
            "good.csv",
            "ignore: there is no column 'u'; the columns are x, w, y",
            "--ignore",
            "u"),
        train(
            "two roles",
            "good.csv",
            "features: column 'y' is the label or the weight as well; give it one role",
            "--features",
            "x,y"),
        train(
            "none left",
            "good.csv",
            "features: no numeric column is left to be a feature; the columns are x, w, y: name text columns with --categorical",
            "--ignore",
            "x,w"),
        train(
            "one class",
            "one-class.csv",
            "label: column 'y' holds only the value '0', in 2 rows; both classes are needed: check the label, or give more data"),
        train(
            "three classes",
            "third-label.csv",
            "label: column 'y' must hold exactly two values, but holds '0', '1', '2'; keep two classes, or name another column"),
        train(
            "null label",
            "null-label.csv",
            "label: column 'y' holds null in 1 row; drop rows without a label"),
        train(
            "text label",
            "text.csv",
            "label: column 'y' holds 'no', 'yes'; say which of them is positive with --positive-label"),
        train(
            "other label",
            "text.csv",
            "positive-label: column 'y' does not hold 'ja'; it holds 'no', 'yes'",
            "--positive-label",
            "ja"),
        train(
            "text feature",
            "text.csv",
            "features: column 'y' is of type string; name it in --categorical, or cast it to a number",
            "--features",
            "y",
            "--label",
            "x"),
        train("null feature", "null-feature.csv", "features: column 'x' holds null; " + mend),
        train("NaN feature", "nan-feature.csv", "features: column 'x' holds NaN; " + mend),
        train(
            "null category",
            "null-feature.csv",
            "features: column 'x' holds null; mend the value, drop the row, or train with --missing mode or skip",
            "--categorical",
            "x"),
        train(
            "infinite feature",
            "infinite-feature.csv",
            "features: column 'x' holds Infinity; features must be finite numbers: mend the value or drop the row",
            "--missing",
            "mean"),
        train(
            "null weight",
            "null-weight.csv",
            "weight-col: column 'w' holds null; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w"),
        train(
            "negative weight",
            "negative-weight.csv",
            "weight-col: column 'w' holds -2.0; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w"),
        train(
            "negative weight in a held-out row",
            "negative-weight-last.csv",
            "weight-col: column 'w' holds -1.0; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w",
            "--split",
            "time:t"),
        train(
            "a word in a column of numbers",
            "text-in-feature.csv",
            "features: column 'x' holds 'n/a' among 59 numbers in 60 values, which makes it text;"
                + " mend the values, read a mark as missing with --option nullValue=…, or name the"
                + " column in --ignore or --categorical"),
        train(
            "wrong header",
            "text.csv",
            "label: there is no column 'Class'; the columns are x, w, y",
            "--label",
            "Class"),
        train(
            "zero weights",
            "zero-weights.csv",
            "weightCol: all weights in column 'w' are 0; some must be positive",
            "--weight-col",
            "w"),
        train(
            "custom class",
            "good.csv",
            "custom-weights: there is no class '7'; the classes are 0, 1",
            "--weighting",
            "custom",
            "--custom-weights",
            "0=1,7=2"),
        train(
            "model exists",
            "good.csv",
            "model: 'FOLDER/taken' exists already; pass --overwrite to replace it",
            "--model",
            "FOLDER/taken"),
        train(
            "report exists",
            "good.csv",
            "report: 'FOLDER/taken' exists already; pass --overwrite to replace it",
            "--report",
            "FOLDER/taken"),
        train(
            "report over input",
            "good.csv",
            "report: 'FOLDER' and input 'FOLDER/good.csv' lie in each other; name separate folders",
            "--report",
            "FOLDER",
            "--overwrite"),
        train(
            "report in model",
            "good.csv",
            "report: 'FOLDER/m/r' and model 'FOLDER/m' lie in each other; name separate folders",
            "--model",
            "FOLDER/m",
            "--report",
            "FOLDER/m/r"),
        new Case(
            "no model",
            1,
            "model: there is no file or folder 'FOLDER/none'; check the path",
            "score",
            "--input",
            "FOLDER/good.csv",
            "--model",
            "FOLDER/none",
            "--output",
            "FOLDER/scored"),
        of(
            "no score",
            1,
            "score-col: there is no column 'probability'; the columns are x, w, y",
            "evaluate",
            "good.csv"),
        of(
            "null score",
            1,
            "scoreCol: column 'x' holds null; every row needs a score: mend or drop the row",
            "evaluate",
            "null-feature.csv",
            "--score-col",
            "x"),
        of(
            "weights of no class",
            1,
            "label: column 'y' holds null in 1 row; drop rows without a label",
            "evaluate",
            "null-label.csv",
            "--score-col",
            "x"));
  }

  private static Stream<Case> usageCases() {
    return Stream.of(
        of(
            "unknown option",
            2,
            "Unknown option: '--pos-wieght=3'; did you mean --positive-label or --pos-weight"
                + " or --population-rate or --pos-weight-schedule?",
            "train",
            "good.csv",
            "--pos-wieght=3"),
        new Case("no input", 2, "Missing required option: '--input=PATH'", "train"),
        of(
            "unknown format",
            2,
            "Invalid value for option '--format': expected one of [CSV, PARQUET, LIBSVM] (case-insensitive) but was 'xls'",
            "train",
            "good.csv",
            "--format",
            "xls"),
        of(
            "bad fraction",
            2,
            "--test-fraction: is 1.5; it must lie between 0 and 1",
            "train",
            "good.csv",
            "--test-fraction",
            "1.5"),
        of(
            "bad posWeight",
            2,
            "--pos-weight: 'much' is neither a number nor auto",
            "train",
            "good.csv",
            "--pos-weight",
            "much"),
        of(
            "bad regParam",
            2,
            "--reg-param: '-1.0' is not allowed; it is: penalty strength, finite and >= 0",
            "train",
            "good.csv",
            "--reg-param",
            "-1"),
        of(
            "custom without weights",
            2,
            "--custom-weights: the strategy custom needs them, as CLASS=WEIGHT,CLASS=WEIGHT",
            "train",
            "good.csv",
            "--weighting",
            "custom"),
        of(
            "no config",
            2,
            "config: there is no file 'FOLDER/none.properties'; check the path",
            "train",
            "good.csv",
            "--config",
            "FOLDER/none.properties"),
        of(
            "bad config value",
            2,
            "Invalid value for option '--seed': 'soon' is not a long",
            "train",
            "good.csv",
            "--config",
            "FOLDER/bad-value.properties"));
  }

  @BeforeAll
  static void takenFolder() {
    assertThat(folder.resolve("taken").toFile().mkdir()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void saysItInOneLineAndLeavesNothing(Case bad) {
    List<String> before = CommandRun.names(folder);
    CommandRun run =
        CommandRun.of(
            Arrays.stream(bad.args)
                .map(arg -> arg.replace("FOLDER", folder.toString()))
                .toArray(String[]::new));
    String line =
        "imbalanced " + bad.args[0] + ": " + bad.message.replace("FOLDER", folder.toString());
    assertThat(run.errors())
        .containsExactly(
            bad.code == 2 ? line + " (see imbalanced " + bad.args[0] + " --help)" : line);
    assertThat(run.code()).isEqualTo(bad.code);
    assertThat(CommandRun.names(folder)).isEqualTo(before);
  }

  @Test
  void aWordInAColumnOfNumbersMayBeReadAsMissing() {
    for (String[] remedy :
        new String[][] {
          {"--ignore=x"}, {"--categorical=x"}, {"--option=nullValue=n/a", "--missing=median"}
        }) {
      List<String> args =
          new ArrayList<>(
              List.of("train", "--label=y", "--input=" + folder.resolve("text-in-feature.csv")));
      args.addAll(Arrays.asList(remedy));
      CommandRun run = CommandRun.of(args.toArray(new String[0]));
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
    }
  }

  @Test
  void aWeightColumnMayBeCalledAnything() {
    List<String> lines = new ArrayList<>(List.of("x,w`.1,y"));
    IntStream.range(0, ROWS).forEach(i -> lines.add(i % 7 + "," + (1 + i % 3) + "," + i % 2));
    String table = CommandRun.file(folder, "odd-name.csv", lines.toArray(new String[0]));
    CommandRun run = CommandRun.of("train", "--input=" + table, "--label=y", "--weight-col=w`.1");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void unknownConfigKeyIsNamedWithTheKnownOnes() {
    CommandRun run =
        CommandRun.of("train", "--config", folder.resolve("unknown-key.properties").toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err())
        .contains("has the key 'lable', which is unknown; the keys are")
        .contains("label, ")
        .contains("option.…");
  }

  @Test
  void unknownCommandIsUsage() {
    CommandRun run = CommandRun.of("tran");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(1);
    assertThat(run.err()).contains("'tran'");
  }

  @Test
  void verboseAddsTheTrace() {
    CommandRun run =
        CommandRun.of("train", "--input", folder.resolve("none.csv").toString(), "--verbose");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("IllegalArgumentException").contains("\tat ");
  }
}
