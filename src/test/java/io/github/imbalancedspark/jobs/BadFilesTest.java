package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SmallDisk;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever has become of the files that a command reads or writes, it says so in one line and
 * leaves nothing behind.
 */
class BadFilesTest {

  private static final int ROWS = 200;
  private static final String NOT_LOADED =
      "--model: 'MODEL' cannot be loaded \\(.+\\); it is damaged or of a later version: restore it,"
          + " train again, or take that version of this program";
  private static final String DAMAGED =
      "--model: 'MODEL' is damaged: 'MODEL/stages/.+' is not the metadata of a stage; train again, or"
          + " restore the folder";

  @TempDir static Path folder;

  /** Does something to a model folder. */
  private interface Damage {
    void to(Path model) throws IOException;
  }

  private record Broken(String name, Damage damage, String message) {

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void trainOnGoodRows() {
    List<String> lines = new ArrayList<>(List.of("x,z,y"));
    IntStream.range(0, ROWS).forEach(i -> lines.add(i * 37 % 11 + ".5," + i % 7 + "," + i % 2));
    CommandRun.file(folder, "good.csv", lines.toArray(new String[0]));
    CommandRun.file(folder, "header.csv", "x,z,y");
    CommandRun.file(folder, "text.csv", "x,z,y", "1,2,0", "n/a,3,1");
    CommandRun.file(folder, "other-header.csv", "x,zz,y", "1,2,0", "2,3,1");
    CommandRun.file(folder, "no-header.csv", "1,2,0", "2,3,1");
    CommandRun.file(folder, "empty.csv");
    SparkSessions.shared().sql("SELECT 1.5 AS x, 1 AS y").write().parquet(at("no-z"));
    CommandRun run =
        CommandRun.of("train", "--input=" + at("good.csv"), "--label=y", "--model=" + at("model"));
    assertThat(run.err()).isEmpty();
    SmallDisk.install(SparkSessions.shared());
  }

  @AfterAll
  static void forgetTheDisk() {
    SmallDisk.uninstall(SparkSessions.shared());
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Returns the file of the learner's metadata or data. */
  private static Path part(Path model, String kind) throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      return files
          .filter(f -> f.toString().matches(".*imbalancedLogReg_.*/" + kind + "/part-.*"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void edit(Path model, String from, String to) throws IOException {
    Path file = part(model, "metadata");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    rewrite(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    rewrite(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** Writes a file as if it had never been otherwise: without the checksum of what it was. */
  private static void rewrite(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static void delete(Path folder) throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  static Stream<Broken> brokenModels() {
    return Stream.of(
        new Broken(
            "no mark",
            model -> Files.delete(model.resolve("_SUCCESS")),
            "--model: 'MODEL' has no file _SUCCESS, so it may be half written; write it again, .*"),
        new Broken(
            "no metadata",
            model -> delete(model.resolve("metadata")),
            "--model: 'MODEL' is no saved model: there is no file or folder 'MODEL/metadata'; check"
                + " the path"),
        new Broken("no stages", model -> delete(model.resolve("stages")), NOT_LOADED),
        new Broken("metadata cut off", model -> truncate(part(model, "metadata")), DAMAGED),
        new Broken(
            "empty metadata", model -> rewrite(part(model, "metadata"), new byte[0]), NOT_LOADED),
        new Broken("data cut off", model -> truncate(part(model, "data")), NOT_LOADED),
        new Broken("no data", model -> Files.delete(part(model, "data")), NOT_LOADED),
        new Broken(
            "a bit that flipped",
            model -> {
              byte[] bytes = Files.readAllBytes(part(model, "data"));
              bytes[bytes.length / 3] ^= 1;
              Files.write(part(model, "data"), bytes);
            },
            "--model: 'MODEL' is damaged: 'MODEL/stages/.+' cannot be read as Parquet \\(Checksum.+\\);"
                + " train again, or restore the folder"),
        new Broken(
            "a later version's stage",
            model -> edit(model, "LogisticRegressionModel\"", "TreeModel\""),
            NOT_LOADED),
        new Broken(
            "a later version's parameter",
            model -> edit(model, "\"paramMap\":{", "\"paramMap\":{\"yetUnknown\":3,"),
            NOT_LOADED),
        new Broken(
            "a later version's data",
            model -> {
              Path data = part(model, "data").getParent();
              delete(data);
              SparkSessions.shared().sql("SELECT 1 AS c").write().parquet(data.toString());
            },
            NOT_LOADED));
  }

  private static CommandRun score(Path model, String table) {
    return CommandRun.of(
        "score",
        "--input=" + at(table),
        "--format=" + (table.endsWith(".csv") ? "csv" : "parquet"),
        "--model=" + model,
        "--output=" + at("scored"));
  }

  private static void assertSaid(CommandRun run, String pattern, List<String> before) {
    assertThat(run.errors()).hasSize(1).first().asString().matches(pattern);
    assertThat(run.code()).isEqualTo(1);
    assertThat(CommandRun.names(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("brokenModels")
  void aBrokenModelIsNamed(Broken broken) throws IOException {
    Path model = folder.resolve("broken");
    delete(model);
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    Files.delete(model.resolve("_checksums")); // as if something else had written the model
    broken.damage.to(model);
    List<String> before = CommandRun.names(folder);
    assertSaid(
        score(model, "good.csv"),
        "imbalanced score: " + broken.message.replace("MODEL", model.toString()),
        before);
  }

  @Test
  void aModelWithoutChecksumsIsTakenWithAWord() throws IOException {
    Path model = folder.resolve("unlisted");
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    try (Warnings log = Warnings.andProgressOf(Checksums.class)) {
      assertThat(score(model, "good.csv").code()).isZero();
      assertThat(log.messages()).isEmpty();
      delete(folder.resolve("scored"));
      Files.delete(model.resolve("_checksums"));
      assertThat(score(model, "good.csv").code()).isZero();
      assertThat(log.messages())
          .containsExactly(
              "model: '"
                  + model
                  + "' has no file _checksums, which train writes, so damage would go unnoticed");
    }
    delete(folder.resolve("scored"));
    delete(model);
  }

  /** As a run leaves it that was killed between its last two steps, or a reader meets it there. */
  @Test
  void aWholeModelThatIsStillMarkedAsUnfinishedIsTaken() throws IOException {
    Path model = folder.resolve("marked");
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    Files.createFile(model.resolve(".unfinished"));
    CommandRun run = score(model, "good.csv");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    delete(folder.resolve("scored"));
    delete(model);
  }

  /** In any file, and where no file system watches over them. */
  @Test
  void aBitThatFlippedIsNamed() throws IOException {
    Path model = folder.resolve("flipped");
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    List<Path> files;
    try (Stream<Path> all = Files.walk(model)) {
      files = all.filter(f -> f.getFileName().toString().startsWith("part-")).toList();
    }
    assertThat(files).hasSizeGreaterThan(3);
    List<String> before = CommandRun.names(folder);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        rewrite(file, flipped);
        assertSaid(
            score(model, "good.csv"),
            String.format(
                "imbalanced score: --model: '%s' is damaged: '%s' is not what was written there;"
                    + " restore the folder, or train again; if it was changed on purpose, delete"
                    + " '%s/_checksums'",
                model, model.relativize(file), model),
            before);
      }
      rewrite(file, bytes);
    }
    assertThat(score(model, "good.csv").code()).isZero();
    delete(folder.resolve("scored"));
    delete(model);
  }

  /** As a copy leaves it that was made over an older model, or that broke off. */
  @ParameterizedTest
  @CsvSource({
    "metadata/part-00009, {}, 'metadata/part-00009' was not written there with the others",
    "stages/_x=1, {}, 'stages/_x=1' was not written there with the others",
    "_checksums, '', '_checksums' names no file",
    "_checksums, 00, '00' is not what was written there",
  })
  void aFolderThatHoldsMoreThanItsListIsNamed(String file, String text, String problem)
      throws IOException {
    Path model = folder.resolve("mixed");
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    rewrite(model.resolve(file), text.getBytes(StandardCharsets.UTF_8));
    List<String> before = CommandRun.names(folder);
    assertSaid(
        score(model, "good.csv"),
        String.format(
            "imbalanced score: --model: '%s' is damaged: %s; restore the folder, or train again; if"
                + " it was changed on purpose, delete '%s/_checksums'",
            model, problem, model),
        before);
    delete(model);
  }

  @Test
  void aListWithoutItsLastLineIsNamed() throws IOException {
    Path model = folder.resolve("shortened");
    FileUtils.copyDirectory(folder.resolve("model").toFile(), model.toFile());
    List<String> lines = Files.readAllLines(model.resolve("_checksums"));
    String last = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    rewrite(model.resolve("_checksums"), last.getBytes(StandardCharsets.UTF_8));
    assertThat(score(model, "good.csv").err()).contains("was not written there with the others");
    delete(model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other-header.csv|--input: there is no column 'z', which the model reads; the columns are x, zz, y",
        "no-header.csv|--input: there is no column 'x', which the model reads; the columns are 1, 2, 0",
        "no-z|--input: there is no column 'z', which the model reads; the columns are x, y",
        "empty.csv|--input: '.*' is empty; it has no columns",
        "text.csv|features: column 'x' holds n/a; features must be finite numbers: mend the value or drop the row",
      })
  void aTableThatTheModelCannotReadIsNamed(String table, String message) {
    List<String> before = CommandRun.names(folder);
    assertSaid(score(folder.resolve("model"), table), "imbalanced score: " + message, before);
  }

  /** Spark alone would take the columns by their place, and score nonsense. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "z,x,y | 2,1,0   | the header of file:.*/b.csv is not that of the table: it has '.' for '.'; .*",
        "x,z   | 1,2     | the header of file:.*/.*.csv is not that of the table, which has more or fewer columns; .*",
        "x,z,y | 1,2,0,5 | [at].* row.*, in file:.*/b.csv does not fit the columns; .*",
        "x,z,y | 1,2     | [at].* row.*, in file:.*/b.csv does not fit the columns; .*",
      })
  void filesOfOtherColumnsAreAnError(String header, String row, String message) throws IOException {
    Path mixed = Files.createDirectory(folder.resolve("mixed.csv"));
    Files.copy(folder.resolve("good.csv"), mixed.resolve("a.csv"));
    CommandRun.file(mixed, "b.csv", header, row);
    List<String> before = CommandRun.names(folder);
    try {
      assertSaid(
          score(folder.resolve("model"), "mixed.csv"),
          "imbalanced score: --input: " + message,
          before);
      CommandRun train = CommandRun.of("train", "--input=" + at("mixed.csv"), "--label=y");
      assertThat(train.code()).isEqualTo(1);
      assertThat(train.errors())
          .singleElement()
          .asString()
          .matches("imbalanced train: --input: " + message);
    } finally {
      FileUtils.deleteDirectory(mixed.toFile());
    }
  }

  @Test
  void filesOfTheSameColumnsAreOneTable() throws IOException {
    Path twice = Files.createDirectory(folder.resolve("twice.csv"));
    Files.copy(folder.resolve("good.csv"), twice.resolve("a.csv"));
    Files.copy(folder.resolve("good.csv"), twice.resolve("b.csv"));
    try {
      assertThat(score(folder.resolve("model"), "twice.csv").err()).isEmpty();
      assertThat(SparkSessions.shared().read().parquet(at("scored")).count()).isEqualTo(2 * ROWS);
    } finally {
      delete(folder.resolve("scored"));
      FileUtils.deleteDirectory(twice.toFile());
    }
  }

  @Test
  void parquetReadAsCsvIsNamed() {
    CommandRun run = CommandRun.of("train", "--input=" + at("no-z"), "--label=y");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors())
        .containsExactly(
            "imbalanced train: --input: '"
                + at("no-z")
                + "' is Parquet; say so with --format parquet");
  }

  @Test
  void outputThatIsLostIsAFailure() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left on device");
          }
        };
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            new StopSignal(),
            new PrintWriter(full, false, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            "--help");

    assertThat(code).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "imbalanced: standard output cannot be written; what was printed is lost"
                + System.lineSeparator());
  }

  @Test
  void aLackOfMemoryIsNamedWithItsRemedy() {
    Writer exhausted =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            throw new OutOfMemoryError("Java heap space");
          }
        };
    StringWriter err = new StringWriter();

    int code =
        Main.run(
            new StopSignal(),
            new PrintWriter(exhausted, false),
            new PrintWriter(err, true),
            "weights",
            "--input=" + at("good.csv"),
            "--label=y");

    assertThat(code).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "imbalanced weights: out of memory (Java heap space); give the driver more with"
                + " --driver-memory, before the command"
                + System.lineSeparator());
  }

  @Test
  void aFolderWithoutFilesIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("nothing"));
    List<String> before = CommandRun.names(folder);
    for (String format : List.of("csv", "parquet")) {
      assertSaid(
          CommandRun.of(
              "score",
              "--input=" + at("nothing"),
              "--format=" + format,
              "--model=" + at("model"),
              "--output=" + at("scored")),
          String.format(
              "imbalanced score: --input: '%s' holds no %s files; check the path, or what should"
                  + " have filled it",
              at("nothing"), format),
          before);
    }
    delete(folder.resolve("nothing"));
  }

  @Test
  void whatScoringMakesIsInTheWayOnlyIfItIsKept() throws IOException {
    assertThat(score(folder.resolve("model"), "good.csv").code()).isZero();
    FileUtils.moveDirectory(new File(at("scored")), new File(at("before")));
    List<String> before = CommandRun.names(folder);
    assertSaid(
        score(folder.resolve("model"), "before"),
        "imbalanced score: --input: column 'prediction' exists already, and scoring makes it; rename"
            + " it or drop it from the table, or name those to keep with --columns",
        before);
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + at("before"),
            "--format=parquet",
            "--model=" + at("model"),
            "--columns=x,y",
            "--output=" + at("scored"));
    assertThat(run.err()).isEmpty();
    assertThat(
            SparkSessions.shared()
                .read()
                .parquet(at("scored"))
                .exceptAll(
                    SparkSessions.shared()
                        .read()
                        .parquet(at("before"))
                        .select("x", "y", "prediction", "probability", "corrected_probability"))
                .count())
        .isZero();
    delete(folder.resolve("scored"));
    delete(folder.resolve("before"));
  }

  @Test
  void noRowsHaveNoScores() throws IOException {
    assertThat(score(folder.resolve("model"), "header.csv").code()).isZero();
    assertThat(SparkSessions.shared().read().parquet(at("scored")).columns())
        .containsExactly("x", "z", "y", "prediction", "probability", "corrected_probability");
    assertThat(SparkSessions.shared().read().parquet(at("scored")).count()).isZero();
    delete(folder.resolve("scored"));
  }

  /** A negative room stands for a place where nothing at all may be written. */
  @ParameterizedTest
  @CsvSource({"-1, model", "10, model", "2000, model", "9000, report", "20000, report"})
  void aFullDiskIsNamed(long room, String output) {
    SmallDisk.setRoom(room);
    List<String> before = CommandRun.names(folder);
    CommandRun run =
        CommandRun.of(
            "train",
            "--input=" + at("good.csv"),
            "--label=y",
            "--model=small:" + at("full/model"),
            "--report=small:" + at("full/report"));
    assertThat(folder.resolve("full")).isEmptyDirectory();
    assertThat(folder.resolve("full").toFile().delete()).isTrue();
    assertSaid(
        run,
        String.format(
            "imbalanced train: --%s: 'small:%s' cannot be written: No space left on device",
            output, at("full/" + output)),
        before);
  }

  @Test
  void aTableThatDoesNotFitIsNamed() {
    SmallDisk.setRoom(ROWS);
    List<String> before = CommandRun.names(folder);
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + at("good.csv"),
            "--model=" + at("model"),
            "--output=small:" + at("full"));
    assertSaid(
        run,
        String.format(
            "imbalanced score: --output: 'small:%s' cannot be written, or its input not be read: No"
                + " space left on device",
            at("full")),
        before);
  }
}
