package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code _checksums} of a model folder: a line for each of its files, as {@code sha256sum}
 * writes it. A bit that flips in a coefficient or a parameter leaves a model that loads and is
 * wrong; not every file system notices, and a copy may leave behind what does.
 */
final class Checksums {

  private static final Logger LOG = LoggerFactory.getLogger(Checksums.class);

  private static final String NAME = "_checksums";
  private static final String BETWEEN = "  ";
  private static final Pattern PASSED_OVER =
      Pattern.compile(
          String.join(
              "|",
              NAME,
              CompletionMark.SUCCESS,
              Pattern.quote(CompletionMark.UNFINISHED),
              "\\..*\\.crc"));

  private Checksums() {}

  /** Writes the file, of all that {@code folder} holds. */
  static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    of(folder).forEach((file, sum) -> lines.append(sum).append(BETWEEN).append(file).append('\n'));
    HadoopFiles.write(new Path(folder, NAME), lines.toString());
  }

  /**
   * Checks that {@code folder} holds what it did when the file was written, and no more; one that
   * has no such file was written by something else, and passes, with a word.
   *
   * @param role the option that named it, for the message
   * @throws IllegalArgumentException if not
   */
  static void require(String folder, String role) {
    try {
      Path list = new Path(folder, NAME);
      if (!HadoopFiles.of(list).exists(list)) {
        LOG.info(
            "{}: '{}' has no file {}, which train writes, so damage would go unnoticed",
            role,
            folder,
            NAME);
        return;
      }
      Map<String, String> found = of(new Path(folder));
      Map<String, String> listed = listed(list);
      if (listed.isEmpty()) {
        throw damaged(folder, role, "'" + NAME + "' names no file");
      }
      listed.forEach(
          (file, sum) -> {
            if (!sum.equals(found.get(file))) {
              throw damaged(folder, role, "'" + file + "' is not what was written there");
            }
          });
      found.keySet().removeAll(listed.keySet());
      if (!found.isEmpty()) {
        String file = found.keySet().iterator().next();
        throw damaged(folder, role, "'" + file + "' was not written there with the others");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + folder + "' cannot be read", e);
    }
  }

  private static IllegalArgumentException damaged(String folder, String role, String problem) {
    return new IllegalArgumentException(
        String.format(
            "%s: '%s' is damaged: %s; restore the folder, or train again; if it was changed on"
                + " purpose, delete '%s'",
            role, folder, problem, new Path(folder, NAME)));
  }

  /** Returns file → sum of a list; a line that is none names itself, without a sum. */
  private static Map<String, String> listed(Path list) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String line : HadoopFiles.read(list).lines().toList()) {
      String[] parts = line.split(BETWEEN, 2);
      sums.put(parts[parts.length - 1], parts.length < 2 ? "" : parts[0]);
    }
    return sums;
  }

  /** Returns file → sum of what a folder holds, but for marks and what file systems hide. */
  private static Map<String, String> of(Path folder) throws IOException {
    FileSystem files = HadoopFiles.of(folder);
    String root = files.makeQualified(folder).toUri().getPath() + "/";
    Map<String, String> sums = new TreeMap<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(folder));
    while (!folders.isEmpty()) {
      for (FileStatus file : files.listStatus(folders.remove())) {
        String name = file.getPath().getName();
        if (file.isDirectory()) {
          folders.add(file.getPath());
        } else if (!PASSED_OVER.matcher(name).matches()) {
          sums.put(file.getPath().toUri().getPath().substring(root.length()), sum(files, file));
        }
      }
    }
    return sums;
  }

  private static String sum(FileSystem files, FileStatus file) throws IOException {
    try (DigestInputStream stream =
        new DigestInputStream(files.open(file.getPath()), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
