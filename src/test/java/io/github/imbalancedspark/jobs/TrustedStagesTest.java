package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A model folder is data: it does not choose what code runs. */
class TrustedStagesTest {

  private static final String PIPELINE = "org.apache.spark.ml.PipelineModel";

  private static final String STRINGS = "org.apache.spark.ml.feature.StringIndexerModel";

  private static final String COLUMNS_KEY = "org.apache.spark.sql.parquet.row.metadata";
  private static final String PLANTED_TYPE =
      "{'type':'udt','class':'planted.Stage','pyClass':null,'sqlType':'integer'}";

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

  /** Scores a row with the model. */
  private CommandRun score() throws Exception {
    Files.writeString(folder.resolve("model/_SUCCESS"), "");
    return CommandRun.of(
        "score",
        "--input=" + CommandRun.file(folder, "table.csv", "x", "1"),
        "--model=" + folder.resolve("model"),
        "--output=" + folder.resolve("scored"));
  }

  @Test
  void scoringDoesNotTouchAClassThatIsPlanted() throws Exception {
    stage("model", PIPELINE);
    stage("model/stages/0_p", "planted.Stage");
    CommandRun run = score();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors()).hasSize(1).first().asString().contains("planted.Stage, which is not");
    assertThat(System.getProperty("planted")).isNull();
    assertThat(CommandRun.names(folder)).containsExactly("model", "table.csv");
  }

  /** Writes a table without rows, of which a file's footer says what its columns are. */
  private Path table(String place, String key, String columns) throws Exception {
    Path file = folder.resolve(place);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path, new Configuration()))
        .withType(MessageTypeParser.parseMessageType("message m { optional int32 c; }"))
        .withExtraMetaData(Map.of(key, columns))
        .build()
        .close();
    return file;
  }

  private static String columns(String type) {
    return ("{'type':'struct','fields':[{'name':'c','type':" + type + ",'nullable':true,")
        .concat("'metadata':{}}]}")
        .replace('\'', '"');
  }

  /** Spark makes an instance of such a class to learn what the columns are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        PLANTED_TYPE,
        "{'type':'udt','class':'planted.Stage','pyClass':'pyspark.ml.linalg.VectorUDT','sqlType':0}",
        "{'type':'\\u0075dt','cl\\u0061ss':'planted.Stage','pyClass':null,'sqlType':'integer'}",
        "{'type':'array','containsNull':true,'elementType':" + PLANTED_TYPE + "}",
        "{'type':'map','keyType':'string','valueContainsNull':true,'valueType':"
            + PLANTED_TYPE
            + "}",
        "{'type':'struct','fields':[{'name':'d','type':"
            + PLANTED_TYPE
            + ",'nullable':true,"
            + "'metadata':{}}]}",
        "{'type':'udt','pyClass':'p','serializedClass':'s','sqlType':" + PLANTED_TYPE + "}",
      })
  void aColumnOfAClassThatIsNotTrustedIsNamed(String type) throws Exception {
    stage("model", PIPELINE);
    stage("model/stages/0_p", STRINGS);
    Path file = table("model/stages/0_p/data/_metadata", COLUMNS_KEY, columns(type));
    String model = folder.resolve("model").toString();
    assertThatThrownBy(() -> trusting().requireIn(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model: '%s' holds a column of class planted.Stage, in '%s', which is not trusted; if you"
                + " know that class and where the folder comes from, pass --trust planted.Stage",
            model, file);
    trusting("--trust=planted.Stage").requireIn(model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'integer'",
        "{'type':'udt','class':'org.apache.spark.ml.linalg.VectorUDT','pyClass':null,'sqlType':0}",
        "{'type':'udt','class':'org.apache.spark.ml.linalg.MatrixUDT','pyClass':null,'sqlType':0}",
        "{'type':'udt','class':'org.apache.spark.mllib.linalg.VectorUDT','pyClass':null,'sqlType':0}",
        "{'type':'udt','pyClass':'planted.Stage','serializedClass':'s','sqlType':'integer'}",
      })
  void aColumnOfSparksOrOfNoClassIsTrusted(String type) throws Exception {
    stage("model", PIPELINE);
    table("model/stages/0_p/data/part-00000", COLUMNS_KEY, columns(type));
    Files.writeString(folder.resolve("model/stages/0_p/notes"), "PAR1 is not at the end");
    trusting().requireIn(folder.resolve("model").toString());
  }

  /** Spark might yet make something of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "StructType(List())",
        "{'type':'struct','type':'struct','fields':[]}",
        "[]",
      })
  void columnsThatCannotBeToldAreDamaged(String columns) throws Exception {
    stage("model", PIPELINE);
    Path file =
        table(
            "model/stages/0_p/data/part-00000",
            "org.apache.spark.sql.parquet.row.attributes",
            columns.replace('\'', '"'));
    assertDamaged(file, "has columns that cannot be told");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAR1", "PARE", "PAR1\1\0\0\0PARE", "PAR1\1\0\0\0PAR1"})
  void parquetThatCannotBeReadIsDamaged(String text) throws Exception {
    stage("model", PIPELINE);
    Path file = Files.createDirectories(folder.resolve("model/data")).resolve("part-00000");
    Files.writeString(file, text);
    assertDamaged(file, "cannot be read as Parquet (");
  }

  /** Spark would read the files that a stream's log names, wherever they are. */
  @Test
  void aStreamsLogDoesNotBelongInAModel() throws Exception {
    stage("model", PIPELINE);
    Path log = folder.resolve("model/stages/0_p/data/_spark_metadata");
    Files.createDirectories(log);
    assertDamaged(log, "does not belong there");
  }

  private void assertDamaged(Path file, String problem) {
    Path model = folder.resolve("model");
    assertThatThrownBy(() -> trusting().requireIn(model.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model: '%s' is damaged: '%s' %s", model, file, problem)
        .hasMessageEndingWith("; train again, or restore the folder");
  }

  @Test
  void scoringDoesNotTouchAColumnsClassThatIsPlanted() throws Exception {
    stage("model", PIPELINE);
    stage("model/stages/0_p", STRINGS);
    table("model/stages/0_p/data/part-0.parquet", COLUMNS_KEY, columns(PLANTED_TYPE));
    CommandRun run = score();
    assertThat(run.code()).isEqualTo(1);
    assertThat(System.getProperty("planted")).isNull();
    assertThat(run.errors())
        .hasSize(1)
        .first()
        .asString()
        .contains("column of class planted.Stage");
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
