package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imbalancedspark.support.ObjectStore;
import io.github.imbalancedspark.support.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output is there whole, or readers refuse it and a rerun replaces it. */
class OutputTest {

  private static final int FILES = 4;

  @TempDir Path folder;

  @BeforeEach
  void store() {
    ObjectStore.install();
  }

  @AfterEach
  void noStore() {
    ObjectStore.uninstall();
  }

  private String place() {
    return folder.resolve("model").toString();
  }

  private Output write(boolean overwrite, String text) {
    Output output = Output.at("model", place(), overwrite);
    Output.beginAll(output);
    for (int i = 0; i < FILES; i++) {
      HadoopFiles.write(new org.apache.hadoop.fs.Path(output.temporary(), "part-" + i), text);
    }
    HadoopFiles.write(new org.apache.hadoop.fs.Path(output.temporary(), "_SUCCESS"), "");
    return output;
  }

  private String text(int part) throws Exception {
    return Files.readString(folder.resolve("model/part-" + part));
  }

  @Test
  void theRootIsNoOutput() {
    assertThatThrownBy(() -> Output.at("model", "/", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model: ")
        .hasMessageContaining("is the root; name a folder in it");
  }

  @Test
  void aWholeOutputIsMarkedAndNothingElseIsLeft() throws Exception {
    write(false, "new").commit();
    CompletionMark.require(place(), "model");
    CompletionMark.requireIfOurs(place(), "input");
    assertThat(CommandRun.names(folder)).containsExactly("model");
    assertThat(CommandRun.names(folder.resolve("model")))
        .containsExactly("_SUCCESS", "part-0", "part-1", "part-2", "part-3");
    assertThat(text(3)).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aMoveThatDiedIsRefusedByReadersAndReplacedByARerun(int copies) throws Exception {
    Output output = write(false, "old");
    ObjectStore.dieAfter(copies);
    assertThatThrownBy(output::commit).isInstanceOf(ObjectStore.Killed.class);
    ObjectStore.dieAfter(Integer.MAX_VALUE);

    assertThat(folder.resolve("model")).isDirectory();
    String message = "'" + place() + "' has no file _SUCCESS, so it may be half written; write it";
    assertThatThrownBy(() -> CompletionMark.require(place(), "model"))
        .hasMessageStartingWith("model: " + message);
    assertThatThrownBy(() -> CompletionMark.requireIfOurs(place(), "input"))
        .hasMessageStartingWith("input: " + message);

    write(false, "new").commit();
    CompletionMark.require(place(), "model");
    for (int i = 0; i < FILES; i++) {
      assertThat(text(i)).isEqualTo("new");
    }
    assertThat(CommandRun.names(folder)).containsExactly("model");
  }

  @Test
  void whatAKilledOverwriteLeavesIsRefusedToo() {
    write(false, "old").commit();
    Output output = write(true, "new");
    ObjectStore.dieAfter(2);
    assertThatThrownBy(output::commit).isInstanceOf(ObjectStore.Killed.class);
    assertThatThrownBy(() -> CompletionMark.require(place(), "model"))
        .hasMessageContaining("_SUCCESS");

    write(true, "newer").commit();
    assertThat(CommandRun.names(folder)).containsExactly("model");
  }

  @Test
  void whatAKilledOverwriteHadMovedAwayIsPutBackFirst() throws Exception {
    write(false, "old").commit();
    Output output = write(true, "new");
    ObjectStore.dieAfter(FILES + 1); // and the mark that it is unfinished
    assertThatThrownBy(output::commit).isInstanceOf(ObjectStore.Killed.class);
    ObjectStore.dieAfter(Integer.MAX_VALUE);
    assertThat(folder.resolve("model")).doesNotExist();

    assertThatThrownBy(() -> Output.at("model", place(), false))
        .hasMessageContaining("--overwrite");
    CompletionMark.require(place(), "model");
    assertThat(text(FILES - 1)).isEqualTo("old");

    write(true, "newer").commit();
    assertThat(text(0)).isEqualTo("newer");
    assertThat(CommandRun.names(folder)).containsExactly("model");
  }

  @Test
  void whatWasUnfinishedIsNotPutBack() {
    Output first = write(false, "half");
    ObjectStore.dieAfter(2);
    assertThatThrownBy(first::commit).isInstanceOf(ObjectStore.Killed.class);
    ObjectStore.dieAfter(Integer.MAX_VALUE);
    Output second = write(false, "new");
    ObjectStore.dieAfter(2);
    assertThatThrownBy(second::commit).isInstanceOf(ObjectStore.Killed.class);
    ObjectStore.dieAfter(Integer.MAX_VALUE);
    assertThat(folder.resolve("model")).doesNotExist();

    assertThatCode(() -> Output.at("model", place(), false)).doesNotThrowAnyException();
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void whatIsMadeMeanwhileIsNotReplaced() throws Exception {
    Output output = write(false, "mine");
    Files.createDirectory(folder.resolve("model"));
    Files.writeString(folder.resolve("model/part-0"), "another's");
    assertThatThrownBy(output::commit)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model: 'file:%s' was made meanwhile; pass --overwrite to replace it, or name another",
            place());
    output.close();
    assertThat(text(0)).isEqualTo("another's");
    assertThat(CommandRun.names(folder)).containsExactly("model");
  }

  @Test
  void aRunThatIsOvertakenByAnotherMovesNothing() throws Exception {
    Output slow = write(false, "slow");
    Output fast = write(false, "fast");
    HadoopFiles.write(new org.apache.hadoop.fs.Path(slow.temporary(), "part-9"), "slow");
    assertThatThrownBy(slow::commit)
        .hasMessageStartingWith("model: 'file:" + place() + "' cannot be written")
        .hasRootCauseMessage("another run that writes there has begun meanwhile");
    fast.commit();
    slow.close();
    assertThat(text(0)).isEqualTo("fast");
    assertThat(CommandRun.names(folder)).containsExactly("model");
  }

  @Test
  void whatIsNotOursIsLeftAlone() throws Exception {
    Files.createDirectory(folder.resolve(".model.tmp-mine"));
    Files.createDirectory(folder.resolve(".other.tmp-" + UUID.randomUUID()));
    Files.createDirectory(folder.resolve(".model.tmp-" + UUID.randomUUID()));
    write(false, "new").commit();
    assertThat(CommandRun.names(folder))
        .hasSize(3)
        .contains(".model.tmp-mine", "model")
        .anyMatch(name -> name.startsWith(".other.tmp-"));
  }

  @Test
  void twoOutputsAreUnfinishedUntilBothAreMoved() {
    Output model = write(false, "new");
    Output report = Output.at("report", folder.resolve("report").toString(), false);
    Output.beginAll(report);
    HadoopFiles.write(new org.apache.hadoop.fs.Path(report.temporary(), "metrics.json"), "{}");
    ObjectStore.dieAfter(FILES + 2);
    assertThatThrownBy(() -> Output.commitAll(model, null, report))
        .isInstanceOf(ObjectStore.Killed.class);
    assertThatThrownBy(() -> CompletionMark.require(place(), "model"))
        .hasMessageContaining("_SUCCESS");
    assertThatCode(() -> Output.at("model", place(), false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "model/part-0",
        "",
        "*",
        "mod*/*",
        "*/part-[0-2]",
        "{other,model}/part-0",
        "other/../model",
        "link/part-0",
        "l*k",
      })
  void aPathThatReplacingWouldTouchIsNamed(String place) throws Exception {
    write(false, "input").commit();
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("model"));
    Output output = Output.at("output", place(), true);
    for (String prefix : List.of("", "file:", "file://")) {
      String input = prefix + folder + "/" + place;
      assertThatThrownBy(() -> output.requireApartFrom("input", input))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "output: '%s' and input '%s' lie in each other; name separate folders",
              place(), input);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "model-2", "other/*", "*.csv", "*/p.csv"})
  void aPathThatReplacingLeavesAloneIsNot(String place) throws Exception {
    write(false, "input").commit();
    Files.createDirectory(folder.resolve("other"));
    Files.writeString(folder.resolve("other/p.csv"), "x");
    Files.writeString(folder.resolve("a.csv"), "x");
    Output output = Output.at("output", place(), true);
    assertThatCode(() -> output.requireApartFrom("input", folder + "/" + place))
        .doesNotThrowAnyException();
  }

  @Test
  void anOutputThatIsALinkIsComparedAsWhatItLeadsTo() throws Exception {
    Files.createDirectory(folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("model"), folder.resolve("in"));
    Output output = Output.at("output", place() + "/scored", true);
    assertThatThrownBy(() -> output.requireApartFrom("input", folder + "/in"))
        .hasMessageContaining("lie in each other");
  }

  @Test
  void aFolderThatIsNoOutputIsNotReplaced() throws Exception {
    Files.createDirectory(folder.resolve("model"));
    assertThatThrownBy(() -> Output.at("model", place(), false))
        .hasMessage("model: '" + place() + "' exists already; pass --overwrite to replace it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model-1", "nowhere"})
  void anOutputThatIsALinkIsRefused(String target) throws Exception {
    Files.createDirectory(folder.resolve("model-1"));
    Files.createSymbolicLink(folder.resolve("model"), folder.resolve(target));
    assertThatThrownBy(() -> Output.at("model", place(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model: '" + place() + "' is a link; name the folder that it leads to");
    assertThat(CommandRun.names(folder.resolve("model-1"))).isEmpty();
  }

  /** Spark would look for other places when it reads what was written. */
  @ParameterizedTest
  @ValueSource(strings = {"run[1]", "{{ds}}", "day=*", "mode?", "a\\b", "{a}/model"})
  void anOutputThatIsAPatternIsRefused(String name) {
    String place = folder + "/" + name;
    assertThatThrownBy(() -> Output.at("model", place, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model: '%s' holds one of { } [ ] * ? \\, so that Spark would read it as a pattern of"
                + " paths; choose another name",
            place);
  }

  /** Progress goes to standard output, on which weights prints its JSON. */
  @Test
  void whatIsRemovedIsNoProgress() throws Exception {
    write(false, "old").commit();
    Path left = Files.createDirectory(folder.resolve(".model.tmp-" + UUID.randomUUID()));
    try (Warnings warnings = Warnings.of(Output.class);
        Warnings all = Warnings.andProgressOf(Output.class)) {
      write(true, "new").commit();
      assertThat(warnings.messages())
          .containsExactly("removing 'file:" + left + "', which a run has left that was stopped");
      assertThat(all.messages()).isEqualTo(warnings.messages());
    }
  }

  @Test
  void whatIsPutBackIsNoProgress() throws Exception {
    write(false, "old").commit();
    Files.move(folder.resolve("model"), folder.resolve(".model.old-" + UUID.randomUUID()));
    try (Warnings warnings = Warnings.of(Output.class);
        Warnings all = Warnings.andProgressOf(Output.class)) {
      Output.at("model", place(), true);
      assertThat(warnings.messages())
          .containsExactly(
              "putting back 'file:" + place() + "', which a run has moved away that was stopped");
      assertThat(all.messages()).isEqualTo(warnings.messages());
    }
  }

  /** As a run leaves it that was killed between its two moves, or in the second. */
  @Test
  void aPatternDoesNotReadWhatIsNotWhole() throws Exception {
    write(false, "whole").commit();
    CompletionMark.requireIfOurs(folder + "/*", "input");
    CompletionMark.requireIfOurs(folder + "/*/part-*", "input");

    Path left = folder.resolve(".model.old-" + UUID.randomUUID());
    Files.createDirectory(left);
    Files.writeString(left.resolve("part-0"), "old");
    for (String pattern : List.of("/*", "/*/*", "/.m*")) {
      assertThatThrownBy(() -> CompletionMark.requireIfOurs(folder + pattern, "input"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("input: '" + folder + pattern + "' leads to '" + left);
    }
    Files.delete(left.resolve("part-0"));
    Files.delete(left);

    CompletionMark.begin(new org.apache.hadoop.fs.Path(place()));
    assertThatThrownBy(() -> CompletionMark.requireIfOurs(folder + "/mod*", "input"))
        .hasMessageContaining("so it may be half written");
  }

  /** Spark looks into the stream's log if it is given the folder alone. */
  @ParameterizedTest
  @ValueSource(strings = {"/scored/part-0", "/scored/part-*", "/scored/*", "/scor*", "/{scored,x}"})
  void filesAreNotPickedFromWhatAStreamWrote(String place) throws Exception {
    Path scored = Files.createDirectory(folder.resolve("scored"));
    Files.writeString(scored.resolve("part-0"), "x");
    CompletionMark.requireIfOurs(folder + place, "input");

    Files.createDirectory(scored.resolve("_spark_metadata"));
    assertThatThrownBy(() -> CompletionMark.requireIfOurs(folder + place, "input"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "input: '%s' leads to files in '%s', which a stream wrote; a run that was killed may have"
                + " left others among them: name that folder, in which Spark tells them apart",
            folder + place, scored);
    CompletionMark.requireIfOurs(scored.toString(), "input");
    CompletionMark.requireIfOurs(scored + "/", "input");
  }
}
