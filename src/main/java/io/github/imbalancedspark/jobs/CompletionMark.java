package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file {@code _SUCCESS} in a folder that was written to its end.
 *
 * <p>An object store moves a folder file by file, and a reader may look in between. So a folder
 * holds a file {@code .unfinished} while it moves, gets {@code _SUCCESS} last of all, and readers
 * insist on that.
 */
final class CompletionMark {

  /** Spark's own name for it, which schedulers and other readers know. */
  static final String SUCCESS = "_SUCCESS";

  /** Sorts before all that a folder holds, and so is moved first. */
  static final String UNFINISHED = ".unfinished";

  private CompletionMark() {}

  /** Marks a folder as unfinished, even if it has Spark's mark; leaves a file alone. */
  static void begin(Path place) throws IOException {
    FileSystem files = HadoopFiles.of(place);
    if (files.getFileStatus(place).isDirectory()) {
      files.create(new Path(place, UNFINISHED)).close();
      files.delete(new Path(place, SUCCESS), false);
    }
  }

  /** Marks a folder as whole, which it is even while it has both marks; leaves a file alone. */
  static void finish(Path place) throws IOException {
    FileSystem files = HadoopFiles.of(place);
    if (files.getFileStatus(place).isDirectory()) {
      files.create(new Path(place, SUCCESS)).close();
      files.delete(new Path(place, UNFINISHED), false);
    }
  }

  /** Returns whether a folder is one that was begun and never finished. */
  static boolean isUnfinished(Path place) throws IOException {
    return has(place, UNFINISHED) && !has(place, SUCCESS);
  }

  private static boolean has(Path place, String mark) throws IOException {
    FileSystem files = HadoopFiles.of(place);
    return files.exists(place)
        && files.getFileStatus(place).isDirectory()
        && files.exists(new Path(place, mark));
  }

  /**
   * Checks that a folder has the mark.
   *
   * @param role the option that named it, for the message
   * @throws IllegalArgumentException if not
   */
  static void require(String place, String role) {
    try {
      if (!has(new Path(place), SUCCESS)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: '%s' has no file %s, so it may be half written; write it again, or, if"
                    + " something else has written it whole, put an empty file of that name there",
                role, place, SUCCESS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + place + "' cannot be reached", e);
    }
  }

  /**
   * Checks that what stands there, or all that a pattern matches, is whole if it is one of our
   * outputs, and in none of their hidden folders; and that it is no part of what a stream wrote, of
   * which Spark knows as a whole alone which files a killed run has left that are not part of it.
   *
   * @param role the option that named it, for the message
   * @throws IllegalArgumentException if not
   */
  static void requireIfOurs(String place, String role) {
    try {
      FileStatus[] found = HadoopFiles.of(new Path(place)).globStatus(new Path(place));
      for (FileStatus match : found == null ? new FileStatus[0] : found) {
        if (Output.isHidden(match.getPath())) {
          throw new IllegalArgumentException(
              String.format(
                  "%s: '%s' leads to '%s', where a run writes or has left what it was stopped at;"
                      + " name what to read, or run that again",
                  role, place, match.getPath().toUri().getPath()));
        }
        if (match.isDirectory() && isUnfinished(match.getPath())) {
          require(found.length == 1 ? place : match.getPath().toString(), role);
        }
      }
      for (Path folder : pickedFrom(place, found == null ? List.of() : List.of(found))) {
        if (has(folder, StreamLogs.OUTPUT_LOG)) {
          throw new IllegalArgumentException(
              String.format(
                  "%s: '%s' leads to files in '%s', which a stream wrote; a run that was killed may"
                      + " have left others among them: name that folder, in which Spark tells them"
                      + " apart",
                  role, place, folder.toUri().getPath()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + place + "' cannot be reached", e);
    }
  }

  /** Returns the folders whose files Spark would read one by one: those of files and patterns. */
  private static Set<Path> pickedFrom(String place, List<FileStatus> found) {
    return found.stream()
        .filter(match -> !match.isDirectory() || HadoopFiles.isPattern(place))
        .map(match -> match.isDirectory() ? match.getPath() : match.getPath().getParent())
        .collect(Collectors.toSet());
  }
}
