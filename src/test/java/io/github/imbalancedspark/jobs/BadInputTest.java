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

  private static final String NO_ROWS =
      "--input: 'FOLDER/header-only.csv' has no rows; check the path, or what should have filled it";

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
    List<String> few = new ArrayList<>(List.of("x,y"));
    IntStream.range(0, 48).forEach(i -> few.add(i % 7 + "," + (i % 16 == 0 ? 1 : 0)));
    CommandRun.file(folder, "few.csv", few.toArray(new String[0]));
    List<String> keys = new ArrayList<>(List.of("id,y"));
    IntStream.range(0, 48).forEach(i -> keys.add((i == 9 ? "" : i) + "," + (i % 4 == 0 ? 1 : 0)));
    CommandRun.file(folder, "null-key.csv", keys.toArray(new String[0]));
    CommandRun.file(
        folder,
        "few-words.csv",
        few.stream()
            .map(line -> line.replace(",0", ",no").replace(",1", ",yes"))
            .toArray(String[]::new));
    CommandRun.file(folder, "empty.csv");
    CommandRun.file(folder, "header-only.csv", "x,w,y");
    CommandRun.file(folder, "parameters.csv", "regParam,posWeight,labelCol", "1,2,0");
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
    return Stream.of(dataCases(), samplingCases(), usageCases(), clashes()).flatMap(all -> all);
  }

  private static Stream<Case> dataCases() {
    String mend =
        "mend the value, drop the row, or give --missing mean, median, mode or skip to train or"
            + " resample";
    return Stream.of(
        train(
            "no file",
            "none.csv",
            "--input: there is no file or folder 'FOLDER/none.csv'; check the path"),
        train("empty file", "empty.csv", "--input: 'FOLDER/empty.csv' is empty; it has no columns"),
        train("no rows", "header-only.csv", NO_ROWS, "--features", "x", "--categorical", "x"),
        train(
            "no label",
            "good.csv",
            "--label: there is no column 'z'; the columns are x, w, y",
            "--label",
            "z"),
        train(
            "columns called as parameters",
            "parameters.csv",
            "--label: there is no column 'y'; the columns are regParam, posWeight, labelCol"),
        train(
            "no weight",
            "good.csv",
            "--weight-col: there is no column 'v'; the columns are x, w, y",
            "--weight-col",
            "v"),
        train(
            "no feature",
            "good.csv",
            "--features: there is no column 'u'; the columns are x, w, y",
            "--features",
            "x,u"),
        train(
            "nothing ignored",
            "good.csv",
            "--ignore: there is no column 'u'; the columns are x, w, y",
            "--ignore",
            "u"),
        train(
            "none left",
            "good.csv",
            "--features: no numeric column is left to be a feature; the columns are x, w, y: name text columns with --categorical",
            "--ignore",
            "x,w"),
        train(
            "one class",
            "one-class.csv",
            "--label: column 'y' holds only the value '0', in 2 rows; both classes are needed: check the label, or give more data"),
        train(
            "three classes",
            "third-label.csv",
            "--label: column 'y' must hold exactly two values, but holds '0', '1', '2'; keep two classes, or name another column"),
        train(
            "null label",
            "null-label.csv",
            "--label: column 'y' holds null in 1 row; drop rows without a label"),
        train(
            "text label",
            "text.csv",
            "--label: column 'y' holds 'no', 'yes'; say which of them is positive with --positive-label"),
        train(
            "other label",
            "text.csv",
            "--positive-label: column 'y' does not hold 'ja'; it holds 'no', 'yes'",
            "--positive-label",
            "ja"),
        train(
            "text feature",
            "text.csv",
            "--features: column 'y' is of type string; name it in --categorical, or cast it to a number",
            "--features",
            "y",
            "--label",
            "x"),
        train("null feature", "null-feature.csv", "--features: column 'x' holds null; " + mend),
        train("NaN feature", "nan-feature.csv", "--features: column 'x' holds NaN; " + mend),
        train(
            "null category",
            "null-feature.csv",
            "--features: column 'x' holds null; mend the value, drop the row, or give --missing mode or skip to train or resample",
            "--categorical",
            "x"),
        train(
            "infinite feature",
            "infinite-feature.csv",
            "--features: column 'x' holds Infinity; features must be finite numbers: mend the value or drop the row",
            "--missing",
            "mean"),
        train(
            "null weight",
            "null-weight.csv",
            "--weight-col: column 'w' holds null; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w"),
        train(
            "negative weight",
            "negative-weight.csv",
            "--weight-col: column 'w' holds -2.0; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w"),
        train(
            "negative weight in a held-out row",
            "negative-weight-last.csv",
            "--weight-col: column 'w' holds -1.0; weights must be finite and >= 0: mend or drop the row",
            "--weight-col",
            "w",
            "--split",
            "time:t"),
        train(
            "a word in a column of numbers",
            "text-in-feature.csv",
            "--features: column 'x' holds 'n/a' among 59 numbers in 60 values, which makes it text;"
                + " mend the values, read a mark as missing with --option nullValue=…, or name the"
                + " column in --ignore or --categorical"),
        train(
            "wrong header",
            "text.csv",
            "--label: there is no column 'Class'; the columns are x, w, y",
            "--label",
            "Class"),
        train(
            "zero weights",
            "zero-weights.csv",
            "--weight-col: all weights in column 'w' are 0; some must be positive",
            "--weight-col",
            "w"),
        train(
            "custom class",
            "good.csv",
            "--custom-weights: there is no class '7'; the classes are 0, 1",
            "--weighting",
            "custom",
            "--custom-weights",
            "0=1,7=2"),
        train(
            "model exists",
            "good.csv",
            "--model: 'FOLDER/taken' exists already; pass --overwrite to replace it",
            "--model",
            "FOLDER/taken"),
        train(
            "report exists",
            "good.csv",
            "--report: 'FOLDER/taken' exists already; pass --overwrite to replace it",
            "--report",
            "FOLDER/taken"),
        of(
            "report over input",
            2,
            "--report: 'FOLDER' and input 'FOLDER/good.csv' lie in each other; name separate folders",
            "train",
            "good.csv",
            "--report",
            "FOLDER",
            "--overwrite"),
        of(
            "report in model",
            2,
            "--report: 'FOLDER/m/r' and model 'FOLDER/m' lie in each other; name separate folders",
            "train",
            "good.csv",
            "--model",
            "FOLDER/m",
            "--report",
            "FOLDER/m/r"),
        new Case(
            "no model",
            1,
            "--model: there is no file or folder 'FOLDER/none'; check the path",
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
            "--score-col: there is no column 'probability'; the columns are x, w, y",
            "evaluate",
            "good.csv"),
        of(
            "null score",
            1,
            "--score-col: column 'x' holds null; every row needs a score: mend or drop the row",
            "evaluate",
            "null-feature.csv",
            "--score-col",
            "x"),
        of(
            "a label of no class",
            1,
            "--label: column 'y' holds null, which is no class; mend or drop the row",
            "weights",
            "null-label.csv"),
        of(
            "weights of no class",
            1,
            "--label: column 'y' holds null in 1 row; drop rows without a label",
            "evaluate",
            "null-label.csv",
            "--score-col",
            "x"));
  }

  private static Case resample(String name, String table, String message, String... more) {
    List<String> options = new ArrayList<>(Arrays.asList(more));
    options.addAll(List.of("--output", "FOLDER/resampled"));
    return of(name, 1, message, "resample", table, options.toArray(new String[0]));
  }

  private static Stream<Case> samplingCases() {
    return Stream.of(
        resample(
            "too few for SMOTE",
            "few.csv",
            "--neighbors: is 5, but class 1 of column 'y' has only 3 rows; set it to 2 or less, or"
                + " take more data",
            "--sampling",
            "smote:0.5"),
        resample(
            "too few for SMOTE, in words",
            "few-words.csv",
            "--neighbors: is 5, but class 1.0 of column 'y (0 = no, 1 = yes)' has only 3 rows; set it"
                + " to 2 or less, or take more data",
            "--sampling",
            "smote:0.5"),
        train(
            "too few for SMOTE in training",
            "few.csv",
            "--neighbors: is 5, but class 1.0 of column 'y = 1' has only 2 rows; set it to 1 or less,"
                + " or take more data",
            "--sampling",
            "smote:0.5"),
        resample(
            "more than may be gathered",
            "few.csv",
            "--max-broadcast-minority: class 1 of column 'y' has 3 rows, more than 2, and the"
                + " neighbours of adasyn need them all in one place; raise it if they fit into"
                + " memory, or use smote on numeric features",
            "--sampling",
            "adasyn:1",
            "--neighbors",
            "2",
            "--max-broadcast-minority",
            "2"),
        resample(
            "a mark that is there",
            "good.csv",
            "--synthetic-col: column 'x' exists already; drop it or choose another name",
            "--sampling",
            "smote:1",
            "--synthetic-col",
            "x"),
        resample(
            "a key that is null",
            "null-key.csv",
            "--key-col: column 'id' holds null, which identifies no row; fill it in or drop the row",
            "--sampling",
            "under:1",
            "--key-col",
            "id"),
        resample("nothing to resample", "header-only.csv", NO_ROWS, "--sampling", "under:1"),
        of("nothing to weigh", 1, NO_ROWS, "weights", "header-only.csv"),
        of("nothing to evaluate", 1, NO_ROWS, "evaluate", "header-only.csv", "--score-col", "x"));
  }

  /** What cannot be right together is found before the table, which is not there, is looked for. */
  private static Stream<Case> clashes() {
    return Stream.of(
        clash(
            "two roles",
            "train",
            "--features: column 'y' is that of --label as well; give it one role",
            "--features=x,y"),
        clash(
            "feature and ignored",
            "sensitivity",
            "--categorical: column 'x' is that of --ignore as well; give it one role",
            "--categorical=x",
            "--ignore=x"),
        clash(
            "label and weight",
            "weights",
            "--weight-col: column 'y' is that of --label as well; give it one role",
            "--weight-col=y"),
        clash(
            "label and score",
            "evaluate",
            "--score-col: column 'y' is that of --label as well; give it one role",
            "--score-col=y"),
        clash(
            "label and feature",
            "resample",
            "--features: column 'y' is that of --label as well; give it one role",
            "--features=y",
            "--sampling=smote:1",
            "--output=FOLDER/resampled"),
        clash(
            "no neighbour",
            "train",
            "--neighbors: '0' is not allowed; it is: neighbours to choose from, >= 1",
            "--neighbors=0",
            "--sampling=smote:1"),
        clash(
            "categories and SMOTE",
            "train",
            "--sampling: smote:1.0 cannot put rows between the categories of --categorical once"
                + " they are one-hot encoded; use over, or make the rows beforehand with"
                + " `imbalanced resample`",
            "--categorical=x",
            "--sampling=smote:1"),
        clash(
            "solver and penalty",
            "train",
            "--solver: newton cannot minimise an L1 penalty (--elastic-net-param is 0.5); use owlqn or"
                + " auto",
            "--solver=newton",
            "--reg-param=1",
            "--elastic-net-param=0.5"),
        clash(
            "bias and penalty",
            "train",
            "--bias-correction: firth is for fits without a penalty, and --reg-param is 1.0; set it to"
                + " 0",
            "--bias-correction=firth",
            "--reg-param=1"),
        clash(
            "bias and loss",
            "sensitivity",
            "--bias-correction: firth is for bceWithLogits, run until it converges: take no other loss,"
                + " and no epochs",
            "--bias-correction=firth",
            "--loss=focal"),
        clash(
            "bias and weights",
            "train",
            "--bias-correction: kingZeng is for classes that weigh the same; leave class weights and"
                + " --pos-weight out, and let --population-rate correct the odds",
            "--bias-correction=kingZeng",
            "--pos-weight=auto"),
        clash(
            "room of a plateau",
            "train",
            "--max-pos-weight: is 3.0, below the --pos-weight 5.0 that the schedule starts at; raise"
                + " it, or set a smaller --pos-weight",
            "--pos-weight=5",
            "--max-epochs=9",
            "--pos-weight-schedule=plateau",
            "--max-pos-weight=3"),
        clash(
            "costs of an epoch",
            "train",
            "--validation-metric: expected_cost needs the costs of each row, which training does not"
                + " read; name the costs, as in expected_cost@fp=1,fn=50",
            "--max-epochs=9",
            "--validation-metric=expected_cost"),
        clash(
            "no candidate",
            "sensitivity",
            "--candidates: are [1.0, -5.0]; give at least one, all of them finite and > 0",
            "--candidates=1,-5"),
        clash(
            "days of a candidate",
            "sensitivity",
            "--threshold-for: days are told apart by train only, with --day-col; choose another"
                + " criterion",
            "--threshold-for=alerts_per_day<=9"),
        clash(
            "costs of a candidate's threshold",
            "sensitivity",
            "--threshold-for: give the costs, as in expected_cost@fp=1,fn=50",
            "--threshold-for=expected_cost"),
        clash(
            "costs of a candidate",
            "sensitivity",
            "--metric: expected_cost needs the costs of each row, which are not read; name the costs,"
                + " as in expected_cost@fp=1,fn=50",
            "--metric=expected_cost"));
  }

  private static Case clash(String name, String command, String message, String... more) {
    return of(name, 2, message, command, "none.csv", more);
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
            "negative posWeight",
            2,
            "--pos-weight: '-3.0' is not allowed; it is: factor of the positive class's loss, finite"
                + " and > 0, as pos_weight in PyTorch's BCEWithLogitsLoss",
            "train",
            "good.csv",
            "--pos-weight",
            "-3"),
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
            "--config: there is no file 'FOLDER/none.properties'; check the path",
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
