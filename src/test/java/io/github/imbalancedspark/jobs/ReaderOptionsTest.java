package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader's option is the one that was given last and nearest, however its key is written. */
class ReaderOptionsTest {

  @TempDir static Path folder;

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void train() {
    List<String> lines = new ArrayList<>(List.of("id;x;y"));
    IntStream.range(0, 60).forEach(i -> lines.add("0" + i + ";" + i * 37 % 11 + ";" + i % 2));
    CommandRun.file(folder, "table.csv", lines.toArray(new String[0]));
    CommandRun.succeed(
        "train",
        "--input=" + at("table.csv"),
        "--option=sep=;",
        "--label=y",
        "--ignore=id",
        "--reg-param=0.1",
        "--model=" + at("model"));
  }

  private static Row firstScored(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "score",
                "--input=" + at("table.csv"),
                "--model=" + at("model"),
                "--output=" + at("scored"),
                "--overwrite"));
    args.addAll(Arrays.asList(more));
    CommandRun.succeed(args.toArray(new String[0]));
    return SparkSessions.shared().read().parquet(at("scored")).orderBy("id").first();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inferSchema", "inferschema", "INFERSCHEMA"})
  void anyCaseOfAKeyReplacesTheDefault(String key) {
    Row first = firstScored("--option=sep=;", "--option=" + key + "=false");
    assertThat(first.<Object>getAs("id")).isEqualTo("00");
  }

  @Test
  void theCommandLineReplacesOnlyWhatItNamesOfTheFilesOptions() {
    String config =
        CommandRun.file(folder, "score.properties", "option.sep=;", "option.inferSchema=true");
    assertThat(firstScored("--config=" + config).<Object>getAs("id")).isEqualTo(0);
    for (String key : List.of("inferSchema", "inferschema")) {
      Row first = firstScored("--option", key + "=false", "--config=" + config);
      assertThat(first.<Object>getAs("id")).isEqualTo("00");
    }
  }
}
