package io.github.imbalancedspark.sampling;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Counts each hash of a class in some windows, and the rows before or after each. Of the rows
 * outside the windows only those on one side need be read, for the number of all is known.
 */
final class HashWindows implements ClassPass.Tally<HashWindows> {

  private static final long serialVersionUID = 1L;

  private final int hashAt;
  private final long rows;
  private final List<Window> windows;

  /**
   * Makes an empty tally.
   *
   * @param hashAt the place of the hash in the rows
   * @param ranges the windows
   * @param rows how many rows the class has
   */
  HashWindows(int hashAt, List<HashRange> ranges, long rows) {
    this.hashAt = hashAt;
    this.rows = rows;
    windows = ranges.stream().map(Window::new).toList();
  }

  /** Returns which hashes to read for these windows: those up to the last, or from the first on. */
  static HashRange toRead(List<HashRange> windows) {
    long first = windows.stream().mapToLong(HashRange::first).min().orElse(HashRange.NONE.first());
    long last = windows.stream().mapToLong(HashRange::last).max().orElse(HashRange.NONE.last());
    if (first > last) {
      return HashRange.NONE;
    }
    HashRange low = new HashRange(HashRange.ALL.first(), last);
    HashRange high = new HashRange(first, HashRange.ALL.last());
    return low.share() <= high.share() ? low : high;
  }

  /** Counts each hash of a range, and the rows on either side. */
  private static final class Window implements Serializable {

    private static final long serialVersionUID = 1L;

    private final HashRange range;
    private final Map<Long, Long> counts = new HashMap<>();
    private long before;
    private long after;

    Window(HashRange range) {
      this.range = range;
    }

    void add(long hash) {
      if (range.contains(hash)) {
        counts.merge(hash, 1L, Long::sum);
      } else if (hash < range.first()) {
        before++;
      } else {
        after++;
      }
    }

    void merge(Window that) {
      before += that.before;
      after += that.after;
      that.counts.forEach((hash, n) -> counts.merge(hash, n, Long::sum));
    }

    /** Returns how many of {@code all} rows come before, those that were not read among them. */
    long before(long all, boolean fromTheFirst) {
      long inside = counts.values().stream().mapToLong(n -> n).sum();
      return fromTheFirst ? before : all - inside - after;
    }
  }

  @Override
  public void add(InternalRow row) {
    long hash = row.getLong(hashAt);
    for (int i = 0; i < windows.size(); i++) {
      windows.get(i).add(hash);
    }
  }

  @Override
  public HashWindows merge(HashWindows that) {
    for (int i = 0; i < windows.size(); i++) {
      windows.get(i).merge(that.windows.get(i));
    }
    return this;
  }

  /** Returns the boundary at a rank, or null if it does not fall into the window. */
  ClassHashes.Boundary find(long rank, int window) {
    HashRange read = toRead(windows.stream().map(w -> w.range).toList());
    long passed = windows.get(window).before(rows, read.first() == HashRange.ALL.first());
    if (rank <= passed) {
      return null;
    }
    for (Map.Entry<Long, Long> cell : new TreeMap<>(windows.get(window).counts).entrySet()) {
      if (passed + cell.getValue() >= rank) {
        return new ClassHashes.Boundary(cell.getKey(), passed, cell.getValue());
      }
      passed += cell.getValue();
    }
    return null;
  }
}
