package io.github.imbalancedspark.jobs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** Files wherever Hadoop finds them, before a Spark session exists too. */
final class HadoopFiles {

  private static final String PREFIX = "spark.hadoop.";

  /** What makes a path a pattern, which may match nothing today. */
  private static final Pattern PATTERN = Pattern.compile("[{}\\[\\]*?\\\\]");

  private HadoopFiles() {}

  /** Returns whether Hadoop takes a path for a pattern. */
  static boolean isPattern(String file) {
    return PATTERN.matcher(file).find();
  }

  /** Returns what leads to that path alone where a pattern may stand. */
  static String literally(Path path) {
    return PATTERN.matcher(path.toString()).replaceAll("\\\\$0");
  }

  /** Returns the file system of a path, with the {@code spark.hadoop.} settings of the run. */
  static FileSystem of(Path path) throws IOException {
    Configuration configuration = new Configuration();
    for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      configuration.set(setting._1(), setting._2());
    }
    return path.getFileSystem(configuration);
  }

  /**
   * Checks that a path, or a pattern of paths, leads to something.
   *
   * @param role the option that named it, for the message
   * @throws IllegalArgumentException if not
   */
  static void requireExists(String file, String role) {
    if (!exists(file, role)) {
      throw new IllegalArgumentException(
          role + ": there is no file or folder '" + file + "'; check the path");
    }
  }

  /** Returns whether a path, or a pattern of paths, leads to something. */
  static boolean exists(String file, String role) {
    Path path = new Path(file);
    try {
      FileStatus[] found = of(path).globStatus(path);
      return found != null && found.length > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + file + "' cannot be reached", e);
    }
  }

  /**
   * Returns a path in full, or a pattern as far as it is one.
   *
   * @param role the option that named it, for the message
   */
  static String full(String file, String role) {
    Path path = new Path(file);
    try {
      return of(path).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + file + "' cannot be reached", e);
    }
  }

  /** Returns where a path really leads, and, if it is a pattern, all that it matches. */
  static List<Path> matches(Path path) throws IOException {
    List<Path> all = new ArrayList<>(List.of(real(path)));
    FileStatus[] found = of(path).globStatus(path);
    for (FileStatus match : found == null ? new FileStatus[0] : found) {
      all.add(real(match.getPath()));
    }
    return all;
  }

  /** Returns a path in full; on the local file system, without links. */
  static Path real(Path path) throws IOException {
    Path full = of(path).makeQualified(path);
    return full.toUri().getScheme().equals("file")
        ? new Path("file", "", new File(full.toUri().getPath()).getCanonicalPath())
        : full;
  }

  /** Returns whether a path is a link on the local file system, wherever that leads. */
  static boolean isLink(Path path) throws IOException {
    Path full = of(path).makeQualified(path);
    return full.toUri().getScheme().equals("file")
        && Files.isSymbolicLink(new File(full.toUri().getPath()).toPath());
  }

  /** Returns what a text file holds. */
  static String read(Path path) throws IOException {
    try (FSDataInputStream stream = of(path).open(path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a text file. */
  static void write(Path path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file. */
  static void write(Path path, byte[] bytes) {
    try (FSDataOutputStream stream = of(path).create(path, true)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("'" + path + "' cannot be written", e);
    }
  }
}
