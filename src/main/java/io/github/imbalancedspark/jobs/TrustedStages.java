package io.github.imbalancedspark.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import picocli.CommandLine.Option;

/**
 * Which classes a model folder may name. Spark loads a stage by calling a method of the class that
 * the folder names, so a folder could choose what runs: only stages of Spark and of ours may be
 * named, and those that the user trusts. Spark's SQLTransformer is not among them, for SQL can call
 * any Java method.
 */
final class TrustedStages {

  private static final List<String> TRUSTED =
      List.of("org.apache.spark.ml.", "io.github.imbalancedspark.");
  private static final Set<String> NOT_TRUSTED =
      Set.of("org.apache.spark.ml.feature.SQLTransformer");

  @Option(
      names = "--trust",
      paramLabel = "CLASSES",
      split = ",",
      hideParamSyntax = true,
      order = 30,
      description =
          "Further stages that a model may hold: names of classes, or of packages with a dot at"
              + " the end (default: Spark's own but SQLTransformer, and ours).")
  private final List<String> trusted = new ArrayList<>();

  /**
   * Checks every class that is named in a folder, whatever stage is inside whatever other.
   *
   * @throws IllegalArgumentException if one is not trusted, or a stage's metadata is not readable
   */
  void requireIn(String folder) {
    try {
      Path root = new Path(folder);
      RemoteIterator<LocatedFileStatus> all = HadoopFiles.of(root).listFiles(root, true);
      while (all.hasNext()) {
        Path file = all.next().getPath();
        if (file.getParent().getName().equals("metadata") && !isHidden(file)) {
          requireIn(folder, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("model: '" + folder + "' cannot be read", e);
    }
  }

  /** As Spark's readers have it. */
  private static boolean isHidden(Path file) {
    return file.getName().startsWith("_") || file.getName().startsWith(".");
  }

  private void requireIn(String folder, Path file) throws IOException {
    for (String line : HadoopFiles.read(file).lines().filter(line -> !line.isBlank()).toList()) {
      String name = className(line);
      if (name == null) {
        throw new IllegalArgumentException(
            String.format(
                "model: '%s' is damaged: '%s' is not the metadata of a stage; train again, or"
                    + " restore the folder",
                folder, file.toUri().getPath()));
      }
      if (!isTrusted(name)) {
        throw new IllegalArgumentException(
            String.format(
                "model: '%s' holds a stage of class %s, which is not trusted; if you know that"
                    + " class and where the folder comes from, pass --trust %2$s",
                folder, name));
      }
    }
  }

  private static String className(String json) {
    try {
      JsonNode name = new ObjectMapper().readTree(json).path("class");
      return name.isTextual() ? name.asText() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private boolean isTrusted(String name) {
    return trusted.stream().anyMatch(given -> covers(given, name))
        || (TRUSTED.stream().anyMatch(name::startsWith) && !NOT_TRUSTED.contains(name));
  }

  private static boolean covers(String given, String name) {
    return given.endsWith(".") ? name.startsWith(given) : name.equals(given);
  }
}
