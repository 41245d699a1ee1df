package io.github.imbalancedspark.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder or file that appears whole or not at all: it is written in a hidden folder beside its
 * place and moved there by {@link #commit}. {@link #close} removes what was not committed.
 *
 * <p>A folder gets a {@link CompletionMark} last of all. What a killed run left unfinished, a rerun
 * replaces; its hidden folder too is removed by {@link #beginAll}. If the former run is still
 * alive, it finds its {@link #CLAIM} gone and fails in place of moving what is half removed. What a
 * killed run had moved away to replace it, a rerun puts back first of all.
 */
final class Output implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Output.class);

  /** In the hidden folder while a run writes there, and the first to go when another clears it. */
  private static final String CLAIM = ".claim";

  /** The kinds of hidden siblings: what is being written, and what was whole and is replaced. */
  private static final String TEMPORARY = "tmp";

  private static final String OLD = "old";

  private static final Pattern HIDDEN =
      Pattern.compile("\\..*\\.(" + TEMPORARY + "|" + OLD + ")-[0-9a-f-]{36}");

  private final String role;
  private final boolean overwrite;
  private final Path target;
  private final Path workspace;
  private final Path temporary;
  private final FileSystem files;

  private Output(String role, Path target, boolean overwrite) throws IOException {
    this.role = role;
    this.overwrite = overwrite;
    this.files = HadoopFiles.of(target);
    this.target = files.makeQualified(target);
    if (this.target.getParent() == null) {
      throw new IllegalArgumentException(
          role + ": '" + target + "' is the root; name a folder in it");
    }
    if (HadoopFiles.isPattern(this.target.toString())) {
      throw new IllegalArgumentException(
          String.format(
              "%s: '%s' holds one of { } [ ] * ? \\, so that Spark would read it as a pattern of"
                  + " paths; choose another name",
              role, this.target.toUri().getPath()));
    }
    if (HadoopFiles.isLink(this.target)) {
      throw new IllegalArgumentException(
          role + ": '" + target + "' is a link; name the folder that it leads to");
    }
    this.workspace = sibling(TEMPORARY);
    this.temporary = new Path(workspace, target.getName());
  }

  /**
   * Returns an output that may be written.
   *
   * @param role the option that named it, for messages
   * @param overwrite whether what is there may be replaced
   * @throws IllegalArgumentException if it exists and may not be replaced, or is the root, a
   *     pattern or a link
   */
  static Output at(String role, String place, boolean overwrite) {
    try {
      Output output = new Output(role, new Path(place), overwrite);
      output.putBack();
      if (output.isTaken()) {
        throw new IllegalArgumentException(
            role + ": '" + place + "' exists already; pass --overwrite to replace it");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(role + ": '" + place + "' cannot be reached", e);
    }
  }

  /** Returns whether something is there that may not be replaced. */
  private boolean isTaken() throws IOException {
    return !overwrite && files.exists(target) && !CompletionMark.isUnfinished(target);
  }

  /** Undoes what a run has begun that was killed between the two moves of {@link #replace}. */
  private void putBack() throws IOException {
    FileStatus[] old = files.exists(target) ? new FileStatus[0] : left(OLD);
    if (old.length == 1) {
      LOG.warn("putting back '{}', which a run has moved away that was stopped", target);
      rename(old[0].getPath(), target);
      CompletionMark.finish(target);
    }
  }

  /**
   * Checks that replacing this output leaves another path alone, or all that a pattern matches.
   *
   * @throws PathClash if one of the two is the other or lies in it
   */
  void requireApartFrom(String otherRole, String otherPlace) {
    try {
      Path place = HadoopFiles.real(target);
      for (Path other : HadoopFiles.matches(new Path(otherPlace))) {
        if (within(other, place) || within(place, other)) {
          throw new PathClash(
              String.format(
                  "%s: '%s' and %s '%s' lie in each other; name separate folders",
                  role, target.toUri().getPath(), otherRole, otherPlace));
        }
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

  /**
   * Makes sure that outputs can be written, and clears away what killed runs have left: to be
   * called before the long work.
   *
   * @param outputs those that are wanted; {@code null} for one that is not
   * @throws UncheckedIOException if one cannot be written
   */
  static void beginAll(Output... outputs) {
    for (Output output : wanted(outputs)) {
      output.attempt(output::begin);
    }
  }

  private void begin() throws IOException {
    for (FileStatus left : left(TEMPORARY)) {
      LOG.warn("removing '{}', which a run has left that was stopped", left.getPath());
      files.delete(new Path(left.getPath(), CLAIM), false);
      files.delete(left.getPath(), true);
    }
    files.create(new Path(workspace, CLAIM)).close();
  }

  private void removeReplaced() throws IOException {
    for (FileStatus left : left(OLD)) {
      files.delete(left.getPath(), true);
    }
  }

  /** Returns the siblings of a kind. */
  private FileStatus[] left(String kind) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(prefix(kind)) + "[0-9a-f-]{36}");
    return files.exists(target.getParent())
        ? files.listStatus(target.getParent(), path -> name.matcher(path.getName()).matches())
        : new FileStatus[0];
  }

  /** Returns whether a path is in a hidden folder of some output. */
  static boolean isHidden(Path place) {
    for (Path path = place; path != null; path = path.getParent()) {
      if (HIDDEN.matcher(path.getName()).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Returns where to write. */
  Path temporary() {
    return temporary;
  }

  /**
   * Moves what was written to its place.
   *
   * @throws IllegalArgumentException if something was made there meanwhile that may not be replaced
   */
  void commit() {
    commitAll(this);
  }

  /**
   * Moves what was written to its places, and then marks the folders as whole. If this is killed
   * before the first mark, a rerun replaces all folders; what is marked, and a file that was moved,
   * are whole, and replaced with {@code --overwrite} alone.
   *
   * @param outputs those that are wanted; {@code null} for one that is not
   */
  static void commitAll(Output... outputs) {
    for (Output output : wanted(outputs)) {
      output.attempt(output::move);
    }
    for (Output output : wanted(outputs)) {
      output.attempt(() -> CompletionMark.finish(output.target));
    }
  }

  private static List<Output> wanted(Output... outputs) {
    return Arrays.stream(outputs).filter(Objects::nonNull).toList();
  }

  /** What may fail for the file system's reasons. */
  interface Step {
    void run() throws IOException;
  }

  /**
   * Writes to {@link #temporary}.
   *
   * @throws UncheckedIOException if a file system fails; it names the output
   */
  void attempt(Step step) {
    attempt("cannot be written", step);
  }

  /**
   * Writes a table to {@link #temporary}, which is read meanwhile.
   *
   * @throws UncheckedIOException if a file system fails; it names the output
   */
  void attemptTable(Step step) {
    attempt("cannot be written, or its input not be read", step);
  }

  private void attempt(String problem, Step step) {
    try {
      step.run();
    } catch (Exception e) { // Spark throws checked ones too, undeclared
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException failure) {
          throw new UncheckedIOException(role + ": '" + target + "' " + problem, failure);
        }
      }
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  private void move() throws IOException {
    if (!files.exists(new Path(workspace, CLAIM))) {
      throw new IOException("another run that writes there has begun meanwhile");
    }
    if (isTaken()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: '%s' was made meanwhile; pass --overwrite to replace it, or name another",
              role, target));
    }
    CompletionMark.begin(temporary);
    if (files.exists(target)) {
      replace();
    } else {
      rename(temporary, target);
    }
    files.delete(workspace, true);
    removeReplaced();
  }

  private void replace() throws IOException {
    boolean whole = !CompletionMark.isUnfinished(target);
    if (whole) {
      removeReplaced();
    }
    Path old = sibling(whole ? OLD : TEMPORARY); // only what is whole is ever put back
    CompletionMark.begin(target); // for who reads it while it moves away
    rename(target, old);
    try {
      rename(temporary, target);
    } catch (IOException e) {
      throw new IOException("what was there is now '" + old + "'", e);
    }
    if (!whole) {
      files.delete(old, true);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(from + " cannot be moved to " + to);
    }
  }

  private Path sibling(String kind) {
    return new Path(target.getParent(), prefix(kind) + UUID.randomUUID());
  }

  private String prefix(String kind) {
    return "." + target.getName() + "." + kind + "-";
  }

  @Override
  public void close() {
    try {
      if (files.exists(workspace)) {
        files.delete(workspace, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("'" + workspace + "' cannot be removed", e);
    }
  }
}
