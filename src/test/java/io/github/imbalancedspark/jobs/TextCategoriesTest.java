package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A category that is text stays what the file says, whatever else the file of the day holds. */
class TextCategoriesTest {

  private static final String HEADER = "id,zip,member,y";
  private static final String[] ZIPS = {"00501", "A1", "10001"};

  @TempDir static Path folder;

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** The label is 1 for most rows of 00501, and for most members. */
  @BeforeAll
  static void train() {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    IntStream.range(0, 240)
        .forEach(
            i -> {
              boolean member = i / 3 % 2 == 0;
              boolean label = (i % 3 == 0 || member) == (i % 7 != 0);
              lines.add(
                  i
                      + ","
                      + ZIPS[i % 3]
                      + ","
                      + (member ? "TRUE" : "FALSE")
                      + ","
                      + (label ? 1 : 0));
            });
    CommandRun.file(folder, "labelled.csv", lines.toArray(new String[0]));
    CommandRun.succeed(
        "train",
        "--input=" + at("labelled.csv"),
        "--label=y",
        "--ignore=id",
        "--categorical=zip,member",
        "--reg-param=0.01",
        "--model=" + at("model"));
  }

  private static String digitsOnly(String name, String... rows) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(Arrays.asList(rows));
    return CommandRun.file(folder, name, lines.toArray(new String[0]));
  }

  private static List<Row> scored(String name) {
    return SparkSessions.shared()
        .read()
        .parquet(at(name))
        .orderBy("id")
        .select("zip", "member", "probability")
        .collectAsList();
  }

  private static void score(String input, String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("score", "--input=" + input, "--model=" + at("model"), "--output=" + output));
    args.addAll(Arrays.asList(more));
    CommandRun.succeed(args.toArray(new String[0]));
  }

  @Test
  void aFileOfDigitsIsScoredAsTheSameRowsAmongOthers() throws Exception {
    String[] rows = {"0,00501,TRUE,1", "1,10001,TRUE,0", "2,00501,FALSE,1"};
    Path days = Files.createDirectory(folder.resolve("days"));
    String digits = digitsOnly("days/digits.csv", rows);
    String mixed =
        digitsOnly("mixed.csv", rows[0], rows[1], rows[2], "3,A1,FALSE,0", "4,B2,maybe,0");
    score(mixed, at("among-others"));
    score(digits, at("alone"));
    score(days.toString(), at("streamed"), "--checkpoint=" + at("checkpoint"));

    List<Row> among = scored("among-others").subList(0, 3);
    assertThat(among.get(0).getDouble(2)).isGreaterThan(among.get(1).getDouble(2) + 0.1);
    assertThat(among.get(0).getDouble(2)).isGreaterThan(among.get(2).getDouble(2) + 0.1);
    assertThat(scored("alone")).isEqualTo(among);
    assertThat(scored("streamed")).isEqualTo(among);
    assertThat(among.get(0).getString(0)).isEqualTo("00501");
    assertThat(among.get(0).getString(1)).isEqualTo("TRUE");
  }

  @Test
  void evaluateReadsThemAsScoreDoes() {
    String digits = digitsOnly("digits.csv", "0,00501,TRUE,1", "1,10001,TRUE,0");
    CommandRun run =
        CommandRun.succeed(
            "evaluate",
            "--input=" + digits,
            "--label=y",
            "--model=" + at("model"),
            "--threshold=0.5");
    assertThat(run.out()).containsPattern("ROC AUC +1\\.0");
  }
}
