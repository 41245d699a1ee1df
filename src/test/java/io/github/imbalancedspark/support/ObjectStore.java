package io.github.imbalancedspark.support;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Local files that are moved as an object store moves them: a folder is copied file by file, in the
 * order of names, and then deleted. A move can be made to die after a number of copies.
 */
public final class ObjectStore extends RawLocalFileSystem {

  private static final String IMPLEMENTATION = "spark.hadoop.fs.file.impl";
  private static final String NO_CACHE = "spark.hadoop.fs.file.impl.disable.cache";

  private static int copiesLeft = Integer.MAX_VALUE;

  /** Stands for the death of the process: nothing of the program handles it. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Makes commands take local files for objects. */
  public static void install() {
    System.setProperty(IMPLEMENTATION, ObjectStore.class.getName());
    System.setProperty(NO_CACHE, "true");
  }

  /** Makes local files local files again. */
  public static void uninstall() {
    System.clearProperty(IMPLEMENTATION);
    System.clearProperty(NO_CACHE);
    copiesLeft = Integer.MAX_VALUE;
  }

  /** Lets the process die when it has copied {@code copies} more files. */
  public static void dieAfter(int copies) {
    copiesLeft = copies;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      if (copiesLeft-- == 0) {
        throw new Killed();
      }
      String rest = file.toUri().getPath().substring(from.toUri().getPath().length());
      FileUtil.copy(this, file, this, new Path(to.toString() + rest), false, getConf());
    }
    return delete(from, true);
  }

  private List<Path> files(Path from) throws IOException {
    List<Path> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = listFiles(from, true);
    while (all.hasNext()) {
      files.add(((FileStatus) all.next()).getPath());
    }
    files.sort(Comparator.comparing(Path::toString));
    return files;
  }
}
