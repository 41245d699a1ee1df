package io.github.imbalancedspark.classification;

import io.github.imbalancedspark.core.linalg.Block;
import io.github.imbalancedspark.internal.Carried;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * A block that tells Spark's cache its size. Measuring it, array by array and over again as a
 * partition fills, would take the cache as long as reading the rows.
 */
final class CachedBlock extends Carried<Block> implements KnownSizeEstimation {

  private static final long serialVersionUID = 1L;

  CachedBlock(Block block) {
    super(block);
  }

  @Override
  public long estimatedSize() {
    return get().bytes();
  }
}
