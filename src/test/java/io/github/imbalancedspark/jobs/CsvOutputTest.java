package io.github.imbalancedspark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is written as CSV holds the values that were read. */
class CsvOutputTest {

  private static final int ROWS = 40;

  @TempDir static Path folder;

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static CommandRun succeed(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--input=" + at("in"));
    return CommandRun.succeed(all.toArray(new String[0]));
  }

  @BeforeAll
  static void table() throws IOException {
    List<String> lines = new ArrayList<>(List.of("note,x,y"));
    IntStream.range(0, ROWS).forEach(i -> lines.add(" a ," + i * 37 % 11 + "," + (i % 2 - 1)));
    CommandRun.file(
        Files.createDirectory(folder.resolve("in")), "in.csv", lines.toArray(new String[0]));
  }

  private static void assertHoldsTheNotes(String output) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(output))) {
      for (Path file : files.filter(f -> f.getFileName().toString().matches("part-.*")).toList()) {
        Files.readAllLines(file).stream().skip(1).forEach(rows::add);
      }
    }
    assertThat(rows).hasSize(ROWS).allMatch(row -> row.startsWith(" a ,"));
  }

  @Test
  void spacesStay() throws IOException {
    succeed("train", "--label=y", "--reg-param=0.1", "--model=" + at("model"));
    succeed("score", "--model=" + at("model"), "--output=" + at("scored"), "--output-format=csv");
    succeed(
        "score",
        "--model=" + at("model"),
        "--output=" + at("streamed"),
        "--checkpoint=" + at("checkpoint"),
        "--output-format=csv");
    succeed("weights", "--label=y", "--output=" + at("weighted"), "--output-format=csv");
    succeed(
        "resample",
        "--label=y",
        "--sampling=under:1",
        "--output=" + at("resampled"),
        "--output-format=csv");
    for (String output : List.of("scored", "streamed", "weighted", "resampled")) {
      assertHoldsTheNotes(output);
    }
  }

  @Test
  void timesAreWrittenToTheMicrosecond() {
    SparkSession spark = SparkSessions.shared();
    Dataset<Row> table =
        spark
            .range(ROWS)
            .selectExpr(
                "id",
                "id * 37 % 11 as x",
                "id % 2 as y",
                "timestamp_micros(1709287200000000 + id % 4 * 123456) as t",
                "cast(timestamp_seconds(1709287200 + id % 4) as timestamp) as whole",
                "cast(timestamp_micros(1709287200000000 + id % 4 * 123456) as timestamp_ntz) as n");
    table.write().parquet(at("times"));
    CommandRun.succeed(
        "weights",
        "--input=" + at("times"),
        "--format=parquet",
        "--label=y",
        "--output=" + at("times-csv"),
        "--output-format=csv");
    CommandRun.succeed(
        "weights",
        "--input=" + at("times-csv"),
        "--label=y",
        "--output=" + at("times-again"),
        "--output-col=again");
    String[] columns = {"t", "whole", "cast(n as timestamp_ntz)"};
    assertThat(
            spark
                .read()
                .parquet(at("times-again"))
                .orderBy("id")
                .selectExpr(columns)
                .collectAsList())
        .isEqualTo(table.orderBy("id").selectExpr(columns).collectAsList());
  }
}
