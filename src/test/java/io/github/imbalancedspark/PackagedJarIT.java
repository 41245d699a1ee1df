package io.github.imbalancedspark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imbalancedspark.support.LocalCluster;
import io.github.imbalancedspark.support.SampleRows;
import io.github.imbalancedspark.support.SparkSessions;
import io.github.imbalancedspark.support.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that the build makes, as others use it. */
class PackagedJarIT {

  private static final long MOST_BYTES = 4 << 20;

  @TempDir private Path folder;

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("imbalanced-spark-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void holdsOurClassesAndNoOthers() throws IOException {
    assertThat(jar()).satisfies(file -> assertThat(Files.size(file)).isLessThan(MOST_BYTES));
    try (JarFile file = new JarFile(jar().toFile())) {
      assertThat(file.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("io/github/imbalancedspark/"));
    }
  }

  /** An application in Scala, the README's lines, that gets the library by {@code --jars}. */
  @Test
  void servesScalaApplications() throws IOException {
    Dataset<Row> rows = SampleRows.make().withColumnRenamed("label", "Class");
    rows.select("Class", "id").write().parquet(at("train"));
    Path application = compiled(readme("scala"));
    Submission.Result run;
    try (LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), 1, "512m")) {
      run =
          cluster.runApplication(
              "ScalaUse", application, List.of(jar()), at("train"), at("scored"));
    }
    assertThat(run.code()).as(run::err).isZero();
    Dataset<Row> scored = SparkSessions.shared().read().parquet(at("scored"));
    assertThat(scored.columns()).contains("classWeight", "probability", "prediction");
    assertThat(scored.count()).isEqualTo(rows.count());
    assertThat(scored.filter("classWeight > 0").count()).isEqualTo(rows.count());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static String readme(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  /** Returns a jar of an application around {@code lines}. */
  private Path compiled(String lines) throws IOException {
    String source =
        """
        object ScalaUse {
          def main(args: Array[String]): Unit = {
            val spark = org.apache.spark.sql.SparkSession.builder.getOrCreate()
            val train = spark.read.parquet(args(0))
            val assembler = new org.apache.spark.ml.feature.VectorAssembler()
              .setInputCols(Array("id")).setOutputCol("features")
            %s
            model.transform(train).write.parquet(args(1))
          }
        }
        """
            .formatted(lines);
    Path file = Files.writeString(folder.resolve("ScalaUse.scala"), source);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classpath = Files.readString(Path.of("target/spark-classpath")).strip() + ":" + jar();
    scala.tools.nsc.Main.process(
        new String[] {"-classpath", classpath, "-d", classes.toString(), file.toString()});
    assertThat(scala.tools.nsc.Main.reporter().hasErrors()).isFalse();
    Path application = folder.resolve("application.jar");
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file=" + application,
                "-C",
                classes.toString(),
                ".");
    assertThat(code).isZero();
    return application;
  }
}
