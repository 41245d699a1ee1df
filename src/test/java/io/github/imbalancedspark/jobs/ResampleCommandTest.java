package io.github.imbalancedspark.jobs;

import static io.github.imbalancedspark.support.Rows.counts;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.sampling.Sampler;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Warnings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResampleCommandTest {

  @TempDir Path folder;

  /** 200 rows, every tenth is of class {@code yes}, with x above 100 and a kind of its own. */
  private String table() {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("id,x,whole,kind,note,label"));
    for (int i = 0; i < 200; i++) {
      boolean yes = i % 10 == 0;
      double x = random.nextDouble() + (yes ? 100 : 0);
      lines.add(
          i
              + ","
              + (i == 3 ? "" : x)
              + ","
              + (i % 7 + (yes ? 50 : 0))
              + ","
              + (yes ? "rare" + i % 20 : "k" + i % 3)
              + ",n"
              + i
              + ","
              + (yes ? "yes" : "no"));
    }
    return CommandRun.file(folder, "table.csv", lines.toArray(new String[0]));
  }

  private CommandRun run(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "resample",
                    "--input=" + table(),
                    "--output=" + folder.resolve("out"),
                    "--overwrite"),
                Arrays.stream(options))
            .toArray(String[]::new));
  }

  private Dataset<Row> parquet(String... options) {
    CommandRun run = run(options);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return SparkSessions.shared().read().parquet(folder.resolve("out").toString());
  }

  private Dataset<Row> input() {
    return SparkSessions.shared()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(table());
  }

  @Test
  void stepsAreDoneInOrder() {
    Dataset<Row> rows = parquet("--sampling=under:0.2,over:0.5", "--key-col=id");

    assertThat(rows.columns()).containsExactly("id", "x", "whole", "kind", "note", "label");
    assertThat(counts(rows)).isEqualTo(Map.of("no", 100L, "yes", 50L));
    assertThat(rows.except(input()).count()).isZero();
    assertThat(rows.filter("label = 'no'").distinct().count()).isEqualTo(100);
    List<Row> once = rows.orderBy("id").collectAsList();
    assertThat(
            parquet("--sampling=under:0.2,over:0.5", "--key-col=id").orderBy("id").collectAsList())
        .isEqualTo(once);
    assertThat(
            parquet("--sampling=under:0.2,over:0.5", "--key-col=id", "--seed=1")
                .orderBy("id")
                .collectAsList())
        .isNotEqualTo(once);
  }

  @Test
  void countsArePrintedAndCsvIsWrittenIfAsked() {
    CommandRun run = run("--sampling=under:1", "--output-format=csv");

    assertThat(run.out())
        .containsPattern("no +20 +50.00%")
        .containsPattern("yes +20 +50.00%")
        .contains("output   " + folder.resolve("out"));
    assertThat(
            SparkSessions.shared()
                .read()
                .option("header", true)
                .csv(folder.resolve("out").toString())
                .count())
        .isEqualTo(40);
  }

  @Test
  void syntheticRowsLieBetweenRealOnesInTheTableColumns() {
    Dataset<Row> rows =
        parquet(
            "--sampling=smote:0.5,smote:1", "--key-col=id", "--categorical=kind", "--missing=mean");

    assertThat(rows.columns())
        .containsExactly("id", "x", "whole", "kind", "note", "label", "synthetic");
    assertThat(rows.drop("synthetic").schema().simpleString())
        .isEqualTo(input().schema().simpleString());
    assertThat(counts(rows)).isEqualTo(Map.of("no", 180L, "yes", 180L));
    assertThat(rows.filter("not synthetic").count()).isEqualTo(200);
    assertThat(rows.filter("not synthetic").drop("synthetic").except(input()).count()).isZero();
    assertThat(rows.filter("id = 3").head().isNullAt(1)).as("a missing value stays").isTrue();

    Dataset<Row> made = rows.filter("synthetic");
    assertThat(made.filter("label <> 'yes' or x < 100 or x > 101").count()).isZero();
    assertThat(made.filter("whole < 50 or whole > 56").count()).isZero();
    assertThat(made.filter(col("kind").isin("rare0", "rare10")).count()).isEqualTo(160);
    assertThat(made.filter("note <> concat('n', id)").count()).as("copied").isZero();
    assertThat(made.join(input().select("x"), "x").count()).as("new values").isLessThan(10);
  }

  @Test
  void whatTheStepsDoAndUseIsLogged() {
    try (Warnings log = Warnings.andProgressOf(ResampleCommand.class, Sampler.class)) {
      parquet("--sampling=under:0.2,smote:0.5,smote:0.5", "--ignore=id", "--missing=median");
      assertThat(log.messages())
          .containsExactly(
              "reading " + folder.resolve("table.csv"),
              "classes by number: 0 = no, 1 = yes",
              "synthetic rows lie between real ones in 2 feature columns: x, whole",
              "for them a missing value counts as the median; real rows keep it, missing",
              "under-sampling turns class counts {0.0=180, 1.0=20} into {0.0=100, 1.0=20}",
              "smote turns class counts {0.0=100, 1.0=20} into {0.0=100, 1.0=50}",
              "smote changes nothing: class counts are {0.0=100, 1.0=50} already");
    }
  }

  @Test
  void fewerNeighboursDoForFewRows() {
    String few =
        CommandRun.file(
            folder,
            "few.csv",
            "x,synthetic,label",
            "1,0,1",
            "2,0,1",
            "3,0,0",
            "4,0,0",
            "5,0,0",
            "6,0,0");
    CommandRun run =
        CommandRun.of(
            "resample",
            "--input=" + few,
            "--output=" + folder.resolve("out"),
            "--sampling=smote:1",
            "--neighbors=1",
            "--synthetic-col=made",
            "--ignore=synthetic");
    assertThat(run.err()).isEmpty();
    Dataset<Row> rows = SparkSessions.shared().read().parquet(folder.resolve("out").toString());
    assertThat(rows.columns()).containsExactly("x", "synthetic", "label", "made");
    assertThat(rows.filter("made and label = 1 and x between 1 and 2").count()).isEqualTo(2);
    assertThat(rows.count()).isEqualTo(8);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    for (String[] bad :
        new String[][] {
          {"2", "--sampling: is missing; give the steps, as in under:0.1", "--key-col=id"},
          {"2", "--sampling: 'up:1' is no step; give one of", "--sampling=up:1"},
          {"1", "--key-col: there is no column 'key'", "--sampling=under:1", "--key-col=key"},
          {"1", "--features: column 'x' holds null; mend the value", "--sampling=smote:1"},
          {"1", "--sampling: '0.05' asks for a ratio below", "--sampling=under:0.05"},
          {"1", "--label: there is no column 'fraud'", "--sampling=under:1", "--label=fraud"}
        }) {
      CommandRun run = run(Arrays.copyOfRange(bad, 2, bad.length));
      assertThat(run.err()).contains("imbalanced resample: " + bad[1]);
      assertThat(run.errors()).hasSize(1);
      assertThat(run.code()).isEqualTo(Integer.parseInt(bad[0]));
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }
}
