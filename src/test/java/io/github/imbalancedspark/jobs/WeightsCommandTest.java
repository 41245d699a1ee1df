package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imbalancedspark.support.Golden;
import io.github.imbalancedspark.support.ObjectStore;
import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsCommandTest {

  @TempDir Path folder;

  private String table(String header, String... classes) {
    List<String> lines = new ArrayList<>(List.of(header));
    for (String pair : classes) {
      int star = pair.indexOf('*');
      for (int i = 0; i < Integer.parseInt(pair.substring(star + 1)); i++) {
        lines.add(i + "," + pair.substring(0, star));
      }
    }
    return CommandRun.file(folder, "table.csv", lines.toArray(new String[0]));
  }

  @Test
  void printsAndWritesTheReferenceWeights() throws IOException {
    JsonNode golden =
        StreamSupport.stream(
                Golden.read("losses_weights_schedules.json").get("class_weights").spliterator(),
                false)
            .filter(row -> row.get("counts").toString().equals("[9900,100]"))
            .findFirst()
            .orElseThrow();
    String json = folder.resolve("weights.json").toString();
    CommandRun run =
        CommandRun.of(
            "weights",
            "--input=" + table("x,y", "0*9900", "1*100"),
            "--label=y",
            "--strategy=effectiveNumber",
            "--json=" + json);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(Files.readString(Path.of(json))).isEqualTo(run.out());
    JsonNode printed = new ObjectMapper().readTree(run.out());
    double[] expected = Golden.doubles(golden.get("effective_number_beta_0.999_sum_to_one"));
    assertThat(printed.get("strategy").asText()).isEqualTo("effectiveNumber");
    assertThat(printed.get("counts").toString()).isEqualTo("{\"0\":9900,\"1\":100}");
    assertThat(printed.get("weights").get("0").asDouble()).isEqualTo(expected[0], within(1e-12));
    assertThat(printed.get("weights").get("1").asDouble()).isEqualTo(expected[1], within(1e-12));
    assertThat(printed.get("pos_weight").asDouble())
        .isEqualTo(expected[1] / expected[0], within(1e-9));
  }

  /** The file, which has no mark of being unfinished, is there if the table is whole. */
  @Test
  void aRunThatDiedBetweenItsOutputsLeavesTheTableWhole() {
    String table = table("x,y", "0*9", "1*1");
    CommandRun.succeed("weights", "--input=" + table, "--label=y", "--output=" + folder + "/one");
    ObjectStore.install();
    try {
      ObjectStore.dieAfter(CommandRun.names(folder.resolve("one")).size());
      CommandRun run =
          CommandRun.of(
              "weights",
              "--input=" + table,
              "--label=y",
              "--output=" + folder + "/two",
              "--json=" + folder + "/two.json");
      assertThat(run.code()).isEqualTo(1);
    } finally {
      ObjectStore.uninstall();
    }
    assertThat(folder.resolve("two.json")).doesNotExist();
    CompletionMark.require(folder + "/two", "output");
  }

  @Test
  void weighsClassesThatAreTextAndWritesTheTable() throws IOException {
    String out = folder.resolve("weighted").toString();
    CommandRun run =
        CommandRun.of(
            "weights",
            "--input=" + table("x,kind.of", "a*1", "b*2", "c*3"),
            "--label=kind.of",
            "--output=" + out,
            "--output-col=w");
    assertThat(run.err()).isEmpty();
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertThat(printed.get("counts").toString()).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    assertThat(printed.get("pos_weight").isNull()).isTrue();
    Dataset<Row> table = SparkSessions.shared().read().parquet(out);
    assertThat(table.columns()).containsExactly("x", "kind.of", "w");
    for (Row row : table.collectAsList()) {
      double count = row.getString(1).charAt(0) - 'a' + 1;
      assertThat(row.getDouble(2)).isEqualTo(6 / (3 * count), within(1e-12));
    }
  }

  @Test
  void customWeightsGoByTheClassesNames() throws IOException {
    CommandRun run =
        CommandRun.of(
            "weights",
            "--input=" + table("x,y", "no*3", "yes*2"),
            "--label=y",
            "--positive-label=yes",
            "--strategy=custom",
            "--custom-weights=yes=8,no=2");
    assertThat(run.err()).isEmpty();
    JsonNode printed = new ObjectMapper().readTree(run.out());
    assertThat(printed.get("weights").toString()).isEqualTo("{\"no\":2,\"yes\":8}");
    assertThat(printed.get("pos_weight").asDouble()).isEqualTo(4);
  }

  /** "fraud" comes before "ok", and is what weights are for. */
  @Test
  void thePositiveOfTwoTextsIsTold() throws IOException {
    String table = table("x,y", "ok*9", "fraud*1");

    CommandRun untold = CommandRun.of("weights", "--input=" + table, "--label=y");

    assertThat(untold.code()).isZero();
    assertThat(new ObjectMapper().readTree(untold.out()).get("pos_weight").isNull()).isTrue();

    CommandRun told =
        CommandRun.of("weights", "--input=" + table, "--label=y", "--positive-label=fraud");

    assertThat(told.err()).isEmpty();
    assertThat(new ObjectMapper().readTree(told.out()).get("pos_weight").asDouble())
        .isEqualTo(9, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.5", "0, 0.666666666666666"})
  void thePositiveOfTwoNumbersMayBeTheSmaller(String positive, double posWeight)
      throws IOException {
    CommandRun run =
        CommandRun.of(
            "weights",
            "--input=" + table("x,y", "0*3", "1*2"),
            "--label=y",
            "--positive-label=" + positive);

    assertThat(run.err()).isEmpty();
    assertThat(new ObjectMapper().readTree(run.out()).get("pos_weight").asDouble())
        .isEqualTo(posWeight, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"a*1;b*2, c", "a*1;b*2;c*3, a"})
  void aPositiveThatIsNoneOfTwoIsAnError(String classes, String positive) {
    CommandRun run =
        CommandRun.of(
            "weights",
            "--input=" + table("x,y", classes.split(";")),
            "--label=y",
            "--positive-label=" + positive);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith(
            "imbalanced weights: --positive-label: is '"
                + positive
                + "', but column 'y' holds 'a', 'b'")
        .endsWith("; pos_weight is of one of two classes");
  }
}
