package io.github.imbalancedspark.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;

/**
 * Stages and models as each released version saved them, in {@code src/test/resources/models}, by
 * version, contract test and class; every later version has to load them. {@code
 * -Dmodels.save=VERSION} has the contract tests write a version's.
 */
final class SavedByVersion {

  private static final Path ROOT = Path.of("src/test/resources/models");
  private static final String ASKED = System.getProperty("models.save");

  private SavedByVersion() {}

  /** Returns where the contract test's stages of that class are saved. */
  static List<Path> of(StageContract test, Class<? extends Params> type) throws IOException {
    if (!Files.isDirectory(ROOT)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(ROOT)) {
      return versions
          .map(version -> version.resolve(place(test, type)))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  private static Path place(StageContract test, Class<? extends Params> type) {
    String name = test.getClass().getSimpleName().replace("ContractTest", "");
    return Path.of(name, type.getSimpleName());
  }

  static void saveIfAsked(StageContract test, Params stage) throws IOException {
    if (ASKED == null) {
      return;
    }
    Path place = ROOT.resolve(ASKED).resolve(place(test, stage.getClass()));
    ((MLWritable) stage).write().overwrite().save(place.toString());
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
  }
}
