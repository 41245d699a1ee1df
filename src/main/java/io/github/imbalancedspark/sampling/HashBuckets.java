package io.github.imbalancedspark.sampling;

import org.apache.spark.sql.catalyst.InternalRow;

/** How many of a class's rows have their hash in each of 4096 equal ranges. */
final class HashBuckets implements ClassPass.Tally<HashBuckets> {

  private static final long serialVersionUID = 1L;
  private static final int BUCKETS = 4096;

  /** How far to shift a hash right, with its sign, for its bucket, from −BUCKETS/2 on. */
  private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS);

  private final int hashAt;
  private final long[] buckets = new long[BUCKETS];

  /**
   * Makes an empty tally.
   *
   * @param hashAt the place of the hash in the rows
   */
  HashBuckets(int hashAt) {
    this.hashAt = hashAt;
  }

  @Override
  public void add(InternalRow row) {
    buckets[(int) (row.getLong(hashAt) >> SHIFT) + BUCKETS / 2]++;
  }

  @Override
  public HashBuckets merge(HashBuckets that) {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] += that.buckets[i];
    }
    return this;
  }

  /** Returns the range of the bucket that a rank falls into, or null if there are fewer rows. */
  HashRange of(long rank) {
    long passed = 0;
    for (int i = 0; i < BUCKETS; i++) {
      passed += buckets[i];
      if (passed >= rank) {
        long first = (i - BUCKETS / 2L) << SHIFT;
        return new HashRange(first, first + (1L << SHIFT) - 1);
      }
    }
    return null;
  }
}
