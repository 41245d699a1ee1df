package io.github.imbalancedspark.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The hashes of a class's rows: how many there are in each of 4096 equal buckets, and in some
 * windows each one.
 */
final class HashTally implements ClassPass.Tally<HashTally> {

  private static final long serialVersionUID = 1L;
  private static final int BUCKETS = 4096;

  /** How far to shift a hash right, with its sign, for its bucket, from −BUCKETS/2 on. */
  private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS);

  /** Half the width of a window, in standard deviations of a rank: missed once in 10⁹ times. */
  private static final double DEVIATIONS = 6;

  private static final double SPARE_RANKS = 8;

  private final int hashAt;
  private final long[] buckets = new long[BUCKETS];
  private final List<Window> windows = new ArrayList<>();

  /**
   * Makes an empty tally.
   *
   * @param hashAt the place of the hash in the rows
   * @param windows where to look closer
   */
  HashTally(int hashAt, List<Range> windows) {
    this.hashAt = hashAt;
    windows.forEach(range -> this.windows.add(new Window(range)));
  }

  /** Hashes from {@code first} to {@code last}, both included. */
  record Range(long first, long last) implements java.io.Serializable {

    /** Returns where the hash of a rank is to be expected among the hashes of {@code n} rows. */
    static Range around(long rank, long n) {
      double spread = DEVIATIONS * Math.sqrt((double) rank / n * (n - rank)) + SPARE_RANKS;
      return new Range(atShare((rank - spread) / n), atShare((rank + spread) / n));
    }

    private static long atShare(double share) {
      return (long) ((share - 0.5) * 0x1p64); // the cast stops at the smallest and largest hash
    }
  }

  /** Counts each hash of a range, and the rows before it. */
  private static final class Window implements java.io.Serializable {

    private static final long serialVersionUID = 1L;

    private final Range range;
    private final Map<Long, Long> counts = new HashMap<>();
    private long before;

    Window(Range range) {
      this.range = range;
    }

    void add(long hash) {
      if (hash < range.first) {
        before++;
      } else if (hash <= range.last) {
        counts.merge(hash, 1L, Long::sum);
      }
    }

    void merge(Window that) {
      before += that.before;
      that.counts.forEach((hash, n) -> counts.merge(hash, n, Long::sum));
    }
  }

  @Override
  public void add(InternalRow row) {
    long hash = row.getLong(hashAt);
    buckets[(int) (hash >> SHIFT) + BUCKETS / 2]++;
    for (int i = 0; i < windows.size(); i++) {
      windows.get(i).add(hash);
    }
  }

  @Override
  public HashTally merge(HashTally that) {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] += that.buckets[i];
    }
    for (int i = 0; i < windows.size(); i++) {
      windows.get(i).merge(that.windows.get(i));
    }
    return this;
  }

  /** Returns the boundary at a rank, or null if it does not fall into the window. */
  ClassHashes.Boundary find(long rank, int window) {
    long passed = windows.get(window).before;
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

  /** Returns the bucket that a rank falls into. */
  Range bucket(long rank) {
    long passed = 0;
    for (int i = 0; i < BUCKETS; i++) {
      passed += buckets[i];
      if (passed >= rank) {
        long first = (i - BUCKETS / 2L) << SHIFT;
        return new Range(first, first + (1L << SHIFT) - 1);
      }
    }
    throw ClassHashes.changed();
  }
}
