package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder that files keep coming into: each is scored once, as a table would be. */
class StreamScoringTest {

  private static final String COMPACT_INTERVAL =
      "spark.sql.streaming.fileSource.log.compactInterval";

  @TempDir private static Path trained;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    CommandRun.succeed(
        "train",
        "--input=" + CommandRun.file(trained, "rows.csv", lines(0, 60)),
        "--label=y",
        "--ignore=id",
        "--categorical=kind",
        "--reg-param=0.1",
        "--model=" + model());
  }

  private static String model() {
    return trained.resolve("model").toString();
  }

  private static String[] lines(int from, int to) {
    List<String> lines = new ArrayList<>(List.of("id,kind,x,y"));
    IntStream.range(from, to)
        .forEach(i -> lines.add(i + "," + "abc".charAt(i % 3) + "," + i * 37 % 11 + "," + i % 2));
    return lines.toArray(new String[0]);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void file(String name, int from, int to) {
    CommandRun.file(folder.resolve("in"), name, lines(from, to));
  }

  private List<Row> rows(String name) {
    return SparkSessions.shared()
        .read()
        .parquet(at(name))
        .orderBy("id")
        .select("id", "kind", "prediction", "probability", "corrected_probability")
        .collectAsList();
  }

  private void scoreFirstFiles() throws Exception {
    Files.createDirectory(folder.resolve("in"));
    file("1.csv", 0, 40);
    file("2.csv", 40, 60);
    scoreStream();
  }

  private CommandRun scoreStream(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "score",
                "--input=" + at("in"),
                "--model=" + model(),
                "--output=" + at("scored"),
                "--checkpoint=" + at("checkpoint")));
    line.addAll(Arrays.asList(more));
    return CommandRun.of(line.toArray(new String[0]));
  }

  @Test
  void everyFileIsScoredOnceAsATableWouldBe() throws Exception {
    scoreFirstFiles();
    assertThat(rows("scored")).hasSize(60);
    assertThat(scoreStream().code()).isZero();
    assertThat(rows("scored")).hasSize(60);

    file("3.csv", 60, 75);
    try (Warnings log = Warnings.andProgressOf(StreamOptions.class)) {
      assertThat(scoreStream().err()).isEmpty();
      assertThat(log.messages()).containsExactly("scored 15 rows of new files");
    }
    CommandRun.succeed(
        "score", "--input=" + at("in"), "--model=" + model(), "--output=" + at("at-once"));
    assertThat(rows("scored")).hasSize(75).isEqualTo(rows("at-once"));
  }

  @Test
  void aFeatureMayHoldOtherNumbersLaterAndOtherColumnsMayNot() throws Exception {
    scoreFirstFiles();
    CommandRun.file(folder.resolve("in"), "3.csv", "id,kind,x,y", "60,a,7.25,1");
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(61);
    CommandRun.file(folder.resolve("in"), "4.csv", "id,kind,x,y", "not a number,a,7.25,1");
    CommandRun failed = scoreStream();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.errors()).hasSize(1);
    assertThat(rows("scored")).hasSize(61);
  }

  @Test
  void aFolderThatIsNoStreamsIsLeftAlone() throws Exception {
    scoreFirstFiles();
    CommandRun run = scoreStream("--output=" + at("scored") + "2");
    assertThat(run.code()).isEqualTo(2); // --output twice
    Files.createDirectory(folder.resolve("other"));
    CommandRun other =
        CommandRun.of(
            "score",
            "--input=" + at("in"),
            "--model=" + model(),
            "--output=" + at("other"),
            "--checkpoint=" + at("checkpoint-2"));
    assertThat(other.errors())
        .containsExactly(
            "imbalanced score: --output: '"
                + at("other")
                + "' is there already and not of a stream; name a new folder");
  }

  @Test
  void everyNeedsACheckpoint() {
    CommandRun run = CommandRun.of("score", "--input=a", "--model=b", "--output=c", "--every=5");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("--every: goes with --checkpoint; give that too, or leave it out");
    assertThat(scoreStream("--every=0").err()).contains("must be 1 second or more");
  }

  @Test
  void aStreamAddsToItsOutputAndReplacesNothing() {
    CommandRun run =
        CommandRun.of(
            "score", "--input=a", "--model=b", "--output=c", "--checkpoint=d", "--overwrite");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--overwrite and --checkpoint exclude each other");
  }

  @Test
  void anOutputThatIsGoneIsMissed() throws Exception {
    scoreFirstFiles();
    FileUtils.moveDirectory(new File(at("scored")), new File(at("elsewhere")));
    file("3.csv", 60, 75);
    assertThat(scoreStream().errors())
        .containsExactly(
            String.format(
                "imbalanced score: --output: '%s' is not there, though files of checkpoint '%s' were"
                    + " scored; name the folder they were written to, or remove the checkpoint to"
                    + " score all again",
                at("scored"), at("checkpoint")));
    assertThat(folder.resolve("scored")).doesNotExist();

    FileUtils.moveDirectory(new File(at("elsewhere")), new File(at("scored")));
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(75);
  }

  /** Spark would take its batches for the other's, which the output has, and write nothing. */
  @Test
  void anotherCheckpointThanTheOutputsIsRefused() throws Exception {
    scoreFirstFiles();
    FileUtils.copyDirectory(new File(at("checkpoint")), new File(at("older")));
    file("3.csv", 60, 75);
    assertThat(scoreStream().err()).isEmpty();
    file("4.csv", 75, 80);
    for (String other : List.of("new", "older")) {
      CommandRun run =
          CommandRun.of(
              "score",
              "--input=" + at("in"),
              "--model=" + model(),
              "--output=" + at("scored"),
              "--checkpoint=" + at(other));
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.errors())
          .containsExactly(
              String.format(
                  "imbalanced score: --checkpoint: '%s' is not that of output '%s', which has batches"
                      + " of files that it has not; name the checkpoint that the output was begun"
                      + " with, or another --output",
                  at(other), at("scored")));
    }
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(80);
  }

  @Test
  void aFileThatCameWithAnOldTimeIsScored() throws Exception {
    scoreFirstFiles();
    file("3.csv", 60, 75);
    Instant old = Instant.now().minus(Duration.ofDays(30));
    Files.setLastModifiedTime(folder.resolve("in/3.csv"), FileTime.from(old));
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(75);
  }

  /** As a run leaves it that was killed before it had scored anything. */
  @Test
  void aCheckpointThatHasScoredNothingAsksForNoOutput() throws Exception {
    scoreFirstFiles();
    FileUtils.deleteDirectory(new File(at("scored")));
    FileUtils.deleteDirectory(new File(at("checkpoint") + "/commits"));
    FileUtils.deleteDirectory(new File(at("checkpoint") + "/sources"));
    FileUtils.deleteDirectory(new File(at("checkpoint") + "/offsets"));
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,kind,x   | 60,a,7   | the header of file:.*/new.csv is not that of the table, which has more or"
            + " fewer columns; .*",
        "id,x,kind,y | 60,7,a,1 | the header of file:.*/new.csv is not that of the table: it has 'x' for"
            + " 'kind'; .*",
        "id,kind,x,y | 60,a,7   | the row '60,a,7.*', in file:.*/new.csv does not fit the columns; .*",
        "id,kind,x,y | z,a,7,1  | the row 'null,a,7.*', in file:.*/new.csv does not fit the columns: For"
            + " input string: \"z\"; .*",
      })
  void aFileThatDoesNotFitIsNamed(String header, String row, String message) throws Exception {
    scoreFirstFiles();
    CommandRun.file(folder.resolve("in"), "new.csv", header, row);
    CommandRun failed = scoreStream();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.errors())
        .singleElement()
        .asString()
        .matches("imbalanced score: --input: " + message);
    assertThat(rows("scored")).hasSize(60);
  }

  @Test
  void aFileOfABadFeatureIsNamed() throws Exception {
    scoreFirstFiles();
    for (int i = 0; i < 4; i++) {
      file("new-" + i + ".csv", 60 + i, 61 + i);
    }
    assertThatABadFileIsNamed("a bad%20 one.csv", 64);
    assertThatABadFileIsNamed("new (x) y.csv", 66);
  }

  private void assertThatABadFileIsNamed(String bad, int before) throws Exception {
    List<Row> scored = rows("scored");
    CommandRun.file(folder.resolve("in"), bad, "id,kind,x,y", "0,a,,1");
    CommandRun run = scoreStream();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            String.format(
                "imbalanced score: --input: in 'file:%s/in/%s' column 'x' holds null; mend the value,"
                    + " drop the row, or give --missing mean, median, mode or skip to train or"
                    + " resample; mend the file in place, under its name, and run again",
                folder, bad));
    assertThat(rows("scored")).isEqualTo(scored);

    file(bad, before, before + 2);
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(before + 2);
  }

  /** Spark would score the batch without it, and never look for it again. */
  @Test
  void aFileOfAStoppedBatchThatIsGoneIsMissed() throws Exception {
    scoreFirstFiles();
    file("3.csv", 60, 75);
    CommandRun.file(folder.resolve("in"), "a bad%20 one.csv", "id,kind,x,y", "75,a,n/a,1");
    assertThat(scoreStream().code()).isEqualTo(1);
    Files.delete(folder.resolve("in/a bad%20 one.csv"));
    CommandRun run = scoreStream();
    assertThat(run.errors())
        .containsExactly(
            String.format(
                "imbalanced score: --input: 'file:%s/in/a bad%%20 one.csv' is gone, which an earlier"
                    + " run had begun to score; put it back, or what is to stand for it (if it is"
                    + " bad, mended), under its name",
                folder));
    assertThat(run.code()).isEqualTo(1);
    assertThat(rows("scored")).hasSize(60);

    file("a bad%20 one.csv", 75, 80);
    assertThat(scoreStream().err()).isEmpty();
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(80);
  }

  /** Killed between the two: the batch is in the output, and the checkpoint does not say so. */
  @Test
  void aFileOfABatchThatIsInTheOutputIsNotMissed() throws Exception {
    scoreFirstFiles();
    FileUtils.deleteDirectory(new File(at("checkpoint") + "/commits"));
    Files.delete(folder.resolve("in/1.csv"));
    assertThat(scoreStream().err()).isEmpty();
    assertThat(rows("scored")).hasSize(60);
  }

  /** An entry of Spark's log that holds those before it too, of whose files some may be gone. */
  @Test
  void scoredFilesThatAreGoneAreNotMissedThoughTheLogIsCompact() throws Exception {
    SparkSessions.shared().conf().set(COMPACT_INTERVAL, 2);
    try {
      scoreFirstFiles();
      Files.delete(folder.resolve("in/1.csv"));
      CommandRun.file(folder.resolve("in"), "bad.csv", "id,kind,x,y", "60,a,n/a,1");
      assertThat(scoreStream().code()).isEqualTo(1);
      assertThat(folder.resolve("checkpoint/sources/0/1.compact")).exists();
      Files.delete(folder.resolve("in/bad.csv"));
      assertThat(scoreStream().err()).contains("in/bad.csv' is gone");
      file("bad.csv", 60, 65);
      assertThat(scoreStream().err()).isEmpty();
      Files.delete(folder.resolve("in/bad.csv"));
      file("3.csv", 65, 75);
      assertThat(scoreStream().err()).isEmpty();
      assertThat(rows("scored")).hasSize(75);
    } finally {
      SparkSessions.shared().conf().unset(COMPACT_INTERVAL);
    }
  }

  /** Spark reads a part without a look at which parts the output is made of. */
  @Test
  void theOutputIsReadAsAFolder() throws Exception {
    scoreFirstFiles();
    String left = "part-00000-of-a-killed-batch.parquet";
    SparkSessions.shared().read().parquet(at("scored")).write().parquet(at("copy"));
    Path part = folder.resolve("copy").resolve(parts("copy").get(0));
    Files.copy(part, folder.resolve("scored").resolve(left));
    for (String input : List.of("scored/*.parquet", "scor*", "scored/" + left)) {
      assertThat(evaluate(input).errors())
          .singleElement()
          .asString()
          .startsWith("imbalanced evaluate: --input: '" + at(input) + "' leads to files in '")
          .contains("name that folder");
    }
    assertThat(evaluate("scored").out()).contains("60 rows");
  }

  private List<String> parts(String name) {
    return CommandRun.names(folder.resolve(name)).stream()
        .filter(file -> file.startsWith("part-"))
        .toList();
  }

  private CommandRun evaluate(String input) {
    return CommandRun.of(
        "evaluate",
        "--input=" + at(input),
        "--format=parquet",
        "--label=y",
        "--score-col=probability");
  }
}
