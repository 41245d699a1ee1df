package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.ObjectStore;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A stream keeps to what its first run was given and met, once that is known to do. */
class StreamColumnsTest {

  @TempDir static Path models;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    List<String> lines = new ArrayList<>(List.of("x,zip,y"));
    IntStream.range(0, 60)
        .forEach(i -> lines.add(i * 37 % 11 + ",z" + i % 3 + "," + (i % 5 == 0 ? 1 : i % 2)));
    String table = CommandRun.file(models, "table.csv", lines.toArray(new String[0]));
    for (String[] model : new String[][] {{"x", "--ignore=zip"}, {"zip", "--categorical=zip"}}) {
      CommandRun run =
          CommandRun.of(
              "train",
              "--input=" + table,
              "--label=y",
              model[1],
              "--reg-param=0.1",
              "--model=" + models.resolve(model[0]));
      assertThat(run.err()).isEmpty();
    }
  }

  @BeforeEach
  void anEmptyFolder() throws Exception {
    Files.createDirectory(folder.resolve("in"));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void file(String name, String... lines) {
    CommandRun.file(folder.resolve("in"), name, lines);
  }

  private CommandRun score(String model, String... more) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("--input", at("in"));
    line.put("--model", models.resolve(model).toString());
    line.put("--output", at("scored"));
    line.put("--checkpoint", at("checkpoint"));
    for (String option : more) {
      String[] parts = option.split("=", 2);
      line.put(parts[0], parts[1]);
    }
    return CommandRun.of(
        Stream.concat(
                Stream.of("score"),
                line.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()))
            .toArray(String[]::new));
  }

  private void succeed(String model, String... more) {
    CommandRun run = score(model, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  private long scored() {
    return SparkSessions.shared().read().parquet(folder.resolve("scored").toString()).count();
  }

  @Test
  void filesThatLackAColumnAreMendedAndScored() {
    file("1.csv", "id,zip", "1,z0");
    assertThat(score("x").errors())
        .containsExactly(
            "imbalanced score: --input: there is no column 'x', which the model reads; the columns"
                + " are id, zip");
    file("1.csv", "id,x,zip", "1,7,z0");
    succeed("x");
    assertThat(scored()).isOne();
  }

  @Test
  void aModelThatReadsAFurtherColumnIsToldOfTheFirstRuns() {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    file("2.csv", "id,x,zip", "2,7,z0");
    String begin =
        "it keeps the columns that the first run met: begin anew with another --checkpoint and"
            + " --output";
    assertThat(score("zip").errors())
        .containsExactly(
            String.format(
                "imbalanced score: --checkpoint: '%s/checkpoint/stream.json' has no column 'zip'; %s",
                folder, begin));
    assertThat(score("x", "--columns=zip").err()).contains("stream.json' has no column 'zip'");
  }

  @Test
  void aColumnThatTheModelReadsAsTextAndTheFirstRunDidNotIsNamed() {
    file("1.csv", "id,x,zip", "1,7,00501");
    succeed("x");
    assertThat(score("zip").err())
        .contains(
            "/checkpoint/stream.json' has column 'zip' as int, and the model reads string; it");
  }

  /** Spark would read the files beside it twice. */
  @Test
  void aNewFileWhoseNameIsAPatternIsNamed() throws Exception {
    file("1 [a].csv", "id,x", "1,7");
    String problem =
        String.format(
            "imbalanced score: --input: the name of 'file:%s/in/1 [a].csv' holds one of { } [ ] * ?"
                + " \\, for which Spark would read the other new files twice; rename it",
            folder);
    assertThat(score("x").errors()).containsExactly(problem);
    Files.move(folder.resolve("in/1 [a].csv"), folder.resolve("in/1.csv"));
    succeed("x");
    file("2.csv", "id,x", "2,7");
    file("3?.csv", "id,x", "3,7");
    assertThat(score("x").err()).contains("/in/3?.csv' holds one of");
    Files.delete(folder.resolve("in/3?.csv"));
    succeed("x");
    assertThat(scored()).isEqualTo(2);
  }

  @Test
  void aFolderThatWasEmptiedIsNothingToScore() throws Exception {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    Files.delete(folder.resolve("in/1.csv"));
    try (Warnings log = Warnings.andProgressOf(StreamOptions.class)) {
      succeed("x");
      assertThat(log.messages()).containsExactly("nothing to score: there are no new files");
    }
    assertThat(scored()).isOne();
  }

  /** As an object store's is with its last file. */
  @Test
  void aFolderThatIsGoneIsNothingToScore() throws Exception {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    FileUtils.deleteDirectory(folder.resolve("in").toFile());
    try (Warnings log = Warnings.of(ScoreCommand.class)) {
      succeed("x");
      assertThat(log.messages())
          .containsExactly(
              "--input: '"
                  + at("in")
                  + "' is gone; an object store drops a folder with its last file, otherwise put it"
                  + " back");
    }
    Files.createDirectory(folder.resolve("in"));
    file("2.csv", "id,x", "2,7");
    succeed("x");
    assertThat(scored()).isEqualTo(2);
  }

  @Test
  void aFolderThatHasNeverBeenThereIsMissed() {
    assertThat(score("x", "--input=" + at("typo")).errors())
        .containsExactly(
            "imbalanced score: --input: there is no file or folder '"
                + at("typo")
                + "'; check the path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in", "in/*.csv", "i*/*"})
  void aPlaceThatNoFileHasComeToIsNothingToScore(String place) throws Exception {
    String input = "--input=" + at(place);
    try (Warnings log = Warnings.andProgressOf(StreamOptions.class)) {
      CommandRun run = score("x", input);
      assertThat(run.code()).isZero();
      assertThat(run.out() + run.err()).isEmpty();
      assertThat(log.messages()).containsExactly("nothing to score: there are no new files");
    }
    file("1.csv", "id,x", "1,7");
    succeed("x", input);
    assertThat(scored()).isOne();
  }

  @Test
  void aStreamThatGoesOnForEverWaitsForItsFirstFiles() throws Exception {
    StreamOptions stream =
        CommandLine.populateCommand(new StreamOptions(), "--checkpoint=none", "--every=1");
    Iterator<Boolean> looks = List.of(false, true).iterator();
    assertThat(stream.awaitFirst(looks::next)).isTrue();
    assertThat(looks.hasNext()).isFalse();
  }

  /** The header of a file that comes alone is compared all the same. */
  @Test
  void aFileOfOtherColumnsIsNamedThoughItIsTheOnlyOne() throws Exception {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    Files.delete(folder.resolve("in/1.csv"));
    file("2.csv", "x,id", "7,1");
    assertThat(score("x").err()).contains("2.csv is not that of the table: it has 'x' for 'id'");
  }

  @Test
  void columnsWithoutNamesAreTakenByTheirPlaceIfThatIsAsked() {
    file("1.csv", ",x", "1,7");
    assertThat(score("x").err())
        .contains("has an empty or a repeated name, so later files cannot be compared with it;");
    succeed("x", "--option=enforceschema=true");
    file("2.csv", ",x", "2,8");
    succeed("x", "--option=enforceschema=true");
    assertThat(scored()).isEqualTo(2);
  }

  /** The stream would read its own notes. */
  @Test
  void aCheckpointInTheInputIsRefused() {
    file("1.csv", "id,x", "1,7");
    CommandRun run = score("x", "--checkpoint=" + at("in/checkpoint"));
    assertThat(run.errors())
        .containsExactly(
            String.format(
                "imbalanced score: --checkpoint: '%s/in/checkpoint' and input '%1$s/in' lie in each"
                    + " other; name separate folders (see imbalanced score --help)",
                folder));
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void aRecordIsStoredWholeOrNotAtAll() {
    StructType schema = new StructType().add("x", "double");
    StreamRecord record =
        StreamRecord.of(Map.of("input", "file:/in"), schema.add("\"p\" `q`", "string"), schema);
    ObjectStore.install();
    try {
      ObjectStore.dieAfter(0);
      assertThatThrownBy(() -> record.store(at("checkpoint")))
          .isInstanceOf(ObjectStore.Killed.class);
      assertThat(StreamRecord.stored(at("checkpoint"))).isNull();
      ObjectStore.dieAfter(Integer.MAX_VALUE);
      record.store(at("checkpoint"));
    } finally {
      ObjectStore.uninstall();
    }
    assertThat(StreamRecord.stored(at("checkpoint"))).isEqualTo(record);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--input=FOLDER/copy     | --input is 'file:FOLDER/in', not 'file:FOLDER/copy'",
        "--input=FOLDER/in/*     | --input is 'file:FOLDER/in', not 'file:FOLDER/in/*'",
        "--output=FOLDER/other   | --output is 'file:FOLDER/scored', not 'file:FOLDER/other'",
        "--output-format=csv     | --output-format is 'parquet', not 'csv'",
        "--columns=x,id          | output's column 1 is 'id int', not 'x double'",
        "--columns=id            | output's column 2 is 'x double', not 'prediction double'",
        "--columns=id,x,zip,id2  | output's column 4 is 'prediction double', not 'id2 int'",
      })
  void aRunUnlikeTheFirstIsRefused(String option, String difference) throws Exception {
    file("1.csv", "id,x,zip,id2", "1,7,z0,1");
    succeed("x", "--columns=id,x,zip");
    FileUtils.copyDirectory(folder.resolve("in").toFile(), folder.resolve("copy").toFile());
    String given = option.replace("FOLDER", folder.toString());
    CommandRun run = score("x", "--columns=id,x,zip", given);
    assertThat(run.errors())
        .containsExactly(
            String.format(
                "imbalanced score: --checkpoint: '%s/checkpoint' is of a stream whose %s; keep to"
                    + " that, or begin anew with another --checkpoint and --output",
                folder, difference.replace("FOLDER", folder.toString())));
    assertThat(run.code()).isEqualTo(1);
    assertThat(folder.resolve("other")).doesNotExist();
    succeed("x", "--columns=id,x,zip", "--input=" + folder.toUri() + "in/");
    assertThat(scored()).isOne();
  }

  /** Two streams with as many batches: Spark would add the rows of one to the other's. */
  @Test
  void checkpointsTakenForEachOtherAreRefused() throws Exception {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    FileUtils.copyDirectory(folder.resolve("in").toFile(), folder.resolve("in-b").toFile());
    String[] b = {"--input=" + at("in-b"), "--output=" + at("scored-b"), "--checkpoint=" + at("b")};
    succeed("x", b);
    file("2.csv", "id,x", "2,7");
    assertThat(score("x", b[2]).err())
        .contains("whose --input is 'file:" + at("in-b") + "', not 'file:" + at("in") + "';");
    assertThat(score("x", b[1]).err())
        .contains("whose --output is 'file:" + at("scored") + "', not");
    assertThat(scored()).isOne();
  }

  @Test
  void aCheckpointThatScoreHasNotBegunIsRefused() throws Exception {
    file("1.csv", "id,x", "1,7");
    succeed("x");
    Files.delete(folder.resolve("checkpoint/stream.json"));
    assertThat(score("x").err())
        .contains("/checkpoint' has batches and no file stream.json, so it is of no stream");
  }
}
