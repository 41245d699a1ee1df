package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder or file that appears whole or not at all: it is written beside its place under a
 * temporary name and moved there by {@link #commit}. {@link #close} removes what was not committed.
 *
 * <p>A folder gets a {@link CompletionMark} last of all. What a killed run left unfinished, a rerun
 * replaces.
 */
final class Output implements AutoCloseable {

  private final String role;
  private final Path target;
  private final Path temporary;
  private final FileSystem files;

  private Output(String role, Path target) throws IOException {
    this.role = role;
    this.files = HadoopFiles.of(target);
    this.target = files.makeQualified(target);
    this.temporary = sibling("tmp");
  }

  /**
   * Returns an output that may be written.
   *
   * @param role the option that named it, for messages
   * @param overwrite whether what is there may be replaced
   * @throws IllegalArgumentException if it exists and may not be replaced, or is the root
   */
  static Output at(String role, String place, boolean overwrite) {
    try {
      Output output = new Output(role, new Path(place));
      if (output.target.getParent() == null) {
        throw new IllegalArgumentException(
            role + ": '" + place + "' is the root; name a folder in it");
      }
      if (!overwrite
          && output.files.exists(output.target)
          && !CompletionMark.isUnfinished(output.target)) {
        throw new IllegalArgumentException(
            role + ": '" + place + "' exists already; pass --overwrite to replace it");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + place + "' cannot be reached", e);
    }
  }

  /**
   * Checks that replacing this output leaves another path alone.
   *
   * @throws IllegalArgumentException if one of the two is the other or lies in it
   */
  void requireApartFrom(String otherRole, String otherPlace) {
    try {
      Path other = HadoopFiles.of(new Path(otherPlace)).makeQualified(new Path(otherPlace));
      if (within(other, target) || within(target, other)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: '%s' and %s '%s' lie in each other; name separate folders",
                role, target.toUri().getPath(), otherRole, otherPlace));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(otherRole + ": '" + otherPlace + "' cannot be reached", e);
    }
  }

  private static boolean within(Path inner, Path outer) {
    for (Path path = inner; path != null; path = path.getParent()) {
      if (path.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  /** Returns where to write. */
  Path temporary() {
    return temporary;
  }

  /** Moves what was written to its place. */
  void commit() {
    commitAll(this);
  }

  /**
   * Moves what was written to its places; a rerun after this was killed in the middle replaces all.
   *
   * @param outputs those that are wanted; {@code null} for one that is not
   */
  static void commitAll(Output... outputs) {
    List<Output> wanted = Arrays.stream(outputs).filter(Objects::nonNull).toList();
    for (Output output : wanted) {
      output.attempt(output::move);
    }
    for (Output output : wanted) {
      output.attempt(() -> CompletionMark.finish(output.target));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + target + "' cannot be written", e);
    }
  }

  private void move() throws IOException {
    CompletionMark.begin(temporary);
    if (files.exists(target)) {
      replace();
    } else {
      rename(temporary, target);
    }
  }

  private void replace() throws IOException {
    Path old = sibling("old");
    CompletionMark.begin(target); // for who reads it while it moves away
    rename(target, old);
    try {
      rename(temporary, target);
    } catch (IOException e) {
      throw new IOException("what was there is now '" + old + "'", e);
    }
    files.delete(old, true);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(from + " cannot be moved to " + to);
    }
  }

  private Path sibling(String kind) {
    return new Path(
        target.getParent(), "." + target.getName() + "." + kind + "-" + UUID.randomUUID());
  }

  @Override
  public void close() {
    try {
      if (files.exists(temporary)) {
        files.delete(temporary, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("'" + temporary + "' cannot be removed", e);
    }
  }
}
