package io.github.imbalancedspark.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;

/** Saving, loading, and what is on disk between the two. */
final class Saved {

  private Saved() {}

  /** Saves a stage and loads it again. */
  static Params saveAndLoad(Params stage, String path) throws Exception {
    ((MLWritable) stage).write().overwrite().save(path);
    return load(stage.getClass(), path);
  }

  /** Loads a stage as its users do, by the static {@code load} of its class. */
  static Params load(Class<? extends Params> type, String path) throws Exception {
    return (Params) type.getMethod("load", String.class).invoke(null, path);
  }

  /**
   * There is JSON that names the class, or one of Spark's that it extends; all else, of nested
   * stages too, is JSON or Parquet.
   */
  static void assertOpenFormats(String path, Params stage)
      throws IOException, ClassNotFoundException {
    JsonNode json = null;
    for (Path file : contentOf(path)) {
      if (file.getParent().endsWith("metadata")) {
        JsonNode metadata = new ObjectMapper().readTree(Files.readString(file));
        json = file.startsWith(Path.of(path, "metadata")) ? metadata : json;
      } else {
        assertThat(file.toString()).endsWith(".parquet");
      }
    }
    assertThat(json).isNotNull();
    assertThat(Class.forName(json.get("class").asText())).isAssignableFrom(stage.getClass());
  }

  /** Returns the files that hold something: no checksums, no success marks. */
  private static List<Path> contentOf(String path) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(path))) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().matches("\\..*|_SUCCESS"))
          .filter(f -> f.toFile().length() > 0)
          .toList();
    }
  }
}
