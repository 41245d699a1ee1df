package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.ObjectStore;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A stream keeps the columns of its first run, once these are known to do. */
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

  private void file(String name, String... lines) {
    CommandRun.file(folder.resolve("in"), name, lines);
  }

  private CommandRun score(String model, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "score",
                "--input=" + folder.resolve("in"),
                "--model=" + models.resolve(model),
                "--output=" + folder.resolve("scored"),
                "--checkpoint=" + folder.resolve("checkpoint")));
    line.addAll(Arrays.asList(more));
    return CommandRun.of(line.toArray(new String[0]));
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
                "imbalanced score: --checkpoint: '%s/checkpoint/schema.json' has no column 'zip'; %s",
                folder, begin));
    assertThat(score("x", "--columns=zip").err()).contains("schema.json' has no column 'zip'");
  }

  @Test
  void aColumnThatTheModelReadsAsTextAndTheFirstRunDidNotIsNamed() {
    file("1.csv", "id,x,zip", "1,7,00501");
    succeed("x");
    assertThat(score("zip").err())
        .contains(
            "/checkpoint/schema.json' has column 'zip' as int, and the model reads string; it");
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
    Files.delete(folder.resolve("in"));
    assertThat(score("x").err()).contains("--input: there is no file or folder");
  }

  @Test
  void aFolderThatNoFileHasComeIntoIsNothingToScore() throws Exception {
    try (Warnings log = Warnings.andProgressOf(StreamOptions.class)) {
      CommandRun run = score("x");
      assertThat(run.code()).isZero();
      assertThat(run.out() + run.err()).isEmpty();
      assertThat(log.messages()).containsExactly("nothing to score: there are no new files");
    }
    file("1.csv", "id,x", "1,7");
    succeed("x");
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
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + folder.resolve("in"),
            "--model=" + models.resolve("x"),
            "--output=" + folder.resolve("scored"),
            "--checkpoint=" + folder.resolve("in/checkpoint"));
    assertThat(run.errors())
        .containsExactly(
            String.format(
                "imbalanced score: --checkpoint: '%s/in/checkpoint' and input '%1$s/in' lie in each"
                    + " other; name separate folders (see imbalanced score --help)",
                folder));
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void aSchemaIsStoredWholeOrNotAtAll() {
    StreamOptions stream =
        CommandLine.populateCommand(
            new StreamOptions(), "--checkpoint=" + folder.resolve("checkpoint"));
    StructType schema = new StructType().add("x", "double");
    ObjectStore.install();
    try {
      ObjectStore.dieAfter(0);
      assertThatThrownBy(() -> stream.store(schema)).isInstanceOf(ObjectStore.Killed.class);
      assertThat(stream.stored()).isNull();
      ObjectStore.dieAfter(Integer.MAX_VALUE);
      stream.store(schema);
    } finally {
      ObjectStore.uninstall();
    }
    assertThat(stream.stored()).isEqualTo(schema);
  }
}
