package io.github.imbalancedspark.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/**
 * Which classes a model folder may name. Spark loads a stage by calling a method of the class that
 * the folder names, and reads its tables with classes that these name as the types of columns, so a
 * folder could choose what runs: only classes of Spark's ML and of ours may be named, and those
 * that the user trusts. Spark's SQLTransformer is not among them, for SQL can call any Java method.
 */
final class TrustedStages {

  private static final List<String> TRUSTED =
      List.of(
          "org.apache.spark.ml.",
          "org.apache.spark.mllib.linalg.", // vectors and matrices in some models' tables
          "io.github.imbalancedspark.");
  private static final Set<String> NOT_TRUSTED =
      Set.of("org.apache.spark.ml.feature.SQLTransformer");

  private static final String METADATA = "metadata";

  /** What Spark writes there, uncompressed: what is read here is then what Spark reads. */
  private static final Pattern PART = Pattern.compile("part-[\\w-]+(\\.txt)?");

  /** What Spark calls such a folder, as JSON. */
  private static final Pattern STAGE_OF_TUNER = Pattern.compile("\"epm_\\w+\"");

  private static final Pattern MARK = Pattern.compile("_SUCCESS|\\..*\\.crc");

  /** Of two fields of one name Spark might take the other one. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @Option(
      names = "--trust",
      paramLabel = "CLASSES",
      split = ",",
      hideParamSyntax = true,
      order = 30,
      description =
          "Further stages, and types of columns, that a model may hold: names of classes, or of"
              + " packages with a dot at the end (default: Spark's own but SQLTransformer, and"
              + " ours).")
  private final List<String> trusted = new ArrayList<>();

  /**
   * Checks every class that is named in a folder, whatever stage is inside whatever other, and that
   * no stage's metadata leads elsewhere, nor any table of its.
   *
   * @throws IllegalArgumentException if one is not trusted, or a stage's metadata or table is not
   *     readable, or there is something beside it that Spark might read in its place
   */
  void requireIn(String folder) {
    try {
      Path root = new Path(folder);
      requireIn(folder, HadoopFiles.of(root), root);
    } catch (IOException e) {
      throw new UncheckedIOException("model: '" + folder + "' cannot be read", e);
    }
  }

  private void requireIn(String model, FileSystem files, Path folder) throws IOException {
    for (FileStatus entry : files.listStatus(folder)) {
      if (entry.getPath().getName().equalsIgnoreCase(METADATA)) { // to some systems case is nothing
        requireMetadata(model, files, entry);
      } else if (entry.getPath().getName().equalsIgnoreCase(StreamLogs.OUTPUT_LOG)) {
        // Spark would read the files that it names, wherever they are.
        throw damaged(model, entry.getPath(), "does not belong there");
      } else if (entry.isDirectory()) {
        requireIn(model, files, entry.getPath());
      } else {
        requireColumns(model, files, entry);
      }
    }
  }

  /** A column's type may be a class, of which Spark makes an instance to read the table. */
  private void requireColumns(String model, FileSystem files, FileStatus file) {
    for (String text : columns(model, files, file)) {
      JsonNode columns = json(text);
      if (!columns.isObject()) {
        throw damaged(model, file.getPath(), "has columns that cannot be told");
      }
      for (JsonNode type : columns.findParents("class")) {
        if (type.path("type").asText().equals("udt")) {
          String where = ", in '" + file.getPath().toUri().getPath() + "'";
          requireTrusted(model, "column", type.path("class").asText(), where);
        }
      }
    }
  }

  private static List<String> columns(String model, FileSystem files, FileStatus file) {
    try {
      return ParquetFooter.columns(files, file);
    } catch (IOException e) {
      String problem = "cannot be read as Parquet (" + FailureLine.of(e) + ")";
      throw damaged(model, file.getPath(), problem);
    }
  }

  private void requireMetadata(String model, FileSystem files, FileStatus metadata)
      throws IOException {
    if (!metadata.isDirectory()) {
      throw damaged(model, metadata.getPath(), "does not belong there");
    }
    for (FileStatus entry : files.listStatus(metadata.getPath())) {
      String name = entry.getPath().getName();
      if (entry.isDirectory() || !(PART.matcher(name).matches() || MARK.matcher(name).matches())) {
        throw damaged(model, entry.getPath(), "does not belong there");
      }
      if (PART.matcher(name).matches()) {
        requireStage(model, entry.getPath());
      }
    }
  }

  private void requireStage(String model, Path file) throws IOException {
    for (String line : HadoopFiles.read(file).lines().filter(line -> !line.isBlank()).toList()) {
      JsonNode stage = json(line);
      if (!stage.path("class").isTextual()) {
        throw damaged(model, file, "is not the metadata of a stage");
      }
      requireName(model, file, stage.path("uid"));
      stage.path("paramMap").path("stageUids").forEach(uid -> requireName(model, file, uid));
      stage
          .path("paramMap")
          .path("estimatorParamMaps")
          .forEach(map -> map.forEach(param -> requireInside(model, file, param)));
      requireTrusted(model, "stage", stage.path("class").asText(), "");
    }
  }

  private void requireTrusted(String model, String what, String name, String where) {
    if (!isTrusted(name)) {
      throw new IllegalArgumentException(
          String.format(
              "model: '%s' holds a %s of class %s%s, which is not trusted; if you know that class and"
                  + " where the folder comes from, pass --trust %3$s",
              model, what, name, where));
    }
  }

  /** A stage's uid is part of its folder's name, and could lead out of the model. */
  private static void requireName(String model, Path file, JsonNode uid) {
    String text = uid.asText();
    if (text.contains("/") || text.equals("..")) {
      throw damaged(model, file, "names a stage '" + text + "', which is a path");
    }
  }

  /** A stage that a tuner was given to try stands in a folder that its parameter names. */
  private static void requireInside(String model, Path file, JsonNode param) {
    boolean isStage = !param.path("isJson").asText("true").equalsIgnoreCase("true");
    String value = param.path("value").asText();
    if (isStage && !STAGE_OF_TUNER.matcher(value).matches()) {
      throw damaged(model, file, "names a stage " + value + ", which is no folder of a tuner");
    }
  }

  private static IllegalArgumentException damaged(String model, Path file, String problem) {
    return new IllegalArgumentException(
        String.format(
            "model: '%s' is damaged: '%s' %s; train again, or restore the folder",
            model, file.toUri().getPath(), problem));
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
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
