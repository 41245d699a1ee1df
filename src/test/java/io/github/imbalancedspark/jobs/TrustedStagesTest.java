package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A model folder is data: it does not choose what code runs. */
class TrustedStagesTest {

  private static final String PIPELINE = "org.apache.spark.ml.PipelineModel";

  @TempDir Path folder;

  private void stage(String place, String className) throws Exception {
    Path metadata = Files.createDirectories(folder.resolve(place).resolve("metadata"));
    Files.writeString(
        metadata.resolve("part-00000"),
        "{\"class\":\""
            + className
            + "\",\"timestamp\":0,\"sparkVersion\":\"4.1.0\",\"uid\":\"u\",\"paramMap\":{\"stageUids\":[\"p\"]}}\n");
    Files.writeString(metadata.resolve("_SUCCESS"), "");
  }

  private static TrustedStages trusting(String... args) {
    return CommandLine.populateCommand(new TrustedStages(), args);
  }

  @ParameterizedTest
  @CsvSource({
    "stages/0_p",
    "stages/0_p/stages/3_q",
    "stages/0_p/bestModel",
    "stages/0_p/bestModel/stages/1_r",
    "stages/0_p/model_0"
  })
  void aStageIsFoundWhereverItIs(String place) throws Exception {
    stage("model", PIPELINE);
    stage("model/" + place, "com.example.Stage");
    String model = folder.resolve("model").toString();
    assertThatThrownBy(() -> trusting().requireIn(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model: '%s' holds a stage of class com.example.Stage, which is not trusted; if you know"
                + " that class and where the folder comes from, pass --trust com.example.Stage",
            model);
    trusting("--trust=com.example.Stage").requireIn(model);
    trusting("--trust=org.example.,com.example.").requireIn(model);
    assertThatThrownBy(() -> trusting("--trust=com.example.Sta").requireIn(model))
        .hasMessageContaining("not trusted");
  }

  @Test
  void sqlIsNotTrusted() throws Exception {
    stage("model", PIPELINE);
    stage("model/stages/0_sql", "org.apache.spark.ml.feature.SQLTransformer");
    String model = folder.resolve("model").toString();
    assertThatThrownBy(() -> trusting().requireIn(model)).hasMessageContaining("SQLTransformer");
    assertThatCode(
            () -> trusting("--trust=org.apache.spark.ml.feature.SQLTransformer").requireIn(model))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "no json",
    "{}",
    "{\"class\":7}",
    "'[\"class\"]'",
    "'{\"class\":\"a\",\"class\":\"b\"}'"
  })
  void metadataThatNamesNoClassIsDamaged(String text) throws Exception {
    stage("model", PIPELINE);
    Files.writeString(folder.resolve("model/metadata/part-00001"), text);
    assertThatThrownBy(() -> trusting().requireIn(folder.resolve("model").toString()))
        .hasMessageContaining("is damaged")
        .hasMessageContaining("metadata/part-00001");
  }

  /** Spark would read each of them, or some file system's Spark. */
  @ParameterizedTest
  @CsvSource({
    "metadata/_x=1",
    "metadata/x=1/part-00000",
    "metadata/.part-00000",
    "metadata/part-00000.gz",
    "metadata",
    "Metadata",
  })
  void whatDoesNotBelongBesideMetadataIsNamed(String place) throws Exception {
    stage("model", PIPELINE);
    Path planted = folder.resolve("model/stages/1_s").resolve(place);
    Files.createDirectories(planted.getParent());
    Files.writeString(planted, "{\"class\":\"org.apache.spark.ml.feature.SQLTransformer\"}");
    assertThatThrownBy(() -> trusting().requireIn(folder.resolve("model").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model: '" + folder.resolve("model") + "' is damaged: '")
        .hasMessageContaining("stages/1_s/" + place.replaceFirst("/part-00000$", ""))
        .hasMessageEndingWith("' does not belong there; train again, or restore the folder");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"uid\":\"u\",\"paramMap\":{\"stageUids\":[\"p\",\"x/../../../../tmp/evil\"]}'",
    "'\"uid\":\"u\",\"paramMap\":{\"stageUids\":[\"..\"]}'",
    "'\"uid\":\"a/b\",\"paramMap\":{}'",
  })
  void aStageThatIsAPathIsRefused(String fields) throws Exception {
    stage("model", PIPELINE);
    Files.writeString(
        folder.resolve("model/metadata/part-00000"),
        "{\"class\":\"" + PIPELINE + "\"," + fields + "}");
    assertThatThrownBy(() -> trusting().requireIn(folder.resolve("model").toString()))
        .hasMessageContaining("model/metadata/part-00000' names a stage '")
        .hasMessageEndingWith("', which is a path; train again, or restore the folder");
  }

  @Test
  void scoringDoesNotTouchAClassThatIsPlanted() throws Exception {
    stage("model", PIPELINE);
    stage("model/stages/0_p", "planted.Stage");
    Files.writeString(folder.resolve("model/_SUCCESS"), "");
    String table = CommandRun.file(folder, "table.csv", "x", "1");
    CommandRun run =
        CommandRun.of(
            "score",
            "--input=" + table,
            "--model=" + folder.resolve("model"),
            "--output=" + folder.resolve("scored"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors()).hasSize(1).first().asString().contains("planted.Stage, which is not");
    assertThat(System.getProperty("planted")).isNull();
    assertThat(CommandRun.names(folder)).containsExactly("model", "table.csv");
  }

  /** Spark loads such a stage from wherever the tuner's metadata says. */
  @ParameterizedTest
  @CsvSource({
    "false, '/tmp/evil', false",
    "false, '../../evil', false",
    "False, 'file:evil', false",
    "false, '\\u002ftmp', false",
    "false, 'epm_classifier0', true",
    "true, '/tmp/text', true",
  })
  void aStageOfATunersGridStandsInItsFolder(String isJson, String value, boolean sound)
      throws Exception {
    stage("model", PIPELINE);
    Files.writeString(
        folder.resolve("model/metadata/part-00000"),
        ("{'class':'org.apache.spark.ml.tuning.CrossValidatorModel','uid':'u','paramMap':"
                + "{'estimatorParamMaps':[[{'parent':'lr','name':'featuresCol','isJson':'"
                + isJson
                + "','value':'#"
                + value.replace("\\", "\\\\")
                + "#'}]]}}")
            .replace("#", "\\\"")
            .replace('\'', '"'));
    String model = folder.resolve("model").toString();
    if (sound) {
      trusting().requireIn(model);
    } else {
      assertThatThrownBy(() -> trusting().requireIn(model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              ", which is no folder of a tuner; train again, or restore the folder");
    }
  }
}
